"""Correlations of points: as numpy has them for the rows where both are known, whatever the order of the rows."""

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfast.scoring.correlation import correlations

POINT = st.one_of(st.none(), st.integers(0, 100_000).map(lambda n: n / 1000))
ROWS = st.lists(st.tuples(POINT, POINT, POINT), min_size=3, max_size=300)


def table(rows):
    return pa.table({name: pa.array([r[n] for r in rows], pa.float64()) for n, name in enumerate("abc")})


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_every_pair_is_pearson_over_the_rows_where_both_are_known(rows):
    found = correlations(table(rows))
    for i in range(3):
        for j in range(3):
            both = [(r[i], r[j]) for r in rows if r[i] is not None and r[j] is not None]
            assert found.n[i][j] == len(both)
            x, y = np.array(both).T if both else (np.array([]), np.array([]))
            if len(both) < 3 or len(set(x)) == 1 or len(set(y)) == 1:
                assert found.r[i][j] is None
            else:
                assert abs(found.r[i][j] - np.corrcoef(x, y)[0, 1]) < 1e-9


@settings(max_examples=40, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_digit(rows, luck):
    mixed = list(rows)
    luck.shuffle(mixed)
    assert correlations(table(rows)) == correlations(table(mixed))


def test_pairs_above_are_named_strongest_first():
    steps = np.linspace(0, 100, 50)
    found = correlations(pa.table({"a": steps, "b": 100 - steps, "c": np.where(steps > 50, steps, 0), "d": steps % 7}))
    pairs = found.above(0.8)
    assert [(p["a"], p["b"]) for p in pairs] == [("b", "a"), ("c", "a"), ("c", "b")]
    assert pairs[0]["r"] == -1.0
    assert pairs[0]["n"] == 50
