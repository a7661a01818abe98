from users_on($day, 1)
