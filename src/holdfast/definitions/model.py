"""The base of every definition object: frozen, closed to unknown keys, and it knows its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from .document import Path, Places
from .place import Place

_NUMBERS = (float, int, float | None, int | None)


@dataclass
class Origin:
    """Where an object was read from. Two objects that differ only in this are equal."""

    places: Places = field(compare=False)
    path: Path = field(compare=False)


class Definition(BaseModel):
    """A definition read from a file. ``place`` is set by the loader.

    A field whose name ends with an underscore (``from_``) is written without it.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=True, strict=False,
        coerce_numbers_to_str=True, allow_inf_nan=False,
        alias_generator=lambda name: name.removesuffix("_"),
    )

    place: Place | None = Field(default=None, exclude=True, repr=False)
    _origin: Origin | None = PrivateAttr(default=None)

    @model_validator(mode="before")
    @classmethod
    def _no_truth_for_numbers(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        wrong = {
            key: str(data[key]).lower()
            for name, info in cls.model_fields.items()
            if info.annotation in _NUMBERS and isinstance(data.get(key := info.alias or name), bool)
        }
        return {**data, **wrong}

    def at(self, *parts: object, key: bool = False) -> Place:
        """Place of the value below this object, such as ``at("components", "usage", "weight")``."""
        if self._origin is None:
            return self.place or Place("")
        path = (*self._origin.path, *(str(part) for part in parts))
        return self._origin.places.of_key(path) if key else self._origin.places.of(path)


def settle(value: Any, places: Places, path: Path = ()) -> None:
    """Tell ``value`` and every definition inside it where it stands."""
    if isinstance(value, Definition):
        value.__dict__["place"] = places.of_key(path)
        value._origin = Origin(places, path)
        for name, info in type(value).model_fields.items():
            if name in value.model_fields_set and name != "place":
                settle(getattr(value, name), places, (*path, info.alias or name))
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            settle(inner, places, (*path, str(key)))
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            settle(inner, places, (*path, str(number)))
