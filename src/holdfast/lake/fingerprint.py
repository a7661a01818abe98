"""A name for an expression: the same for equal expressions, in every process."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.common.graph import Node

SPECIAL = (ops.InMemoryTable, ops.ScalarUDF, ops.AggUDF)
"""Nodes that a backend has to be told of before it runs a query."""


class Fingerprint:
    """The digest of an expression, the names of the tables it reads, and whether it holds a node that the
    backend has to be told of.

    Every node is written down once with its type and all its arguments, so that two expressions with the same
    digest compile to the same text. The backend of a table is left out: its name says which table it is.

    >>> import ibis
    >>> table = ibis.table({"n": "int64"}, name="t")
    >>> Fingerprint(table.filter(table.n > 1)).digest == Fingerprint(table.filter(table.n > 1)).digest
    True
    >>> Fingerprint(table.filter(table.n > 1)).digest == Fingerprint(table.filter(table.n > 2)).digest
    False
    """

    def __init__(self, expression: ir.Expr) -> None:
        self.special = False
        self.tables: set[str] = set()
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
        if isinstance(node, ops.PhysicalTable):
            self.tables.add(node.name)
        words = [type(node).__name__]
        words += [self._word(value) for name, value in zip(node.__argnames__, node.__args__, strict=True)
                  if name != "source"]
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
