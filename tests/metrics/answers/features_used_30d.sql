from features_on($day, 30)
