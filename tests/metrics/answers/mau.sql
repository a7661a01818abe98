from users_on($day, 30)
