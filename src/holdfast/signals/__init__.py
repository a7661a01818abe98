"""Signals: what holds for an account on a day, and the findings that this makes over time."""
