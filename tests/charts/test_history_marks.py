"""Words beside the marks of a lane never run into the next mark."""

from __future__ import annotations

from datetime import date, timedelta

from holdfast.charts.history import Lane, Mark, Reading, ScoreHistory

TODAY = date(2026, 3, 17)


def drawn(*marks: Mark) -> str:
    readings = [Reading(TODAY - timedelta(days=7 * back), 60.0) for back in range(40)]
    return ScoreHistory(readings, TODAY, lanes=[Lane("Notes", "dot", marks)]).svg()


def test_a_mark_close_to_the_next_has_its_words_at_the_left() -> None:
    first = Mark(TODAY - timedelta(days=100), "asked for a lower price")
    assert 'text-anchor="end" fill="var(--ink-2)">asked for' not in drawn(first).replace("'", '"')
    assert "asked for a lower price" in drawn(first)
    picture = drawn(first, Mark(first.day + timedelta(days=10), "called"))
    start = picture.index("asked for a lower price")
    assert 'text-anchor="end"' in picture[picture.rindex("<text", 0, start):start]
    assert "called" in picture


def test_where_no_room_is_left_the_mark_stands_without_words() -> None:
    days = [TODAY - timedelta(days=100 - 4 * place) for place in range(4)]
    picture = drawn(*(Mark(day, f"a long remark, number {place}") for place, day in enumerate(days)))
    assert picture.count('r="3.6"') == 4
    assert "number 0" in picture
    assert "number 1" not in picture
    assert "number 2" not in picture
    assert "number 3" in picture
