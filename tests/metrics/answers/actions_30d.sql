from actions_on($day, 30)
