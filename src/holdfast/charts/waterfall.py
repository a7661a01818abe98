"""Waterfall: how one score became another. Behaviour solid, every other cause hatched; it sums exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .number import number, plain, shorten, signed
from .rounding import largest_remainder
from .scale import Scale
from .svg import element, hatch, line, picture, rect, text, var
from .table import Table


@dataclass(frozen=True)
class Step:
    """One part of a change, in points. ``behaviour`` is solid; data, model and manual causes are hatched."""

    label: str
    amount: float
    behaviour: bool = True


@dataclass(frozen=True)
class Waterfall:
    """A change from ``start`` by ``steps``; the end is their sum, never a number of its own."""

    start_label: str
    start: float
    steps: Sequence[Step]
    end_label: str
    title: str = "What changed"
    cuts: Sequence[float] = (30, 50, 70)
    width: float = 712.0
    height: float = 236.0
    sideways: bool = False

    @property
    def end(self) -> float:
        """Where the change ends."""
        return self.start + sum(step.amount for step in self.steps)

    def shown(self) -> tuple[float, list[float], float]:
        """Start, steps and end as printed: the printed parts add up to the printed difference."""
        start, end = round(self.start, 1), round(self.end, 1)
        return start, largest_remainder([step.amount for step in self.steps], 1, end - start), end

    def finding(self) -> str:
        """The main finding as a sentence."""
        start, parts, end = self.shown()
        words = f"From {number(start, 1)} on {self.start_label} to {number(end, 1)} on {self.end_label}, "
        words += f"{signed(end - start)} points"
        moved = [(abs(part), part, step.label) for part, step in zip(parts, self.steps, strict=True) if part]
        if not moved:
            return words + ": no change."
        _, part, label = max(moved, key=lambda entry: entry[0])
        return words + f"; largest part {label} {signed(part)}."

    def svg(self) -> str:
        """The picture, upright or turned on its side."""
        return self._sideways() if self.sideways else self._upright()

    def table(self) -> Table:
        """The figures behind the picture."""
        start, parts, end = self.shown()
        rows = [(self.start_label, "start", number(start, 1))]
        for step, part in zip(self.steps, parts, strict=True):
            rows.append((step.label, "behaviour" if step.behaviour else "not behaviour", signed(part)))
        rows.append((self.end_label, "end", number(end, 1)))
        return Table(self.title, ("Part", "Kind", "Points"), tuple(rows))

    def _range(self) -> tuple[float, float]:
        level = low = high = self.start
        for step in self.steps:
            level += step.amount
            low, high = min(low, level), max(high, level)
        return min(low, 0.0), max(high, 1.0)

    def _upright(self) -> str:
        low, high = self._range()
        left, base = 42.0, self.height - 42
        y = Scale(low, high, base, 22)
        column = (self.width - left) / (len(self.steps) + 2)
        bar = min(column * 0.7, 54.0)
        body = self._cut_lines(y, left)
        start, parts, end = self.shown()
        centre = left + column / 2
        body += self._end_bar(centre, bar, y, self.start, number(start, 1), self.start_label)
        level = self.start
        for step, part in zip(self.steps, parts, strict=True):
            body += line(centre + bar / 2, y(level), centre + column + bar / 2, y(level), "line-2")
            centre += column
            body += self._step(step, part, centre, bar, y(level), y(level + step.amount), column)
            level += step.amount
        body += line(centre + bar / 2, y(level), centre + column - bar / 2, y(level), "line-2")
        body += self._end_bar(centre + column, bar, y, level, number(end, 1), self.end_label)
        body += line(left, y(0), self.width, y(0), "line-3")
        return picture(self.width, self.height, self.title, self.finding(), body, "waterfall wide")

    def _cut_lines(self, y: Scale, left: float) -> str:
        body = text(left - 8, y(0) + 4, "0", text_anchor="end")
        for cut in self.cuts:
            if y.low < cut <= y.high:
                body += line(left, y(cut), self.width, y(cut), "line-2", stroke_dasharray="2 3")
                body += text(left - 8, y(cut) + 4, number(cut), text_anchor="end")
        return body

    def _end_bar(self, x: float, bar: float, y: Scale, value: float, words: str, label: str) -> str:
        top, height = min(y(value), y(0)), abs(y(0) - y(value))
        body = rect(x - bar / 2, top, bar, height, "bar", rx=1)
        strong = {"text_anchor": "middle", "fill": var("ink"), "font_weight": 650}
        body += text(x, top - 6, words, font_size=12.5, **strong)
        return body + text(x, self.height - 22, label, **strong)

    def _step(self, step: Step, part: float, x: float, bar: float, y1: float, y2: float, column: float) -> str:
        top, height = min(y1, y2), max(abs(y2 - y1), 1.0)
        body = _block(x - bar / 2, top, bar, height, step)
        below = part < 0
        body += text(
            x,
            top + height + 14 if below else top - 5,
            signed(part),
            text_anchor="middle",
            fill=var("ink"),
            font_weight=550,
            font_size=12,
        )
        for row, words in enumerate(_wrap(step.label, int(column / 5.7))):
            body += text(x, self.height - 22 + 13 * row, words, text_anchor="middle")
        return body

    def _sideways(self) -> str:
        low, high = self._range()
        row, left, right = 24.0, 130.0, 48.0
        x = Scale(low, high, left, self.width - right)
        height = row * (len(self.steps) + 2) + 18
        start, parts, end = self.shown()
        body = "".join(
            line(x(cut), 0, x(cut), height - 18, "line-2", stroke_dasharray="2 3")
            + text(x(cut), height - 4, number(cut), text_anchor="middle")
            for cut in (0.0, *self.cuts)
            if x.low <= cut <= x.high
        )
        body += self._row(0, self.start_label, number(start, 1), True)
        body += rect(x(0), 4, x(self.start) - x(0), 14, "bar", rx=1)
        level = self.start
        for place, (step, part) in enumerate(zip(self.steps, parts, strict=True), start=1):
            near, far = x(level), x(level + step.amount)
            body += _block(min(near, far), place * row + 4, max(abs(far - near), 1.0), 14, step)
            body += self._row(place * row, step.label, signed(part), False)
            level += step.amount
        last = (len(self.steps) + 1) * row
        body += rect(x(0), last + 4, x(level) - x(0), 14, "bar", rx=1)
        body += self._row(last, self.end_label, number(end, 1), True)
        return picture(self.width, height, self.title, self.finding(), body, "waterfall narrow")

    def _row(self, y: float, label: str, words: str, strong: bool) -> str:
        weight = 650 if strong else 400
        body = text(0, y + 15, shorten(label, 21), font_size=12, fill=var("ink"), font_weight=weight)
        return body + text(
            self.width,
            y + 15,
            words,
            text_anchor="end",
            font_size=12,
            fill=var("ink"),
            font_weight=max(weight, 550),
        )


def _block(x: float, y: float, width: float, height: float, step: Step) -> str:
    if step.behaviour:
        return rect(x, y, width, height, "healthy" if step.amount >= 0 else "at-risk", rx=1)
    ground = element("rect", x=x, y=y, width=width, height=height, fill=var("surface"))
    return ground + hatch(x, y, width, height, "line-3", border=True)


def _wrap(label: str, room: int) -> list[str]:
    lines: list[str] = [""]
    for word in plain(label).split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= max(room, 6) or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return [shorten(words, max(room, 6) + 1) for words in lines]
