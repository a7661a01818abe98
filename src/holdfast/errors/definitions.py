"""Errors about definitions."""

from __future__ import annotations

from typing import Any

from .roots import UserError


class DefinitionsRefused(UserError):
    """The definitions have error-level findings. Facts: ``findings`` (all of them, errors first)."""

    where = "{first_place}"
    reason = "{what}"
    next_command = "{next_step}"

    def __init__(self, *, findings: list[Any], **_: Any) -> None:
        errors = [finding for finding in findings if finding.level == "error"]
        first, more = errors[0], len(errors) - 1
        what = first.what + (f" ({more} more error{'s' if more > 1 else ''})" if more else "")
        next_step = first.hint if first.id == "HF-E007" else "holdfast check"
        super().__init__(findings=findings, first_place=str(first.place), what=what, next_step=next_step)


class FolderNotEmpty(UserError):
    """A new workspace was asked for where something stands already. Facts: ``path``."""

    where = "{path}"
    reason = "the folder is not empty, and nothing in it is overwritten"
    next_command = "holdfast init {path}/customers"


class StoredDefinitionsChanged(UserError):
    """Stored definitions do not have the hash that was stored with them. Facts: ``stored``, ``found``."""

    where = "stored definitions"
    reason = "the texts do not match their hash {stored}; somebody changed the state database"
    next_command = "holdfast doctor"


class ExpressionNotComputable(UserError):
    """An expression mixes kinds of values that do not go together. Facts: ``text``, ``problem``."""

    where = "expression {text!r}"
    reason = "{problem}"
    next_command = "holdfast check"
