"""From plain data to a typed definition: every violation becomes a finding with place and nearest name."""

from __future__ import annotations

import types
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from .document import Places
from .finding import Finding
from .model import Definition, settle
from .nearest import nearest

D = TypeVar("D", bound=Definition)


def validate(kind: type[D], data: Any, places: Places) -> tuple[D | None, list[Finding]]:
    """An object of ``kind`` from ``data``, or None and what is wrong with it."""
    if not isinstance(data, dict):
        what = f"{_seen(data)}; keys with values are wanted"
        return None, [Finding("HF-E012", "error", places.top, what)]
    try:
        result = kind.model_validate(data)
    except ValidationError as error:
        return None, [_finding(kind, places, detail) for detail in error.errors(include_url=False)]
    settle(result, places)
    return result, []


def _finding(kind: type[Definition], places: Places, detail: ErrorDetails) -> Finding:
    path = tuple(str(part) for part in detail["loc"] if part != "[key]")
    name, context = path[-1] if path else "", detail.get("ctx", {})
    match detail["type"]:
        case "extra_forbidden":
            known = _keys(_annotation_at(kind, path[:-1]))
            return Finding("HF-E010", "error", places.of_key(path), f"the key {name!r} is not known",
                           f"known here: {', '.join(known)}" if known else "", nearest(name, known))
        case "missing":
            return Finding("HF-E011", "error", places.of_key(path[:-1]), f"the key {name!r} is missing")
        case "literal_error":
            allowed = _allowed(_annotation_at(kind, path))
            seen = detail["input"]
            return Finding("HF-E013", "error", places.of(path), f"{seen!r} is not a value of {name}",
                           f"one of: {', '.join(allowed)}", nearest(str(seen), allowed))
        case "expression":
            return Finding("HF-E020", "error", places.of(path),
                           f"the expression is refused: {context['reason']}", context["hint"])
    return Finding("HF-E012", "error", places.of(path), f"{_seen(detail['input'])}; {_wanted(detail)}")


def _seen(value: Any) -> str:
    if value is None:
        return "no value is given"
    if isinstance(value, Mapping):
        return "this holds keys with values"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "this is a list"
    return f"{value!r} is given"


_WANTED = {
    "float": "a number is wanted", "int": "a whole number is wanted", "bool": "true or false is wanted",
    "string": "a text is wanted", "date": "a date such as 2026-03-29 is wanted", "tuple": "a list is wanted",
    **dict.fromkeys(("dict", "mapping", "model"), "keys with values are wanted"),
}


def _wanted(detail: ErrorDetails) -> str:
    family = detail["type"].split("_")[0]
    if detail["type"] == "finite_number":
        return "a finite number is wanted"
    return _WANTED.get(family) or detail["msg"].removeprefix("Value error, ")


def _annotation_at(kind: Any, path: Sequence[str]) -> Any:
    for part in path:
        kind = _plain(kind)
        if isinstance(kind, type) and issubclass(kind, Definition):
            fields = {info.alias or name: info.annotation for name, info in kind.model_fields.items()}
            kind = fields.get(part, Any)
        else:
            inner = get_args(kind)
            kind = inner[0 if get_origin(kind) is tuple else -1] if inner else Any
    return _plain(kind)


def _plain(kind: Any) -> Any:
    if get_origin(kind) in (Union, types.UnionType):
        return next(option for option in get_args(kind) if option is not type(None))
    return kind



def _keys(kind: Any) -> list[str]:
    if isinstance(kind, type) and issubclass(kind, Definition):
        return [info.alias or name for name, info in kind.model_fields.items() if name != "place"]
    return []


def _allowed(kind: Any) -> list[str]:
    return [str(value) for value in get_args(kind)] if get_origin(kind) is Literal else []
