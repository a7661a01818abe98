"""What the keys of the documents mean that `--json` prints. The reference is made from here, and a test compares."""

from __future__ import annotations

from collections.abc import Mapping

ACCOUNTS: Mapping[str, str] = {
    "account_id": "the account's id",
    "name": "its name",
    "score": "the score of the dial health, 0 to 100; null where there is none",
    "band": "thriving, healthy, neutral, at_risk, critical or not_enough_data",
    "color": "green, yellow, red or none",
    "coverage": "the share of the weight that rests on data, 0 to 1",
    "owner": "the e-mail of the account's owner",
    "mrr": "monthly recurring revenue in the currency of the settings; null where a rate is missing",
    "delta_7d": "the score minus the score of 7 days before",
    "reasons": "up to three reasons: text, metric, value",
    "next_step": "the first of `actions`, or null",
    "parent_id": "the id of the parent account",
    "segment": "the segment by `segments.yml`",
    "value_tier": "the tier by the size of the contract",
    "lifecycle": "the stage of the relation",
    "industry": "as the records say",
    "country": "as the records say",
    "arr": "annual recurring revenue in the same currency",
    "seats": "seats of the active subscriptions",
    "renews_on": "the nearest renewal",
    "tenure_days": "days since the first subscription began",
    "scored": "false where the account is not scored at all",
    "not_scored": "why it is not scored",
    "low": "the lowest score that the missing inputs allow",
    "high": "the highest score that the missing inputs allow",
    "scorecard": "the scorecard that applies",
    "version": "its version",
    "reason": "why the score is withheld",
    "band_before": "the band 7 days before",
    "score_before": "the score 7 days before",
    "held_since": "since when an older score stands, because a source is late",
    "held_score": "that older score",
    "as_of": "the day",
    "dials": "all dials by name: score, band, coverage",
    "actions": "all next steps: signal, label, category, horizon, nature (risk or opportunity), state, opened_on, "
    "evidence, action, owner_role, owner, owner_name, due_on, severity, playbook, metric, value",
    "case": "the case of its open findings as the run ranked it: key, signal, severity, due_on, found_on, newest_on, "
    "clock, priority, factors, why, signals, lane, rank, way (escalation that holds, and its further steps), success "
    "(of the leading signal's playbook, null where it cannot be told); null without findings, and on other days "
    "than the published",
    "manager": "the e-mail of the owner's manager",
    "owner_name": "the owner's name by `people.yml`",
}
"""One entry of the list that ``holdfast accounts --json`` prints."""

_ROW_ONLY = {"low", "high", "version", "reason", "band_before", "score_before", "held_since", "held_score"}

ACCOUNT: Mapping[str, str] = {
    **{key: words for key, words in ACCOUNTS.items() if key not in _ROW_ONLY},
    "notice_by": "the last day on which notice can be given",
    "scorecard": "name, version, label, and why this one applies",
    "company": "the company of the settings",
    "currency": "the currency of the settings",
    "clock": "known or believed",
    "bounds": "low and high: what the missing inputs allow",
    "withheld": "true where too little data stands behind a score",
    "components": "each component with weight, weight_effective, score, contribution and its metrics",
    "adjustments": "what was added or taken beside the components: kind, amount, why",
    "limits": "caps and floors: kind, at, why, when, held_since, expires_on, holds, binds",
    "drivers": "what lifts and what pulls, against the segment's median and the account's own past",
    "change": "from, to, delta, and its parts by cause: model, reference, segment, data, manual, behaviour",
    "green_checks": "checks: check, label, asks, state (pass, fail, unknown), evidence, weight, since, green_then, "
    "action, owner_role; never_recorded: checks that cannot be told in this workspace, with the missing records; "
    "last_green: the last green day (as_of, failed, passed, unknown)",
    "people": "contacts: person, key (the same on every day), name, title, level, roles, reports_to, present, "
    "departed_on, known_on, last_two_way_on, days_since_two_way, use_share (of the use of 90 days), active_days; null "
    "with `why` where contacts are not recorded; seats: seat (money, sponsor, champion), state (filled, left, empty, "
    "role not recorded), people; "
    "others: users who are no contacts, and their share of the use; strength: the dial stakeholder with its components",
    "placement": "pattern (pattern, label, action), behaviour (behaviour, label, needs, focus), stage (stage, label), "
    "tier (tier, label, by, model), each null where unknown; overdue: touches that the tier promises and that are late "
    "(touch, days, allowed)",
    "usage_change": "active user-days of the person channel in the last four weeks (after) against the four before, or "
    "before an open decline was found (signal): from, to, user_days, users; change, change_share; why there are no "
    "parts; kinds, users, features and sources, each summing to the change: before, after, change; kinds: kind (left, "
    "not_onboarded, quiet, reduced, same, grown, returned, new), label, users; users: user, person (as in people), "
    "kind, first_on, last_on; features and sources also user_days, where one with several counts for each; beside: "
    "events that are no user-days, by span: without_user, machine_events (API and automation)",
    "records": "as of the day: profile; contracts, invoices and external (signals from outside) of 180 days, tickets "
    "(open, closed_recently, rows), goals, each null where nobody records them; timeline of 180 days: day, kind "
    "(finding, cleared, ticket, contact, invoice, survey, goal, outcome, news, contract), what; no texts and no people",
    "user_segments": "as_of (the last day that the events cover), known_days, users (active in so many days), active, "
    "unknown, left (contacts who left, in no segment), why there are none, and segments by `user_segments.yml`: "
    "segment, label, active, users, share (of active users; of all users for a segment that is not active), strategy",
    "adoption": "measures: metric, label, value, peers (low, middle, high quartile and n of scored accounts of the "
    "segment; null under 8); segment; milestones: of, reached, overdue, due (milestone, label, due_on)",
    "history": "stored scores: as_of, score, band, coverage, and the scorecard and version that made it",
    "usage": "active users and events of each stored week",
    "parent": "the scores of a group of accounts: own, lowest child, weighted by revenue",
    "run": "id of the run and when it was published",
}
"""What ``holdfast account ID --json`` prints."""

