"""What to do next: the steps that open findings ask for, and their order."""
