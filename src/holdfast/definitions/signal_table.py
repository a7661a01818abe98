"""Signal tables: lists of what the definitions have to answer, row by row."""

from __future__ import annotations

from collections.abc import Mapping

from .model import Definition


class SignalTable(Definition):
    """A list of situations. A definition answers a row by naming ``table.row`` in its ``covers``."""

    table: str
    label: str
    rows: Mapping[str, str]
