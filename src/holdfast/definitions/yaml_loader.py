"""YAML 1.2 in which every value knows file, line and column, and nothing is executed or guessed.

Only the core schema: ``NO``, ``12:30:00`` and ``2026-03-29`` stay text, ``007`` stays text too (ids do).
"""

from __future__ import annotations

import io
import math
import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .document import Document, Places
from .finding import Finding
from .place import Place

MAX_BYTES = 1_000_000
MAX_VALUES = 200_000
MAX_ALIASED = 10_000
MAX_DEPTH = 40

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_OCTAL_OR_HEX = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_NOT_FINITE = re.compile(r"([-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\Z")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]+\Z")
_CORE_TAGS = {f"tag:yaml.org,2002:{name}" for name in
              ("null", "bool", "int", "float", "str", "map", "seq", "timestamp", "merge", "value")}


def load_document(file: str, text: str) -> tuple[Document | None, list[Finding]]:
    """Read ``text`` of the file called ``file``: the document (None where it cannot be read) and findings.

    >>> document, findings = load_document("holdfast.yml", "country: NO\\nat: 12:30:00\\nid: 007")
    >>> document.data
    {'country': 'NO', 'at': '12:30:00', 'id': '007'}
    >>> str(document.places.of(("at",)))
    'holdfast.yml:2:5'
    """
    size = len(text.encode("utf-8", "replace"))
    if size > MAX_BYTES:
        return None, [Finding("HF-E002", "error", Place(file),
                              f"the file has {size:,} bytes; at most {MAX_BYTES:,} are read",
                              "split it into several files; data do not belong into definitions")]
    try:
        root = YAML(typ="safe", pure=True).compose(io.StringIO(text))
        reader = _Reader(file)
        data = None if root is None else reader.value(root, ())
    except (YAMLError, RecursionError, ValueError, OverflowError) as error:
        return None, [_unreadable(file, error)]
    if any(finding.id != "HF-E003" for finding in reader.findings):
        return None, reader.findings
    return Document(file, data, reader.places), reader.findings


def _unreadable(file: str, error: Exception) -> Finding:
    place, problem = Place(file), "nested too deeply" if isinstance(error, RecursionError) else str(error)
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        if mark is not None:
            place = Place(file, mark.line + 1, mark.column + 1)
        problem = str(error.problem or error.context or "not readable")
    problem = problem.splitlines()[0] if problem else "not readable"
    hint = "check indentation, colons and quotes"
    if "\\t" in problem:
        hint = "indent with spaces, not with tabs"
    return Finding("HF-E001", "error", place, f"not valid YAML: {problem}", hint)


class _TooMuch(ValueError):
    """The document unfolds to more than we read."""


class _Reader:
    """Turns the node graph into plain data and a table of places."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places = Places(Place(file, 1, 1))
        self.findings: list[Finding] = []
        self._seen: set[int] = set()
        self._count = 0
        self._aliased = 0

    def value(self, node: Node, path: tuple[str, ...], inside_alias: bool = False) -> Any:
        place = self._place(node)
        again = id(node) in self._seen
        self._seen.add(id(node))
        inside_alias = inside_alias or again
        self._count += 1
        self._aliased += inside_alias
        if self._aliased > MAX_ALIASED or self._count > MAX_VALUES or len(path) > MAX_DEPTH:
            self._add("HF-E006", place, "aliases or nesting unfold to more than is read",
                      "write the values out, or make the file smaller", once=True)
            return None
        self.places.put_value(path, place)
        if str(node.tag or "") not in _CORE_TAGS:
            self._add("HF-E005", place, f"the tag {str(node.tag)!r} is not allowed",
                      "definitions hold plain values only")
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, path, inside_alias)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, str(i)), inside_alias) for i, item in enumerate(node.value)]
        return self._scalar(node, place)

    def _mapping(self, node: MappingNode, path: tuple[str, ...], inside_alias: bool) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            place = self._place(key_node)
            if not isinstance(key_node, ScalarNode):
                self._add("HF-E001", place, "a key is not a plain value", "write a text or a number")
                continue
            key = self._scalar(key_node, place)
            if key in result:
                self._add("HF-E003", place, f"the key {key!r} stands here twice", "remove one of the two")
                continue
            inner = (*path, str(key))
            self.places.put_key(inner, place)
            result[key] = self.value(value_node, inner, inside_alias)
        return result

    def _scalar(self, node: Node, place: Place) -> Any:
        text = str(node.value)
        if isinstance(node, ScalarNode) and node.style in ("'", '"', "|", ">"):
            return text
        value = plain(text)
        if _NOT_FINITE.match(text) or (isinstance(value, float) and not math.isfinite(value)):
            self._add("HF-E004", place, f"{text} is not a finite number", "write a number, or leave it out")
            return None
        return value

    def _place(self, node: Node) -> Place:
        mark = node.start_mark
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _add(self, id_: str, place: Place, what: str, hint: str, once: bool = False) -> None:
        if not (once and any(finding.id == id_ for finding in self.findings)):
            self.findings.append(Finding(id_, "error", place, what, hint))


def plain(text: str) -> Any:
    """The value of an unquoted text by the YAML 1.2 core schema; numbers with leading zeros stay text.

    >>> [plain(t) for t in ("NO", "true", "~", "0x1F", "1e3", "007", "2026-03-29")]
    ['NO', True, None, 31, 1000.0, '007', '2026-03-29']
    """
    if text in ("", "~", "null", "Null", "NULL"):
        return None
    if text in ("true", "True", "TRUE"):
        return True
    if text in ("false", "False", "FALSE"):
        return False
    if _INTEGER.match(text) and len(text) < 300:
        return int(text)
    if _OCTAL_OR_HEX.match(text):
        return int(text, 0)
    if _FLOAT.match(text) and not _LEADING_ZERO.match(text):
        return float(text)
    return text
