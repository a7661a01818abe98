"""A name for an expression: the same for expressions of one form, in every process."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.common.graph import Node

SPECIAL = (ops.InMemoryTable, ops.ScalarUDF, ops.AggUDF)
"""Nodes that a backend has to be told of before it runs a query."""
MAIN = "main"
"""The schema in which an engine keeps its steps."""
Moment = tuple[str, date]
"""The type of a literal date or moment, and its value."""
LIKE_A_PLACE = re.compile(r'"main"\.|HF_MOMENT\(')


class Fingerprint:
    """The digest of an expression's form, what stands in its places, and whether it holds a node that the backend
    has to be told of.

    ``tables`` and ``moments`` number the names of stored tables, and the dates and moments, in the order in which
    the expression comes to them. The digest holds these numbers; every other node is written down once with its type,
    or the name of the engine's function that it calls, and all its arguments. So two expressions with the same digest
    compile to the same text but for what stands in those places. ``alone`` says that the text serves no other
    expression: something in it looks like such a place, or it holds a table of Ibis' own, which bears a name by chance.

    >>> import ibis
    >>> table = ibis.table({"n": "int64"}, name="t")
    >>> Fingerprint(table.filter(table.n > 1)).digest == Fingerprint(table.filter(table.n > 1)).digest
    True
    >>> Fingerprint(table.filter(table.n > 1)).digest == Fingerprint(table.filter(table.n > 2)).digest
    False
    >>> Fingerprint(ibis.date("2026-01-31")).digest == Fingerprint(ibis.date("2026-02-28")).digest
    True
    """

    def __init__(self, expression: ir.Expr) -> None:
        self.special = False
        self.alone = False
        self.tables: dict[str, int] = {}
        self.moments: dict[Moment, int] = {}
        self._numbers: dict[int, int] = {}
        self._kept: list[Node] = []
        self._hash = hashlib.sha256()
        self._node(expression.op())
        self.digest = self._hash.hexdigest()

    def _node(self, root: Node) -> None:
        """Write ``root`` and everything below it, each node after what it is made of."""
        stack: list[tuple[Node, bool]] = [(root, False)]
        while stack:
            node, ready = stack.pop()
            if id(node) in self._numbers:
                continue
            if ready:
                self._write(node)
            else:
                stack.append((node, True))
                stack.extend((child, False) for child in node.__children__ if id(child) not in self._numbers)

    def _write(self, node: Node) -> None:
        self.special = self.special or isinstance(node, SPECIAL)
        left_out: tuple[str, ...] = ("source",)
        words = [getattr(node, "__func_name__", type(node).__name__)]
        if isinstance(node, ops.DatabaseTable) and node.namespace.database == MAIN:
            left_out = ("source", "name")
            words.append(f"@{self.tables.setdefault(node.name, len(self.tables))}")
        elif isinstance(node, ops.Literal):
            if (key := moment(node.value, node.dtype)) is not None:
                left_out = ("value",)
                words.append(f"@{self.moments.setdefault(key, len(self.moments))}")
            self.alone = self.alone or bool(LIKE_A_PLACE.search(str(node.value)))
        elif isinstance(node, ops.InMemoryTable):
            self.alone = True
        words += [self._word(value) for name, value in zip(node.__argnames__, node.__args__, strict=True)
                  if name not in left_out]
        self._hash.update("\x1f".join(words).encode())
        self._hash.update(b"\x1e")
        self._numbers[id(node)] = len(self._kept)
        self._kept.append(node)

    def _word(self, value: Any) -> str:
        if isinstance(value, Node):
            return f"#{self._numbers[id(value)]}"
        if isinstance(value, (tuple, list)):
            return f"({','.join(self._word(item) for item in value)})"
        if isinstance(value, (set, frozenset)):
            return f"<{','.join(sorted(self._word(item) for item in value))}>"
        if isinstance(value, Mapping):
            return f"{{{','.join(f'{self._word(k)}:{self._word(v)}' for k, v in value.items())}}}"
        return f"{type(value).__name__}:{value!r}"


def moment(value: Any, dtype: dt.DataType) -> Moment | None:
    """What tells a literal date or moment without a time zone from others; None for any other literal."""
    if value is None or not (dtype.is_date() or (dtype.is_timestamp() and dtype.timezone is None)):
        return None
    return str(dtype), value
