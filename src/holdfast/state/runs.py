"""Runs and the publish pointer: readers see the old state or the new one, never a mix."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from holdfast.clock import now
from holdfast.errors.state import RunOvertaken
from holdfast.failpoint import failpoint
from holdfast.shared_texts import with_shared_texts

from .models import DefinitionSet, Pointer, Publish, PublishedAccount, Run

_CHUNK = 1_000
_READ_AT_ONCE = 50
READ = timedelta(hours=1)
"""How long somebody may read a publish that is no longer the current one."""


def start(as_of: date, definitions: DefinitionSet, versions: Mapping[str, int], code_version: str) -> Run:
    """Note that a run began and what it is bound to; runs that died before are marked as failed."""
    with transaction.atomic():
        Run.objects.filter(state="running").update(state="failed", finished_at=now())
        return Run.objects.create(
            state="running", as_of=as_of, started_at=now(), definitions=definitions,
            versions=dict(versions), code_version=code_version,
        )


def fail(run: Run, error: str) -> None:
    """Note that the run failed; the last publish stays."""
    mine = Run.objects.filter(pk=run.pk).exclude(state="published")
    mine.update(state="failed", finished_at=now(), facts={"error": error})


def note(run: Run, facts: Mapping[str, Any]) -> None:
    """Add facts about a published run."""
    with transaction.atomic():
        stored = Run.objects.get(pk=run.pk)
        stored.facts = {**stored.facts, **facts}
        stored.save(update_fields=["facts"])


def publish(
    run: Run, tables: Mapping[str, int], accounts: Iterable[Mapping[str, Any]], facts: Mapping[str, Any],
    beside: Callable[[Publish], None] = lambda published: None,
) -> Publish:
    """Move the pointer to the run's tables and account rows, in one transaction; ``beside`` is done in it too.

    The number of the run is its fence: a run that slept while a later one began raises RunOvertaken.
    """
    failpoint("publish.before_pointer")
    with transaction.atomic():
        _still_at_work(run)
        published = Publish.objects.create(
            run=run, as_of=run.as_of, published_at=now(), definitions=run.definitions, tables=dict(tables)
        )
        rows = [
            PublishedAccount(
                publish=published, account_id=a["account_id"], band=a["band"], owner_key=a.get("owner_key"),
                document=dict(a),
            )
            for a in accounts
        ]
        PublishedAccount.objects.bulk_create(rows, batch_size=_CHUNK)
        beside(published)
        before = list(Publish.objects.filter(pointer__isnull=False))
        Pointer.objects.update_or_create(pk=1, defaults={"publish": published})
        old = PublishedAccount.objects.filter(publish__published_at__lt=now() - READ)
        old.exclude(publish__in=[published, *before]).delete()
        Run.objects.filter(pk=run.pk).update(state="published", finished_at=now(), facts=dict(facts))
        failpoint("publish.inside_pointer")
    failpoint("publish.after_pointer")
    return published


def _still_at_work(run: Run) -> None:
    stands = Run.objects.select_for_update().get(pk=run.pk)
    if stands.state != "running":
        raise RunOvertaken(run=run.pk, state=stands.state, day=run.as_of.isoformat())


def current_number() -> int | None:
    """The number of the publish that readers see, without reading it; None before the first."""
    return Pointer.objects.filter(pk=1).values_list("publish_id", flat=True).first()


def current() -> Publish | None:
    """The publish that readers see; None before the first."""
    pointer = Pointer.objects.select_related("publish__run", "publish__definitions").filter(pk=1).first()
    return pointer.publish if pointer else None


def last_run() -> Run | None:
    """The newest run, whatever became of it; what it noted is read when somebody asks."""
    return Run.objects.defer("facts", "versions").order_by("-pk").first()


def rows(of: Publish | None = None) -> Iterator[dict[str, Any]]:
    """The account rows by account id of a publish, or of the current one, one after the other.

    Those of the one before, and of any that is younger than an hour, are kept as well: whoever began to read one
    can end.
    """
    found = PublishedAccount.objects.order_by("account_id").values_list("document", flat=True)
    current_one = Pointer.objects.filter(pk=1).values("publish")
    chosen = found.filter(publish__in=current_one) if of is None else found.filter(publish=of)
    for document in chosen.iterator(chunk_size=_READ_AT_ONCE):
        yield with_shared_texts(document)
