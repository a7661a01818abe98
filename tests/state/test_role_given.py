"""Roles that somebody here has set: the newest of a person holds, all are kept."""

from __future__ import annotations

from typing import Any

import pytest

from holdfast.errors.state import HistoryIsAppendOnly


def test_the_newest_setting_of_a_person_holds_and_the_same_again_is_none(office: Any) -> None:
    from holdfast.state.role_given import give, roles_given

    assert give("a", "7", None, office.ana) is None
    assert give("a", "7", ["champion"], office.ana) is not None
    assert give("a", "7", ["champion"], office.max) is None
    assert give("a", "8", [], office.max) is not None
    assert give("b", "7", ["sponsor"], office.max) is not None
    assert give("a", "7", None, office.max) is not None
    assert [(one.contact, one.roles, one.author.email) for one in roles_given("a")] == [
        ("7", None, "max@x.test"), ("8", [], "max@x.test"), ("7", ["champion"], "ana@x.test")]


def test_a_setting_is_never_changed_nor_removed(office: Any) -> None:
    from holdfast.state.role_given import give

    one = give("a", "7", ["champion"], office.ana)
    assert one is not None
    one.roles = []
    for act in (one.save, one.delete):
        with pytest.raises(HistoryIsAppendOnly):
            act()
