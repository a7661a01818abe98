from sessions_on($day, 30)
