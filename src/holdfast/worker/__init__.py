"""The worker: runs at the scheduled times, response clocks and escalations, from jobs with leases."""
