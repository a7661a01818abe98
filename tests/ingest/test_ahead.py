"""What is made in another thread comes in order, fails where it failed, and is let go when nobody asks any more."""

from __future__ import annotations

import threading

import pytest

from holdfast.ingest.ahead import Ahead


def test_an_error_comes_after_the_items_before_it():
    def make():
        yield 1
        yield 2
        raise ValueError("the file ends here")

    items = Ahead(make)
    assert [next(items), next(items)] == [1, 2]
    with pytest.raises(ValueError, match="ends here"):
        next(items)


def test_a_maker_that_nobody_asks_any_more_is_closed():
    closed = threading.Event()

    def make():
        try:
            while True:
                yield 1
        finally:
            closed.set()

    items = Ahead(make)
    next(items)
    items.close()
    assert closed.is_set()
    assert not [t for t in threading.enumerate() if t.name == "holdfast-ahead"]
