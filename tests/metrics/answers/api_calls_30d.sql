from api_on($day, 30)
