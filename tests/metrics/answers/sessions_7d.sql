from sessions_on($day, 7)
