"""Who the accounts are on a day: contract facts, lifecycle, tenure, value tier, segment, scored or not."""
