from login_events_on($day, 7)
