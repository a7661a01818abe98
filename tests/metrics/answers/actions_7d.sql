from actions_on($day, 7)
