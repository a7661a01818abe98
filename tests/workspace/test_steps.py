"""The stored steps of accounts say what all values of the day would make them say."""

from __future__ import annotations

from pathlib import Path

import holdfast
from holdfast.actions.next_step import evidence_words
from holdfast.evaluate.steps import account_values


def test_steps_are_worded_from_all_that_they_name(small_company: Path) -> None:
    site = holdfast.open(small_company)
    published, definitions = site.published, site.published.site.definitions
    engine, day = published.site.engine, [published.as_of]
    frame, metrics, scores = (
        engine.frame(published.read(name, days=day)) for name in ("frame", "metrics", "scores"))
    listed = {row["account_id"]: row["actions"] for row in site.accounts()}
    valued = worded = 0
    for row in account_values(engine, frame, metrics, scores, sorted(listed)):
        for step in listed[row["account_id"]]:
            signal = definitions.signals[step["signal"]]
            evidence = evidence_words(signal, row, definitions)
            assert step["evidence"] == evidence
            worded += evidence != signal.label
            if signal.metric is not None and row.get(signal.metric) is not None:
                assert step["value"] == float(row[signal.metric])
                valued += 1
    assert worded
    assert valued
