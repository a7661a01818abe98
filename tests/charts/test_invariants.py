"""What every chart promises: parts that sum, gaps that are not joined, a text alternative, no foreign markup."""

import math
import random
import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from holdfast.charts.band_bar import BandBar
from holdfast.charts.bands import BANDS, glyph
from holdfast.charts.bars import Bars, LimitBar
from holdfast.charts.component_bars import ComponentBar, ComponentBars, SingleBar
from holdfast.charts.coverage import CoverageBar
from holdfast.charts.history import Lane, Mark, Reading, ScoreHistory
from holdfast.charts.matrix import Cell, Matrix
from holdfast.charts.renewals import Month, Renewals
from holdfast.charts.rounding import largest_remainder
from holdfast.charts.scale import month_ticks, ticks
from holdfast.charts.series import Point, Series
from holdfast.charts.sparkline import Sparkline
from holdfast.charts.waterfall import Step, Waterfall

TODAY = date(2026, 3, 17)
HOSTILE = "<script>alert(1)</script>\"'\u202e&"


def readings(gap=range(0)):
    days = [TODAY - timedelta(days=7 * k) for k in range(30, -1, -1)]
    return [Reading(day, None if k in gap else 50.0 + k, "neutral") for k, day in enumerate(days)]


CHARTS = {
    "band bar": BandBar([(band.name, 3.0) for band in BANDS], title=HOSTILE),
    "empty band bar": BandBar([]),
    "bars": Bars([(HOSTILE, 3.0), ("b", 4.0)], HOSTILE, "accounts", missing=2.0),
    "component bars": ComponentBars([ComponentBar(HOSTILE, 60, 40.04), ComponentBar("b", 40, 3.33)]),
    "component bars without a score": ComponentBars([ComponentBar("a", 60, None)]),
    "coverage": CoverageBar(0.92, hidden=False),
    "unknown coverage": CoverageBar(None, hidden=False),
    "history": ScoreHistory(readings(), TODAY, lanes=[Lane("Model", "diamond", [Mark(TODAY, HOSTILE)])]),
    "history with a gap": ScoreHistory(readings(range(10, 13)), TODAY),
    "empty history": ScoreHistory([], TODAY),
    "matrix": Matrix([HOSTILE], ["healthy"], [[Cell(10, 2)]], "m", "€", frozenset({(HOSTILE, "healthy")})),
    "renewals": Renewals(
        [Month(date(2026, m, 1), {"healthy": 1e6 * m, "at_risk": 3e5}) for m in range(1, 13)], "€ M", 1e6
    ),
    "empty renewals": Renewals([], "€ M"),
    "series": Series([Point(TODAY, 3.0), Point(TODAY + timedelta(days=7), None)], HOSTILE, "users"),
    "empty series": Series([], "s", "users"),
    "sparkline": Sparkline([1.0, None, 3.0], "healthy"),
    "empty sparkline": Sparkline([]),
    "waterfall": Waterfall("15 Feb", 72.4, [Step(HOSTILE, -12.6), Step("Data", 1.3, False)], "17 Mar"),
    "waterfall on its side": Waterfall("15 Feb", 72.4, [Step("a", -12.6)], "17 Mar", sideways=True, width=340),
    "waterfall without steps": Waterfall("15 Feb", 0.0, [], "17 Mar"),
}


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.open, self.texts, self.attributes = [], [], {}, []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [value for _, value in attrs]
        self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [value for _, value in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.setdefault(self.open[-1], []).append(data)


@pytest.mark.parametrize("name", CHARTS)
def test_picture_is_whole_safe_and_says_its_finding(name):
    chart = CHARTS[name]
    drawn = chart.svg()
    reader = Reader()
    reader.feed(drawn)
    assert not reader.open
    assert reader.tags[0] == "svg"
    assert reader.texts["title"]
    assert reader.texts["desc"][0].strip()
    allowed = {"svg", "title", "desc", "rect", "line", "path", "text", "circle", "polygon", "polyline"}
    assert set(reader.tags) <= allowed
    assert "\u202e" not in drawn
    assert not re.search(r"#[0-9a-fA-F]{3,6}\b|rgb\(|https?:|url\(", drawn), "colours are tokens"
    assert "nan" not in drawn
    assert "inf" not in drawn.replace("information", "")


@pytest.mark.parametrize("name", CHARTS)
def test_table_has_a_head_for_every_cell(name):
    table = CHARTS[name].table()
    assert table.caption
    assert all(len(row) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("band", BANDS)
def test_glyph_has_its_own_shape_and_a_name_when_alone(band):
    drawn = glyph(band.name, alone=True)
    assert band.word in drawn
    others = [glyph(other.name, alone=True) for other in BANDS if other is not band]
    shape = re.sub(r"var\([^)]*\)|<desc>.*?</desc>|aria-label=\"[^\"]*\"", "", drawn)
    assert all(shape != re.sub(r"var\([^)]*\)|<desc>.*?</desc>|aria-label=\"[^\"]*\"", "", o) for o in others)


def test_rounded_parts_always_make_the_rounded_total():
    draw = random.Random(7)
    for _ in range(500):
        parts = [draw.uniform(-40, 40) for _ in range(draw.randint(1, 12))]
        for decimals in (0, 1, 2):
            shown = largest_remainder(parts, decimals)
            assert round(math.fsum(shown), 6) == round(math.fsum(parts), decimals) + 0.0
            assert all(abs(s - p) < 10**-decimals + 1e-9 for s, p in zip(shown, parts, strict=True))


def test_printed_waterfall_adds_up_for_any_steps():
    draw = random.Random(3)
    for _ in range(300):
        steps = [Step(f"s{k}", draw.uniform(-9, 9), k % 2 == 0) for k in range(draw.randint(0, 9))]
        start, parts, end = Waterfall("a", draw.uniform(0, 100), steps, "b").shown()
        assert round(start + math.fsum(parts), 6) == round(end, 6)


def test_waterfall_draws_behaviour_solid_and_other_causes_hatched():
    solid = Waterfall("a", 50, [Step("x", -5)], "b").svg()
    hatched = Waterfall("a", 50, [Step("x", -5, behaviour=False)], "b").svg()
    assert 'fill="var(--at-risk)"' in solid
    assert 'fill="var(--at-risk)"' not in hatched
    assert "<path" in hatched
    assert "<path" not in solid


def test_component_bar_length_is_weight_and_fill_is_earned():
    drawn = SingleBar(ComponentBar("a", 50, 25), 100, width=401).svg()
    widths = [float(w) for w in re.findall(r'<rect[^>]* width="([\d.]+)"', drawn)]
    assert widths == [199, 100]
    assert [
        float(w)
        for w in re.findall(
            r'<rect[^>]* width="([\d.]+)"', SingleBar(ComponentBar("a", 100, 100), 100, width=401).svg()
        )
    ] == [399, 400]


def test_printed_component_points_make_the_total():
    bars = ComponentBars([ComponentBar("a", 40, 33.33), ComponentBar("b", 40, 33.33), ComponentBar("c", 20, 13.34)])
    assert round(sum(bars.shown()), 6) == 80.0


def test_a_gap_is_hatched_and_never_joined():
    whole, broken = ScoreHistory(readings(), TODAY).svg(), ScoreHistory(readings(range(10, 13)), TODAY).svg()
    lines = [len(re.findall(r'<path [^>]*stroke="var\(--chart\)"', drawn)) for drawn in (whole, broken)]
    assert lines == [1, 2]
    hatches = [len(re.findall(r'<path [^>]*stroke="var\(--line-3\)"', drawn)) for drawn in (whole, broken)]
    assert hatches == [0, 1]
    lone = Sparkline([1.0, 2.0, None, None, 2.0, 3.0]).svg()
    assert len(re.findall(r'stroke="var\(--chart\)"', lone)) == 2


def test_days_too_far_apart_are_a_gap_too():
    far = [Reading(TODAY - timedelta(days=200), 80.0), Reading(TODAY - timedelta(days=193), 80.0), Reading(TODAY, 40.0)]
    assert "1 gap" in ScoreHistory(far, TODAY).finding()


def test_a_withheld_end_is_not_drawn_as_zero():
    history = ScoreHistory([*readings()[:-1], Reading(TODAY, None, "not_enough_data")], TODAY)
    assert "79.0" in history.finding()
    assert "1 gap" in history.finding()


def test_unknown_band_stands_last_and_hatched():
    bar = BandBar([("not_enough_data", 50.0), ("healthy", 50.0)], width=102)
    drawn = bar.svg()
    assert drawn.index("var(--healthy)") < drawn.index("<path")
    assert [row[0] for row in bar.table().rows] == ["Healthy", "Not enough data"]
    assert float(re.search(r'<rect[^>]* width="([\d.]+)"', drawn)[1]) == 50.0, "2 px between the bands"
    two = BandBar([("healthy", 50.0), ("critical", 50.0)], width=102).svg()
    assert [float(x) for x in re.findall(r'<rect x="([\d.]+)"', two)] == [0.0, 52.0]


def test_band_shares_add_to_one_hundred():
    table = BandBar([("healthy", 1.0), ("neutral", 1.0), ("critical", 1.0)]).table()
    assert sum(int(row[2].rstrip("%")) for row in table.rows) == 100


def test_a_missing_week_is_not_zero():
    series = Series([Point(TODAY, 0.0), Point(TODAY + timedelta(days=7), None)], "s", "users")
    assert [row[1] for row in series.table().rows] == ["unknown", "0"]
    assert "1 without data" in series.finding()


def test_sparklines_share_their_height_so_that_slopes_compare():
    def drop(values):
        path = re.search(r'd="M[\d.]+ ([\d.]+)L[\d.]+ ([\d.]+)"', Sparkline(values).svg())
        return float(path[2]) - float(path[1])

    assert drop([80.0, 70.0]) == pytest.approx(drop([40.0, 30.0]), abs=0.11)
    assert drop([80.0, 70.0]) == pytest.approx(2 * drop([80.0, 75.0]), abs=0.21)


def test_matrix_margins_sum():
    matrix = Matrix(
        ["a", "b"], ["healthy", "critical"], [[Cell(10, 1), Cell(5, 2)], [Cell(1, 3), Cell(2, 4)]], "m", "€"
    )
    rows = matrix.table().rows
    assert rows[0][-1] == "15 (3)"
    assert rows[-1] == ("Total", "11 (4)", "7 (6)", "18 (10)")


def test_renewal_columns_print_their_sum():
    months = [Month(date(2026, m, 1), {"healthy": 333_333.0 * m}) for m in range(1, 13)]
    chart = Renewals(months, "€ M", 1e6)
    assert round(sum(chart.shown()), 6) == round(sum(m.total for m in months) / 1e6, 1)


def test_ticks_are_few_start_at_zero_and_reach_the_top():
    for high in (0.3, 1, 7, 10.1, 99, 1204, 3.3e7):
        found = ticks(high)
        assert found[0] == 0
        assert found[-1] >= high
        assert len(found) <= 5
    for days in (3, 40, 200, 500, 2000):
        assert 1 <= len(month_ticks(TODAY - timedelta(days=days), TODAY)) <= 5


def test_limit_bar_says_unknown_where_the_age_is():
    assert LimitBar(None, 3.0, "never").table().rows[0][1] == "unknown"
    assert "<path" in LimitBar(None, 3.0, "never").svg()


def test_a_sparkline_has_a_true_time_axis():
    scores = [50.0, 60.0, 55.0]

    def places(days):
        path = re.search(r'd="M([^"]+)"', Sparkline(scores, days=days).svg())[1]
        return [float(point.split()[0]) for point in path.split("L")]

    week, part = places([0, 7, 14]), places([0, 7, 9])
    assert week[1] - week[0] == pytest.approx(week[2] - week[1], abs=0.2)
    assert (part[2] - part[1]) / (part[1] - part[0]) == pytest.approx(2 / 7, abs=0.02)
    assert (part[0], part[2]) == (week[0], week[2])


def test_a_matrix_of_large_sums_is_wider_than_one_of_small_ones():
    def made(amount):
        return Matrix(["a", "b"], ["healthy"] * 6, [[Cell(amount, 1)] * 6] * 2, "m", "€")

    def wide(one):
        return float(re.search(r'viewBox="0 0 ([\d.]+)', one.svg())[1])

    assert wide(made(90)) == pytest.approx(530, abs=1)
    column = (wide(made(900_000)) - 118) / 7
    assert column >= len("10,800,000") * 7.5