PORTFOLIO: Mapping[str, str] = {
    "company": "the company of the settings",
    "currency": "the currency of the settings",
    "as_of": "the day",
    "before": "the day that movement is measured from",
    "run": "id of the run and when it was published",
    "accounts": "the rows of `accounts --json`, with the band of 30 days before",
    "bands": "accounts and revenue in each band",
    "totals": "accounts, revenue, and what stands at risk",
    "movement": "what came into each band and left it; null where no earlier day is stored",
    "owners": "the same by owner",
    "segments": "the same by segment",
    "tiers": "the same by value tier",
    "tier_shares": "each value tier: its accounts and arr; under customers and revenue its share, the expected range "
    "(from, to) and how far apart the two are, 0 within",
    "strategies": "high or low value against high or low health: accounts, arr, what to do; the last cell: one unknown",
    "proof": "the same by proof of value: covers_price, below_price, no_amount, estimate, none, or unknown",
    "renewals": "revenue that renews, by month",
    "red_renewals": "red accounts that renew within 90 days",
    "not_scored": "accounts outside every total, with the reason",
}
"""What ``holdfast portfolio --json`` prints."""

QUALITY: Mapping[str, str] = {
    "company": "the company of the settings",
    "as_of": "the day of the last publish, or today",
    "run": "id of the run and when it was published; null before the first",
    "sources": "each source: its newest row, its age in days, the limit, the state",
    "batches": "each batch with its row account: rows_in, kept, duplicate, quarantined, filtered",
    "quarantine": "rows kept out, by reason, source and column, with an example and what to do",
    "conflicts": "what two sources say differently, counted, and who wins",
    "faults": "what cannot be right within the records, counted, with examples",
    "gaps": "accounts by the age of their newest row of use, accounts without a champion, contacts with invalid or "
    "doubled e-mails, stale profiles: count (null where no row tells) of the base",
    "completeness": "how many rows of each record have each column",
    "dimensions": "rows of each record, and their completeness, accuracy, freshness, consistency and uniqueness, "
    "0 to 100; null where nothing tells",
}
"""What ``holdfast quality --json`` prints."""

TRIAL: Mapping[str, str] = {
    "scorecard": "name, version, dial and file of the edited scorecard",
    "as_of": "the newest stored day",
    "days": "how many stored days were scored: the Sundays and the newest day",
    "computed": "the components that were computed anew; the others were as they had been stored",
    "currency": "the currency of the settings",
    "flips": "who is in another band on the newest day: accounts, mrr, moves (from, to, accounts, mrr), and the list: "
    "account_id, name, from, to, score_before, score_after, mrr",
    "weeks": "each stored Sunday: accounts, flipped, and falls before and after: accounts that came into each of the "
    "two worst bands from a better one within the week; null where the Sunday before is not stored",
    "histograms": "edges, and for the newest day and all days that were scored, before and after: scores in each tenth "
    "(bins; the last holds 100 too) and those without a score (not_enough_data)",
    "correlations": "between the scores of components and between those of metrics, over all rows that the edited "
    "scorecard scores: names, r (Pearson over rows where both are known; null under three of them or where one does "
    "not vary), n (those rows), and the pairs with an absolute r over `above`",
    "notes": "remarks on what the result rests on",
}
"""What ``holdfast try SCORECARD.yml --json`` prints."""

SIGNALS: Mapping[str, str] = {
    "company": "the company of the settings",
    "as_of": "the day",
    "findings": "account_id, name, signal, label, category, horizon, nature, action_window, severity, state, "
    "opened_on, last_on, cleared_on, opened_severity, worst_severity, worsened_on, unknown_since, times, "
    "evidence, action, owner_role, owner, owner_name, due_on, playbook, metric, value, "
    "and `rows`: as_of, name, label, value, text",
    "portfolio": "what happened to all accounts at once: kind (holiday, outage, tracking_break, tracking_surge), "
    "first_week, last_week, size (of the index, as a share)",
    "not_computable": "signals that cannot be told in this workspace: signal, label, missing (records)",
    "unknown": "with --account: signals that cannot be told for it: signal, label, names, why",
}
"""What ``holdfast signals --json`` prints."""

