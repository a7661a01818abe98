"""A tail of the audit log that was cut off, its head set back, is found by the anchor of an earlier day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from holdfast.errors.access import AuditBroken
from holdfast.state.audit_anchor import FILE, anchors, keep_anchor
from holdfast.state.database import close_state, open_state


@pytest.fixture
def data(tmp_path: Path, database: str | None) -> Iterator[Path]:
    open_state(tmp_path, database)
    yield tmp_path
    close_state()


def on(monkeypatch: pytest.MonkeyPatch, day: str, entries: int) -> None:
    """A day with so many entries."""
    from holdfast.state import audit

    monkeypatch.setenv("HOLDFAST_NOW", f"{day}T12:00:00+00:00")
    for _ in range(entries):
        audit.record(None, "wrote", "note", "a")


def cut_to(number: int) -> None:
    """What somebody does who can write to the database."""
    from holdfast.state.audit import AuditEntry, AuditHead

    AuditEntry.objects.filter(number__gt=number).delete()
    AuditHead.objects.update(number=number, digest=AuditEntry.objects.get(number=number).digest)


def test_a_cut_tail_is_found(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from holdfast.state import audit

    assert not keep_anchor(data)
    on(monkeypatch, "2026-03-16", 3)
    assert keep_anchor(data)
    on(monkeypatch, "2026-03-17", 4)
    assert keep_anchor(data)
    assert keep_anchor(data)
    on(monkeypatch, "2026-03-18", 2)
    assert [(one.day, one.number) for one in anchors(data)] == [("2026-03-16", 3), ("2026-03-17", 7)]
    assert audit.verify(anchors(data)) == 9
    cut_to(7)
    assert audit.verify(anchors(data)) == 7
    cut_to(5)
    assert audit.verify() == 5
    with pytest.raises(AuditBroken, match="the log ends at 5 and had 7 entries on 2026-03-17"):
        audit.verify(anchors(data))


def test_a_tail_that_was_written_anew_is_found(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from holdfast.state import audit

    on(monkeypatch, "2026-03-16", 3)
    keep_anchor(data)
    cut_to(2)
    on(monkeypatch, "2026-03-17", 3)
    assert audit.verify() == 5
    with pytest.raises(AuditBroken, match="entry 3 is not the one that was noted on 2026-03-16"):
        audit.verify(anchors(data))


def test_a_damaged_anchor_is_named(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, "2026-03-16", 1)
    keep_anchor(data)
    (data / FILE).write_text("{}\n", encoding="utf-8")
    with pytest.raises(AuditBroken, match=r"audit-anchors\.jsonl has a line"):
        anchors(data)
