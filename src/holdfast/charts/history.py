"""Score history: line over time, cut-offs dashed, band scale at the right, lanes beneath, gaps hatched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from .bands import CUTS, band_of, glyph_shape
from .number import number
from .scale import Scale, day_words, month_ticks
from .svg import element, hatch, line, picture, rect, text, var
from .table import Table

Shape = Literal["diamond", "dot", "flag", "arrow"]


@dataclass(frozen=True)
class Reading:
    """The score of one day; None where it was withheld or nobody was scored."""

    day: date
    score: float | None
    band: str | None = None


@dataclass(frozen=True)
class Mark:
    """Something that happened, or will, on a day of a lane."""

    day: date
    words: str


@dataclass(frozen=True)
class Lane:
    """A row of marks under the plot: model (diamond), people (dot), contract (flag), plays (arrow)."""

    name: str
    shape: Shape
    marks: Sequence[Mark]


@dataclass(frozen=True)
class ScoreHistory:
    """Scores over time. Two readings further apart than ``longest_step`` days have a gap between them."""

    readings: Sequence[Reading]
    today: date
    cuts: Sequence[tuple[str, float]] = CUTS
    lanes: Sequence[Lane] = ()
    title: str = "Score history"
    longest_step: int = 16
    width: float = 712.0
    plot: float = 128.0

    def finding(self) -> str:
        """The main finding as a sentence."""
        known = [(r.day, r.score, r.band) for r in self.readings if r.score is not None]
        if not known:
            return "No score on any day shown."
        day, score, band = known[-1]
        words = f"{number(score, 1)}, {band_of(band).word.lower()}, on {day_words(day, True)}"
        low, high = min(s for _, s, _ in known), max(s for _, s, _ in known)
        words += f"; between {number(low, 1)} and {number(high, 1)} since {day_words(known[0][0], True)}"
        gaps = len(self._gaps())
        return words + (f"; {gaps} gap{'s' if gaps > 1 else ''} without a score." if gaps else ".")

    def _gaps(self) -> list[tuple[date, date]]:
        """Stretches without a score, between the known days around them."""
        ordered = sorted(self.readings, key=lambda reading: reading.day)
        found: list[tuple[date, date]] = []
        before: date | None = None
        missing = False
        for reading in ordered:
            if reading.score is None:
                missing, before = True, before or reading.day
                continue
            if before is not None and (missing or (reading.day - before).days > self.longest_step):
                found.append((before, reading.day))
            before, missing = reading.day, False
        if missing and before is not None and ordered[-1].day > before:
            found.append((before, ordered[-1].day))
        return found

    def _x(self, left: float, right: float) -> Scale:
        days = [reading.day for reading in self.readings] + [self.today]
        first, last = min(days), max(days)
        ahead = [mark.day for lane in self.lanes for mark in lane.marks if mark.day > last]
        reach = last.toordinal() + max((last - first).days // 8, 1)
        end = max([last.toordinal(), *(min(day.toordinal(), reach) for day in ahead)])
        return Scale(first.toordinal(), end, left, right)

    def svg(self) -> str:
        """The picture."""
        left, right, top = 42.0 if not self.lanes else 58.0, self.width - 78.0, 8.0
        base = top + self.plot
        x = self._x(left, right)
        y = self._y(base, top)
        body = self._cut_lines(y, left, right)
        for first, last in self._gaps():
            x1, x2 = x(first.toordinal()) + 2, x(last.toordinal()) - 2
            body += hatch(x1, top, max(x2 - x1, 4.0), self.plot)
        body += self._line(x, y) + line(left, base, right, base, "line-3")
        body += self._scale_bar(y, right + 12)
        body += self._lanes(x, base, right)
        bottom = base + 18.0 * len(self.lanes)
        body += self._days(x, base, bottom, right)
        return picture(self.width, bottom + 24, self.title, self.finding(), body, "history")

    def _y(self, base: float, top: float) -> Scale:
        known = [reading.score for reading in self.readings if reading.score is not None]
        cuts = [cut for _, cut in self.cuts if cut > 0]
        low = min([*known, *cuts], default=0.0)
        return Scale(max(0.0, min(low - 12, 20.0)), 100.0, base, top)

    def _cut_lines(self, y: Scale, left: float, right: float) -> str:
        body = ""
        for _, cut in self.cuts:
            if cut > y.low:
                body += line(left, y(cut), right, y(cut), "line-2", stroke_dasharray="2 3")
                body += text(left - 8, y(cut) + 4, number(cut), text_anchor="end")
        return body

    def _line(self, x: Scale, y: Scale) -> str:
        breaks = {end for _, end in self._gaps()}
        pieces: list[list[tuple[float, float]]] = [[]]
        last: Reading | None = None
        for reading in sorted(self.readings, key=lambda reading: reading.day):
            if reading.score is None:
                continue
            if reading.day in breaks and pieces[-1]:
                pieces.append([])
            pieces[-1].append((x(reading.day.toordinal()), y(reading.score)))
            last = reading
        body = ""
        for points in pieces:
            if len(points) == 1:
                body += element("circle", cx=points[0][0], cy=points[0][1], r=2.2, fill=var("chart"))
            elif points:
                path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
                body += element(
                    "path",
                    d=path,
                    fill="none",
                    stroke=var("chart"),
                    stroke_width=1.7,
                    stroke_linejoin="round",
                )
        if last is not None and last.score is not None:
            body += glyph_shape(last.band, x(last.day.toordinal()), y(last.score), 12)
        return body

    def _scale_bar(self, y: Scale, x: float) -> str:
        body, upper = "", 100.0
        for name, cut in self.cuts:
            lower = max(cut, y.low)
            if upper > lower:
                top, height = y(upper), y(lower) - y(upper)
                body += rect(x, top + 1, 3, height - 2, band_of(name).token, rx=1)
                body += text(x + 8, top + height / 2 + 4, band_of(name).word, fill=var(band_of(name).ink))
            upper = cut
        return body

    def _lanes(self, x: Scale, base: float, right: float) -> str:
        body = ""
        for place, lane in enumerate(self.lanes, start=1):
            y = base + 18.0 * place - 5
            body += text(0, y + 4, lane.name)
            free = x.start
            marks = sorted(lane.marks, key=lambda mark: mark.day)
            places = [min(max(x(mark.day.toordinal()), x.start + 5), right - 5) for mark in marks]
            for mark, at, after in zip(marks, places, [*places[1:], right + 8], strict=True):
                beyond = mark.day.toordinal() > x.high
                words = mark.words + (" ›" if beyond else "")
                length = len(words) * 6.0
                body += _sign(lane.shape, at, y)
                if at + 8 + length <= after - 8:
                    body += text(at + 8, y + 4, words, fill=var("ink-2"))
                    free = at + 8 + length
                elif at - 8 - length >= free:
                    body += text(at - 8, y + 4, words, text_anchor="end", fill=var("ink-2"))
                    free = at + 8
        return body

    def _days(self, x: Scale, base: float, bottom: float, right: float) -> str:
        now = x(self.today.toordinal())
        body = line(now, 8, now, bottom + 4, "chart", stroke_width=1)
        anchor = "end" if now > right - 14 else "middle"
        body += text(now, bottom + 18, "today", text_anchor=anchor, fill=var("ink"), font_weight=650)
        first, last = date.fromordinal(int(x.low)), date.fromordinal(int(x.high))
        for day, name in month_ticks(first, last):
            at = x(day.toordinal())
            body += line(at, base, at, base + 4, "line-3")
            if abs(at - now) > 22 + 3 * len(name) and at + 3 * len(name) < right + 20:
                body += text(at, bottom + 18, name, text_anchor="middle")
        return body

    def table(self) -> Table:
        """The figures behind the picture, newest first."""
        rows = tuple(
            (day_words(r.day, True), "–" if r.score is None else number(r.score, 1), band_of(r.band).word)
            for r in sorted(self.readings, key=lambda reading: reading.day, reverse=True)
        )
        return Table(self.title, ("Day", "Score", "Band"), rows)


def _sign(shape: Shape, x: float, y: float) -> str:
    ink = var("chart")
    if shape == "diamond":
        path = f"M{x:.1f} {y - 5:.1f}L{x + 5:.1f} {y:.1f}L{x:.1f} {y + 5:.1f}L{x - 5:.1f} {y:.1f}Z"
        return element("path", d=path, fill=var("surface"), stroke=ink, stroke_width=1.4)
    if shape == "dot":
        return element("circle", cx=x, cy=y, r=3.6, fill=ink)
    if shape == "arrow":
        return element("polygon", points=_points(x, y, (-4, -4.5), (4.5, 0), (-4, 4.5)), fill=ink)
    flag = _points(x, y, (-4, 6), (-4, -5), (4.5, -5), (2, -2), (4.5, 1), (-4, 1))
    return element("polyline", points=flag, fill="none", stroke=ink, stroke_width=1.4)


def _points(x: float, y: float, *corners: tuple[float, float]) -> str:
    return " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
