from user_days_on($day, 30)
