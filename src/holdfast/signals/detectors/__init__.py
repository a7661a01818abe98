"""Detectors that look across accounts."""
