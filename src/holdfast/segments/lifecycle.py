"""The lifecycle stage of an account on a day."""

from __future__ import annotations

from collections.abc import Sequence

import ibis

from holdfast.definitions.behaviour import LifecycleStage
from holdfast.lake.translate import to_ibis


def lifecycle(t: ibis.Table, stages: Sequence[LifecycleStage]) -> ibis.StringValue:
    """The stage as the source states it, unless dated contract facts contradict it; else by lifecycle.yml.

    Churned and running contracts exclude each other, and contracts carry dates while a stated stage is
    only known as it is today: so ``churned`` is not believed against an active subscription, nor any
    other stage against a contract that has ended. Null where nothing is known.
    """
    running = t.active_subscriptions.fill_null(0) > 0
    ended = ~running & t.first_start.notnull()
    stated = t.stated_lifecycle
    contradicted = ((stated == "churned") & running) | ((stated != "churned") & ended)
    columns = {name: t[name] for name in t.columns}
    derived = [(to_ibis(one.when, columns).fill_null(False), one.stage) for one in stages]
    found = ibis.cases(*derived, else_=ibis.null("string")) if derived else ibis.null("string")
    return ibis.ifelse(stated.notnull() & ~contradicted.fill_null(False), stated, found)
