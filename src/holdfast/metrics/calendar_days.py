"""Days that other days point at: ends of ISO weeks and of months. Pure date arithmetic."""

from __future__ import annotations

from datetime import date, timedelta


def last_sunday(day: date) -> date:
    """End of the last complete ISO week; a Sunday is the end of its own week.

    >>> last_sunday(date(2026, 3, 31)), last_sunday(date(2026, 3, 29))
    (datetime.date(2026, 3, 29), datetime.date(2026, 3, 29))
    """
    return day - timedelta(days=day.isoweekday() % 7)


def last_month_end(day: date) -> date:
    """End of the last complete calendar month; the last day of a month is the end of its own month.

    >>> last_month_end(date(2026, 3, 30)), last_month_end(date(2026, 3, 31))
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 31))
    """
    following = day + timedelta(days=1)
    return following.replace(day=1) - timedelta(days=1)


def compared(day: date, over: str) -> tuple[date, date]:
    """The two days that a change ``over`` 30d, week or month compares on ``day``: the later, the earlier.

    >>> compared(date(2026, 3, 31), "week")
    (datetime.date(2026, 3, 29), datetime.date(2026, 3, 22))
    """
    if over == "week":
        end = last_sunday(day)
        return end, end - timedelta(days=7)
    if over == "month":
        end = last_month_end(day)
        return end, last_month_end(end - timedelta(days=1))
    return day, day - timedelta(days=int(over.removesuffix("d")))


def week_ends(day: date, weeks: int) -> list[date]:
    """The last ``weeks`` ends of complete ISO weeks up to ``day``, oldest first."""
    end = last_sunday(day)
    return [end - timedelta(days=7 * k) for k in range(weeks - 1, -1, -1)]
