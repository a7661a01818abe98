"""Category map: points by the label of the value."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir


def category(value: ir.FloatingValue, labels: Mapping[float, str], by_label: Mapping[str, float]) -> ir.FloatingValue:
    """Points of the value's label; a value without a label, or a label without points, scores nothing.

    >>> labels = {1: "less", 2: "about even", 3: "more"}
    >>> category(ibis.literal(2.0), labels, {"more": 100, "about even": 40, "less": 0}).execute()
    40.0
    """
    known = [(value == float(v), float(by_label[name])) for v, name in labels.items() if name in by_label]
    return ibis.cases(*known, else_=None) if known else ibis.null("float64")
