"""What to do next: triggers, the steps they ask for, and their order."""
