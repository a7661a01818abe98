"""Scorers: how one value becomes 0 to 100 points, or nothing. One file each; ``points`` picks by kind."""
