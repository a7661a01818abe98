"""Notes: every version stays, the newest holds, and nobody overwrites what they have not seen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from holdfast.errors.state import HistoryIsAppendOnly

from .conftest import MORNING

MONDAY, TUESDAY = date(2026, 3, 16), date(2026, 3, 17)


def test_an_edit_is_a_further_version_and_the_earlier_one_stays(office: Any) -> None:
    from holdfast.state.note import edit, notes_of, write

    first = write("a", MONDAY, "They are angry.", office.ana)
    office.clock(MORNING + timedelta(hours=2))
    edit(first.note, "a", 1, TUESDAY, "They were angry.", office.max)
    [found] = notes_of("a")
    assert (found.last.number, found.last.text, found.last.day) == (2, "They were angry.", TUESDAY)
    assert (found.last.author.email, found.last.at) == ("max@x.test", MORNING + timedelta(hours=2))
    [earlier] = found.earlier
    assert (earlier.text, earlier.day, earlier.author.email, earlier.at) == (
        "They are angry.", MONDAY, "ana@x.test", MORNING)


def test_who_has_not_seen_the_newest_version_does_not_overwrite_it(office: Any) -> None:
    from holdfast.state.note import edit, notes_of, write

    note = write("a", MONDAY, "one", office.ana).note
    assert edit(note, "a", 1, MONDAY, "two", office.ana) is not None
    assert edit(note, "a", 1, MONDAY, "three", office.max) is None
    assert edit(note, "b", 2, MONDAY, "of another account", office.max) is None
    assert edit("no such note", "a", 1, MONDAY, "x", office.max) is None
    assert [one.last.text for one in notes_of("a")] == ["two"]


def test_a_version_is_never_changed_nor_removed(office: Any) -> None:
    from holdfast.state.note import write

    note = write("a", MONDAY, "one", office.ana)
    note.text = "two"
    with pytest.raises(HistoryIsAppendOnly):
        note.save()
    with pytest.raises(HistoryIsAppendOnly):
        note.delete()


def test_the_newest_day_stands_first(office: Any) -> None:
    from holdfast.state.note import edit, notes_of, write

    old = write("a", TUESDAY, "old", office.ana)
    write("a", TUESDAY, "new", office.ana)
    write("b", TUESDAY, "of another account", office.ana)
    write("a", MONDAY, "of the day before", office.ana)
    assert [one.last.text for one in notes_of("a")] == ["new", "old", "of the day before"]
    edit(old.note, "a", 1, TUESDAY, "old, edited", office.ana)
    assert [one.last.text for one in notes_of("a")] == ["new", "old, edited", "of the day before"]
