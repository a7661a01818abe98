"""Self-contained pages: styles inside, no script, no request to any host."""
