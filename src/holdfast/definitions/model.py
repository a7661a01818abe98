"""The base of every definition object: frozen, closed to unknown keys, and it knows its place."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from .place import Place


class Definition(BaseModel):
    """A definition read from a file. ``place`` is set by the loader."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, populate_by_name=True, strict=False
    )

    place: Place | None = Field(default=None, exclude=True, repr=False)
