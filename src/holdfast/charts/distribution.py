"""Distribution: how many accounts have which value, and how many points each value earns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .number import number, short
from .scale import Scale
from .svg import element, hatch, line, picture, rect, text, var
from .table import Table


@dataclass(frozen=True)
class Distribution:
    """``counts`` between neighbouring ``edges``; the outermost hold what lies beyond. ``missing`` have no value.

    ``points`` are (value, points 0 to 100) in order of values: joined by steps, or by straight lines where
    ``joined``. ``marks`` are named values such as the median; ``ends`` the words for the first and last edge.
    """

    edges: Sequence[float]
    counts: Sequence[int]
    missing: int
    title: str
    points: Sequence[tuple[float, float]] = ()
    joined: bool = False
    marks: Sequence[tuple[str, float]] = ()
    ends: tuple[str, str] = ("", "")
    width: float = 320.0
    height: float = 92.0

    def finding(self) -> str:
        """The main finding as a sentence."""
        known = sum(self.counts)
        if not known:
            return "No account has a value."
        base = f"{number(known)} of {number(known + self.missing)} accounts have a value"
        return base + "".join(f"; {name} {short(value)}" for name, value in self.marks) + "."

    def svg(self) -> str:
        """The picture: bars of accounts, the points in the accent, accounts without a value hatched at the right."""
        left, right, top, base = 34.0, self.width - 62.0, 12.0, self.height - 18.0
        most = max([*self.counts, self.missing, 1])
        y, body = Scale(0, most, base, top), line(left, base, right, base, "line-3")
        body += text(left - 6, top + 4, number(most), text_anchor="end") + text(left - 6, base, "0", text_anchor="end")
        if self.edges:
            x = Scale(self.edges[0], self.edges[-1], left, right)
            for low, high, count in zip(self.edges, self.edges[1:], self.counts, strict=False):
                if count:
                    body += rect(x(low) + 0.5, y(count), x(high) - x(low) - 1, base - y(count), "chart-2", rx=1)
            for _, value in self.marks:
                body += line(x(value), top, x(value), base, "ink-3", stroke_dasharray="2 3")
            body += self._scored(x, Scale(0, 100, base, top))
            body += text(left, self.height - 4, self.ends[0])
            body += text(right, self.height - 4, self.ends[1], text_anchor="end")
        if self.points:
            body += text(right + 4, top + 4, "100", fill=var("accent")) + text(right + 4, base, "0", fill=var("accent"))
        if self.missing:
            body += hatch(self.width - 28, y(self.missing), 18, base - y(self.missing), border=True)
        body += text(self.width, self.height - 4, "unknown", text_anchor="end")
        return picture(self.width, self.height, self.title, self.finding(), body, "distribution")

    def _scored(self, x: Scale, y: Scale) -> str:
        if not self.points:
            return ""
        first, last = self.edges[0], self.edges[-1]
        inside = [(min(max(value, first), last), points) for value, points in self.points]
        path = f"M{x(first):.1f} {y(inside[0][1]):.1f}"
        for value, points in inside:
            path += f"L{x(value):.1f} {y(points):.1f}" if self.joined else f"H{x(value):.1f}V{y(points):.1f}"
        path += f"H{x(last):.1f}"
        return element("path", d=path, fill="none", stroke=var("accent"), stroke_width=1.6)

    def table(self) -> Table:
        """The figures behind the picture."""
        rows = [
            (f"{short(low)} to {short(high)}", number(count))
            for low, high, count in zip(self.edges, self.edges[1:], self.counts, strict=False)
        ]
        return Table(self.title, ("Value", "Accounts"), (*rows, ("unknown", number(self.missing))))
