"""Where the source rows of a batch went: kept, duplicate, quarantined, filtered, and nowhere else."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class RowAccount:
    """Counts of source rows. A row counts once, whatever number of records is made of it.

    >>> RowAccount(rows_in=5, kept=2, duplicate=1, quarantined=1, filtered=1).adds_up
    True
    >>> RowAccount(rows_in=5, kept=2).adds_up
    False
    """

    rows_in: int = 0
    kept: int = 0
    duplicate: int = 0
    quarantined: int = 0
    filtered: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether every row is accounted for."""
        return self.rows_in == self.kept + self.duplicate + self.quarantined + self.filtered

    def replayed(self, kept: int, duplicate: int, filtered: int = 0) -> RowAccount:
        """The account after quarantined rows became kept, duplicate or filtered ones.

        >>> RowAccount(rows_in=3, kept=1, quarantined=2).replayed(kept=1, duplicate=1)
        RowAccount(rows_in=3, kept=2, duplicate=1, quarantined=0, filtered=0)
        """
        gone = kept + duplicate + filtered
        return RowAccount(
            self.rows_in,
            self.kept + kept,
            self.duplicate + duplicate,
            self.quarantined - gone,
            self.filtered + filtered,
        )

    def as_dict(self) -> dict[str, int]:
        """The five counts by name."""
        return asdict(self)
