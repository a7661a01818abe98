from user_days_on($day, 7)
