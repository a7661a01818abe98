"""Scorecards at work: points, coverage and bounds, limits, explanation, exact change between two days."""
