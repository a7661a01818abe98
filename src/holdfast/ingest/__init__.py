"""From exports to records: reading, casting, quarantine, identity and the row account."""
