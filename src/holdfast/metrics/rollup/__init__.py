"""Roll-ups of events: one row a user and day, one an account and day; windows of any length over them."""
