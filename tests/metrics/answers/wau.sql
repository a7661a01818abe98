from users_on($day, 7)
