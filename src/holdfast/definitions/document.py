"""A definition file as read: plain data and where each value stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .place import Place

Path = tuple[str, ...]


@dataclass
class Places:
    """Where keys and values stand, by their path (all parts as text)."""

    top: Place
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)

    def put_value(self, path: Path, place: Place) -> None:
        """Note where the value at ``path`` stands."""
        self.values[path] = place

    def put_key(self, path: Path, place: Place) -> None:
        """Note where the key at ``path`` stands."""
        self.keys[path] = place

    def of(self, path: Path) -> Place:
        """Place of the value at ``path``, or of the nearest enclosing value that has one."""
        for end in range(len(path), -1, -1):
            found = self.values.get(path[:end])
            if found is not None:
                return found
        return self.top

    def of_key(self, path: Path) -> Place:
        """Place of the key at ``path``; of the value where it has no key."""
        return self.keys.get(path) or self.of(path)

    def has(self, path: Path) -> bool:
        """Whether anything stands at ``path``."""
        return path in self.values

    def below(self, path: Path) -> Places:
        """The places under ``path``, their paths made relative."""
        n = len(path)
        return Places(
            self.of(path),
            {p[n:]: place for p, place in self.values.items() if p[:n] == path},
            {p[n:]: place for p, place in self.keys.items() if p[:n] == path},
        )


@dataclass
class Document:
    """One file: its name, plain data (dict, list, text, number, bool, None) and places."""

    file: str
    data: Any
    places: Places
