"""What people do in the product, and how often at which account."""

from __future__ import annotations

import numpy as np

from .chance import Array, stream
from .stories import CODE
from .world import World

ACTIONS = (
    # event name, feature, weight, class (0 core, 1 expansion, 2 advanced, 3 other)
    ("application_reviewed", "candidate_inbox", 30, 0),
    ("candidate_messaged", "candidate_inbox", 14, 0),
    ("job_published", "job_posting", 6, 0),
    ("interview_scheduled", "interview_scheduling", 9, 0),
    ("scorecard_submitted", "scorecards", 8, 0),
    ("offer_sent", "offer_letters", 3, 0),
    ("career_site_edited", "career_site", 3, 1),
    ("referral_shared", "referral_portal", 3, 1),
    ("agency_invited", "agency_portal", 2, 1),
    ("automation_created", "automation_rules", 3, 2),
    ("report_built", "report_builder", 4, 2),
    ("candidate_sourced", "sourcing_search", 5, 2),
    ("team_invited", "team_settings", 1, 3),
    ("data_export", "data_export", 1, 3),
)
SLOTS = 128
NAMES = np.array([a[0] for a in ACTIONS] + ["login"], dtype=object)
FEATURES = np.array([a[1] for a in ACTIONS] + ["sign_in"], dtype=object)
LOGIN = len(ACTIONS)


def action_table(world: World, later: bool) -> Array:
    """Accounts x slots: the action to take at a random slot. ``later`` is after the onset of the story."""
    rng = stream(world.seed, "actions")
    weight = np.array([a[2] for a in ACTIONS], dtype=float)
    kind = np.array([a[3] for a in ACTIONS])
    spread = rng.gamma(4.0, 0.25, (world.count, len(ACTIONS)))
    likely = np.array([[0.96, 0.45, 0.22, 1.0], [0.98, 0.65, 0.40, 1.0], [0.99, 0.85, 0.65, 1.0]])
    adopted = rng.random((world.count, len(ACTIONS))) < likely[world.plan][:, kind]
    adopted[:, 0] = True
    lost = world.plot.named("failed_onboarding") & world.plot.traced
    adopted[lost, 3:11] = False
    mass = weight * spread * adopted
    if later:
        exports = NAMES[:LOGIN] == "data_export"
        leaving = np.isin(world.plot.story, [CODE["polite_exit"], CODE["slow_decline"]])
        mass[np.ix_(leaving, exports)] *= 9
        shrink = world.plot.named("slow_decline", "price_shock")
        mass[np.ix_(shrink, kind == 2)] *= 0.2
    edges = np.cumsum(mass, axis=1)
    edges /= edges[:, -1:]
    slots = (np.arange(SLOTS) + 0.5) / SLOTS
    table: Array = np.sum(slots[None, :, None] > edges[:, None, :], axis=2).astype(np.int8)
    return table