ACTIONS: Mapping[str, str] = {
    "account_id, name": "the account, whose id is the key of its case",
    "score, band, coverage, mrr, arr, renews_on, as_of": "as in accounts",
    "lane": "week (within what the owner can take on), small (small accounts that revenue would never bring up), later "
    "(beyond the week), watch (nothing grave enough for a response clock), good (good news)",
    "rank": "place within the lane over all owners, from 1",
    "priority": "revenue a year x churn estimate or severity x urgency x evidence",
    "why, factors": "the same product in words, and its factors: revenue, revenue_assumed, chance, urgency, evidence",
    "clock, found_on": "whether a response clock runs; first day of the oldest open finding",
    "signal, label, category, severity, evidence, action, owner_role, due_on, playbook": "the finding that "
    "leads the case",
    "case, case_severity": "key of the case, and the gravest severity in it",
    "owner, owner_name, account_owner": "who takes the step; whose the account is",
    "findings": "all steps of the account, as actions of account",
}
"""What ``holdfast actions --json`` prints."""

VOLUME: Mapping[str, str] = {
    "as_of": "the day",
    "load": "an entry an owner: capacity, with_clock, new_7d, cases by lane, and over: cases beyond the capacity",
    "rules": "an entry a signal: label, accounts, new_7d, and alone: accounts on which no other signal holds",
    "overlap": "pairs of signals that share half of their accounts or more, and at least five: signals, accounts, "
    "share",
}
"""What ``holdfast actions --volume --json`` prints."""
GREEN: Mapping[str, str] = {
    "company": "the company of the settings",
    "currency": "the currency of the settings",
    "as_of": "the day",
    "green": "how many accounts are green",
    "accounts": "green accounts that fail a check, most at stake first: account_id, name, owner, owner_name, score, "
    "band, color, coverage, arr, renews_on, failed, passed, unknown, evidence (share of the weight of all checks that "
    "fails), at_stake (arr x evidence), checks (as in `account`)",
    "checks": "how often each check fails, passes and is unknown over the green accounts",
    "never_recorded": "checks that cannot be told in this workspace: check, label, missing (records)",
}
"""What ``holdfast green --json`` prints."""

SEGMENTS: Mapping[str, str] = {
    "company": "the company of the settings",
    "currency": "the currency of the settings",
    "as_of": "the day",
    "tiers": "each service tier: tier, label, accounts, arr, health (mean of with_score), owners, per_owner "
    "(accounts an owner; the service says how many it may be), overdue (accounts), service",
    "patterns": "accounts and revenue by usage pattern; null is unknown",
    "behaviours": "the same by behavioural segment of `behaviours.yml`",
    "lifecycle": "the same by stage; null is unknown",
    "users": "users by segment over these accounts: segment, label, active, users, share; the last two rows are left "
    "(the customer) and unknown; null where no stored event names a user",
    "not_computable": "patterns, behaviours, touches and user segments that can be told of nobody: kind, label, why",
    "matrix": "value (high from 25,000 a year) against health (high from 60), with a strategy; the last row is unknown",
    "load": "each owner: accounts, by tier, load (share of a person that they take), over",
    "near": "accounts just below the next threshold of revenue or tier score",
    "movement": "customers by change of value tier in 30 days, with the change of revenue; null without that day",
    "movement_since": "that day",
    "migrations": "moves since then: account_id, name, trigger (to_smb, to_mid_market, to_enterprise, downgraded, "
    "flagged, restored, churned), when it holds, how it is carried out, action, on, from, to, arr_change",
    "matrix_movement": "accounts whose cell of value and health is another than then: from, to (high_value_low_health "
    "and so on; new, gone; null is unknown), accounts, arr, strategy, account_ids",
    "upgrade_candidates": "healthy accounts below the highest tier by revenue with two or more reasons: near a "
    "threshold, use is growing, seats nearly full",
    "accounts": "each scored account: tier, tier_by (tier score, revenue, unknown), tier_score, pattern, behaviour, "
    "lifecycle, overdue "
    "(touch, days, allowed), at_risk_since (below 40, until 60 days above 60), users by segment",
}
"""What ``holdfast segments --json`` prints."""

DOCUMENTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "accounts": ("A list; one entry an account, lowest score first.", ACCOUNTS),
    "account": ("One object. The parts sum to the score and the causes to the change, each to 1e-9.", ACCOUNT),
    "portfolio": ("One object.", PORTFOLIO),
    "quality": ("One object.", QUALITY),
    "try": ("One object. Before is what is stored, after is what the edited scorecard gives.", TRIAL),
    "signals": ("One object; the gravest finding first.", SIGNALS),
    "actions": ("A list; one entry a case, by lane and rank.", ACTIONS),
    "actions --volume": ("One object.", VOLUME),
    "segments": ("One object.", SEGMENTS),
    "green": ("One object; the account with most at stake first.", GREEN),
}
"""Command -> what its document is, and its keys with their meaning."""
