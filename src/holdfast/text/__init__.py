"""Sentiment and mentions in text: pure functions over one text at a time, offline."""
