"""Saved views: one a name, own ones to delete, shared ones to find."""

from __future__ import annotations

from typing import Any


def names(user: Any) -> list[tuple[str, str]]:
    from holdfast.state.saved_view import found_by

    return [(view.user.email[:3], view.name) for view in found_by(user)]


def test_a_view_takes_the_place_of_an_own_one_of_its_name(office: Any) -> None:
    from holdfast.state.saved_view import Shared, found_by, save

    save(office.ana, "accounts", "Red", "band=critical", Shared.NOBODY)
    save(office.ana, "accounts", "Red", "band=at_risk", Shared.ALL)
    save(office.ana, "worklist", "Red", "severity=high", Shared.NOBODY)
    assert [(view.page, view.query, view.shared) for view in found_by(office.ana)] == [
        ("accounts", "band=at_risk", "all"), ("worklist", "severity=high", "")]


def test_own_views_come_first_and_of_others_the_shared_ones_of_people_with_a_login(office: Any) -> None:
    from holdfast.state.saved_view import Shared, save

    save(office.max, "accounts", "A secret", "q=a", Shared.NOBODY)
    save(office.max, "accounts", "Big", "q=b", Shared.ALL)
    save(office.ana, "accounts", "Small", "q=c", Shared.NOBODY)
    assert names(office.ana) == [("ana", "Small"), ("max", "Big")]
    type(office.max).objects.filter(pk=office.max.pk).update(is_active=False)
    assert names(office.ana) == [("ana", "Small")]


def test_only_the_own_view_is_deleted_and_there_is_a_most(office: Any) -> None:
    from holdfast.state.saved_view import MOST, Shared, delete, save

    view = save(office.max, "accounts", "Big", "q=b", Shared.ALL)
    assert view is not None
    assert not delete(office.ana, view.pk)
    assert delete(office.max, view.pk)
    assert not delete(office.max, view.pk)
    for number in range(MOST):
        assert save(office.max, "accounts", f"view {number}", "q=b", Shared.NOBODY)
    assert save(office.max, "accounts", "one more", "q=b", Shared.NOBODY) is None
    assert save(office.max, "accounts", "view 3", "q=c", Shared.NOBODY)
