"""Save offers: what may be offered to keep a customer, when it fits, and who must approve."""

from __future__ import annotations

from .model import Definition


class SaveOffer(Definition):
    """An offer. ``fits`` are signals that it answers; ``approval`` the service roles that must all agree.

    ``rank`` orders offers, the least costly first: money is the last resort. ``example_rate`` is an example of
    a share of saves, to be replaced by the company's own count.
    """

    offer: str
    label: str
    use: str
    fits: tuple[str, ...]
    approval: tuple[str, ...]
    rank: int
    example_rate: float | None = None
    covers: tuple[str, ...] = ()
