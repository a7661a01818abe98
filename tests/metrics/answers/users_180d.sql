from users_on($day, 180)
