"""``extends``: deep merge, null removes, and the difference is shown."""

from __future__ import annotations

from tests.definitions.workspace import base_files, with_card

from holdfast.definitions.extends_diff import extends_diff
from holdfast.definitions.load import load_files

CARD = """scorecard: large
version: 4
extends: health
reason: large ones
reviewed: 2026-11-01
applies: {priority: 20, when: segment = 'large'}
components:
  use:
    weight: 45
    metrics:
      visits: {weight: 45, score: {thresholds: {0: 0, 5: 100}}}
      visits_change: null
  support:
    weight: 30
    metrics:
      complaints: {weight: 30}
limits: []
"""


def test_parts_that_are_not_named_come_from_the_base():
    definitions = load_files(with_card("large", CARD))
    card, base = definitions.scorecards["large"], definitions.scorecards["health"]
    assert list(card.components) == ["use", "support", "mood"]
    assert list(card.components["use"].metrics) == ["visits"]
    assert card.components["use"].metrics["visits"].max_age == "14d"
    assert card.components["use"].metrics["visits"].score.kind == "thresholds"
    complaints = base.components["support"].metrics["complaints"]
    assert card.components["support"].metrics["complaints"].score == complaints.score
    assert card.components["mood"] == base.components["mood"]
    assert (card.version, card.extends, card.limits, card.bands) == (4, "health", (), base.bands)


def test_each_part_stands_where_it_was_written():
    card = load_files(with_card("large", CARD)).scorecards["large"]
    assert str(card.at("components", "use", "weight")) == "scorecards/large.yml:9:13"
    assert card.at("components", "mood", "weight").file == "scorecards/health.yml"
    assert card.components["use"].metrics["visits"].at("weight").line == 11


def test_the_difference_is_complete_and_in_words():
    definitions = load_files(with_card("large", CARD))
    changes = {str(change) for change in extends_diff(definitions, definitions.scorecards["large"])}
    assert changes == {
        "applies.priority: 0 -> 20",
        "applies.when: added, segment = 'large'",
        "components.use.weight: 40 -> 45",
        "components.use.metrics.visits.weight: 25 -> 45",
        "components.use.metrics.visits.score: {linear: {from: 0, to: 20}} -> {thresholds: {0: 0, 5: 100}}",
        "components.use.metrics.visits_change.weight: removed, was 15",
        "components.use.metrics.visits_change.score: removed, was {thresholds: {-1: 0, -0.25: 50, 0: 80, 0.2: 100}}",
        "components.support.weight: 35 -> 30",
        "components.support.metrics.complaints.weight: 35 -> 30",
        "limits: removed, was {when: mood < 3 and tenure_days > 30, why: they are angry, cap: 49, expires: 90d}",
    }


def test_a_scorecard_without_a_base_has_no_difference():
    definitions = load_files(base_files())
    assert extends_diff(definitions, definitions.scorecards["health"]) == ()


def test_a_chain_is_followed_to_its_end():
    second = "scorecard: second\nextends: young\nversion: 1\nreason: x\nreviewed: 2026-11-01\napplies: {priority: 30}\n"
    card = load_files(with_card("second", second)).scorecards["second"]
    assert list(card.components) == ["use", "support", "mood"]
    assert card.applies.when is None


def test_a_file_may_extend_the_built_in_of_its_own_name():
    own = "scorecard: new_customer\nextends: new_customer\nversion: 7\nreviewed: 2026-11-01\nreason: x\nlabel: Ours\n"
    definitions = load_files(with_card("new_customer", own))
    assert definitions.scorecards["new_customer"].label == "Ours"
    assert definitions.library["new_customer"].label != "Ours"
    assert definitions.scorecards["new_customer"].components == definitions.library["new_customer"].components


def test_built_in_scorecards_are_active_only_where_named():
    plain = load_files(base_files())
    assert set(plain.scorecards) == {"health", "young"}
    listed = load_files({**base_files(), "holdfast.yml": base_files()["holdfast.yml"] + "scorecards: [tier]\n"})
    assert set(listed.scorecards) == {"health", "young", "tier"}
    assert set(plain.library) >= {"balanced", "new_customer", "tier"}


def test_a_file_may_take_the_name_of_the_scorecard_that_its_base_extends():
    card = "scorecard: value\nversion: 2\nreason: ours\nreviewed: 2026-11-01\nextends: value_recruiting\n"
    definitions = load_files(with_card("value", card))
    own, base = definitions.scorecards["value"], definitions.library["value_recruiting"]
    assert base.extends == "value"
    assert (own.version, own.extends, own.dial) == (2, "value_recruiting", "value")
    assert list(own.components) == list(base.components)
