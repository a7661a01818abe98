"""Aggregates over account rows: bands, movement, groups, renewals. Pure functions; totals are sums of rows."""
