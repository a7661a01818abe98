"""How the header of a file differs from what its source names."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeaderDrift:
    """The header of one file against the definition of its source.

    ``columns`` is the header as it stands; ``missing`` are named optional columns that the file lacks,
    ``extra`` are columns that no mapping names. ``format`` and ``delimiter`` are what is needed to read
    a quarantined row of the file again.
    """

    format: str
    columns: tuple[str, ...]
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    delimiter: str = ","
