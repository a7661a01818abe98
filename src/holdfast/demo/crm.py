"""The CRM: history of accounts, contacts and deals as CSV with the headers of a sales tool."""

from __future__ import annotations

import numpy as np

from . import names
from .bad_rows import BadRow
from .chance import Array, pick, stream
from .files import Folder, csv_rows
from .people import Contacts, Users, contact_names
from .stories import CODE, Plot
from .timeline import day
from .world import PLANS, World, staff

ACCOUNT_HEADER = (
    "Account ID",
    "Valid From",
    "Account Name",
    "Legal Entity",
    "Parent Account",
    "Created Date",
    "Go-Live",
    "Stage",
    "CSM",
    "CS Manager",
    "Industry",
    "Sub-Industry",
    "Billing Country",
    "Region",
    "Employees",
    "Annual Revenue",
    "Founded",
    "Funding Stage",
    "Growth Stage",
    "Plan Name",
    "Lead Source",
    "Campaign",
    "Website",
    "Strategic?",
    "ICP Fit",
    "Time Zone Note",
)
CONTACT_HEADER = (
    "Contact ID",
    "Account ID",
    "Modified On",
    "Product User",
    "First Name",
    "Last Name",
    "E-Mail",
    "Phone",
    "Profile",
    "Job Title",
    "Seniority",
    "Buying Role",
    "Reports To",
    "Status",
    "First Seen",
    "Left On",
    "Opt-In",
)
DEAL_HEADER = (
    "Opportunity ID",
    "Account ID",
    "Type",
    "Stage",
    "Amount",
    "Currency",
    "Created",
    "Expected Close",
    "Closed",
    "Won",
)
STAGES = {
    "trial": ("Trial", "TRIAL ", "trial"),
    "onboarding": ("Onboarding", "onboarding", "Onboarding "),
    "active": ("Active", "ACTIVE", "Active  ", "active"),
    "churned": ("Churned", "churned", "CHURNED"),
}


def slashed(value: int) -> str:
    """DD/MM/YYYY, as the CRM writes dates; empty for a day that never comes."""
    return "" if value >= Plot.never else f"{day(value):%d/%m/%Y}"


def write_crm(world: World, users: Users, people: Contacts, folder: Folder) -> list[str]:
    """Write accounts, contacts and deals; returns accounts flagged churned while their contract runs."""
    flagged = _accounts(world, folder)
    _contacts(world, users, people, folder)
    _deals(world, folder)
    return flagged


def _accounts(world: World, folder: Folder) -> list[str]:
    rng = stream(world.seed, "crm accounts")
    n, time, plot = world.count, world.time, world.plot
    people = staff(world)
    calm = np.flatnonzero((plot.onset >= Plot.never) & ~world.trial & (world.signup < time.last - 120))
    flagged = calm[:: max(1, len(calm) // 3)][: 3 if n >= 100 else 0]
    history: list[tuple[int, int, str, int]] = []
    for a in range(n):
        history.append((a, int(world.signup[a]), "trial" if world.trial[a] else "onboarding", Plot.never))
        if world.launched[a] < Plot.never:
            history.append((a, int(world.launched[a]), "active", int(world.launched[a])))
        if world.churned[a]:
            history.append((a, min(int(plot.churn[a]) + 2, time.last), "churned", int(world.launched[a])))
    history.extend((int(a), time.last - 20, "churned", int(world.launched[a])) for a in flagged)
    who = np.array([h[0] for h in history])
    facts = _facts(rng, world)
    country = [names.COUNTRIES[c] for c in world.country[who]]
    trade = [names.TRADES[t] for t in world.trade[who]]
    stage = [str(rng.choice(STAGES[h[2]])) for h in history]
    padded = [name + " " * int(k) for name, k in zip(world.name[who], rng.integers(0, 12, len(who)) // 10, strict=True)]
    parent = [world.account_id[p] if p >= 0 else "" for p in world.parent[who]]
    rows = csv_rows(
        (
            world.account_id[who],
            [slashed(h[1]) for h in history],
            padded,
            [f"{name} {c[4 + 1]}" for name, c in zip(world.name[who], country, strict=True)],
            parent,
            [slashed(int(s)) for s in world.signup[who]],
            [slashed(h[3]) for h in history],
            stage,
            [people[o][1] for o in world.owner[who]],
            [f"lead.{int(o) % 3 + 1}@{names.DOMAIN}" for o in world.owner[who]],
            [t[1] for t in trade],
            [t[2] for t in trade],
            [c[0] for c in country],
            [c[1] for c in country],
            facts["employees"][who],
            facts["revenue"][who],
            facts["founded"][who],
            facts["funding"][who],
            facts["growth"][who],
            np.array(PLANS, dtype=object)[world.plan[who]],
            facts["source"][who],
            facts["campaign"][who],
            [f"https://www.{d}" for d in world.domain[who]],
            facts["strategic"][who],
            facts["fit"][who],
            facts["note"][who],
        )
    )
    folder.lines("exports/crm/accounts_history.csv", ",".join(ACCOUNT_HEADER), rows, _bad_accounts(world))
    return [str(world.account_id[a]) for a in flagged]


def _facts(rng: np.random.Generator, world: World) -> dict[str, Array]:
    n = world.count
    return {
        "employees": np.where(rng.random(n) < 0.93, world.employees.astype(object), ""),
        "revenue": np.where(
            rng.random(n) < 0.6, (world.employees * rng.integers(60, 190, n) * 1000).astype(object), ""
        ),
        "founded": np.where(rng.random(n) < 0.8, rng.integers(1950, 2022, n).astype(object), ""),
        "funding": pick(rng, ("", "Seed", "Series A", "Series B", "Series C", "Private", "Listed"), n),
        "growth": pick(rng, ("", "Start-up", "Scale-up", "Mature"), n),
        "source": pick(rng, ("Inbound", "Outbound", "Partner", "Referral", "Event", ""), n),
        "campaign": pick(rng, ("", "", "HR Days", "Spring webinar", "Job fair", "Search"), n),
        "strategic": np.where(
            (world.seats > 30) & (rng.random(n) < 0.5), "Yes", np.where(rng.random(n) < 0.9, "No", "")
        ),
        "fit": pick(rng, ("A", "B", "C", ""), n),
        "note": pick(rng, ("", "", "", "prefers mornings, no Fridays"), n),
    }


def _bad_accounts(world: World) -> list[BadRow]:
    tail = b"," * 18
    return [
        BadRow(
            "impossible date",
            "quarantined",
            "bad_date",
            "created_at",
            b"980001,05/03/2026,Wrong Day Ltd,,,31/02/2026,,Active" + tail,
        ),
        BadRow(
            "missing required",
            "quarantined",
            "missing_required",
            "account_id",
            b",05/03/2026,Nobody & Sons,,,01/03/2026,,Active" + tail,
        ),
        BadRow(
            "unknown enum value",
            "quarantined",
            "not_in_list",
            "lifecycle",
            b"980002,05/03/2026,Zombie Foods,,,01/03/2026,,Undead" + tail,
        ),
        BadRow(
            "bad number",
            "quarantined",
            "bad_number",
            "employee_count",
            b"980003,05/03/2026,Dozen Labs,,,01/03/2026,,Active,,,,,DE,DACH,about twelve" + b"," * 11,
        ),
        BadRow("wrong column count", "quarantined", "bad_row", "", b"980004,05/03/2026,Short Row Media"),
        BadRow(
            "impossible date",
            "quarantined",
            "bad_date",
            "_effective_at",
            b"980005,00/00/0000,Zero Day Works,,,01/03/2026,,Active" + tail,
        ),
    ]


def _contacts(world: World, users: Users, people: Contacts, folder: Folder) -> None:
    rng = stream(world.seed, "crm contacts")
    first, last, email = contact_names(world, people)
    ids, user_ids = people.ids(), users.user_id
    size = len(ids)
    login = [
        user_ids[u] if u >= 0 and keep else "" for u, keep in zip(people.user, rng.random(size) < 0.9, strict=True)
    ]
    level = [v.title() if keep else "" for v, keep in zip(people.level, rng.random(size) < 0.92, strict=True)]
    roles = [
        ";".join(_role(r) for r in v.split("|") if r) if world.has_roles[a] else ""
        for v, a in zip(people.roles, people.account, strict=True)
    ]
    phone = [f"+00 555 {int(n):07d}" if n % 3 else "" for n in rng.integers(1, 9_999_999, size)]
    boss = [_boss(people, i, ids) for i in range(size)]
    consent = pick(rng, ("Yes", "No", ""), size, (0.6, 0.15, 0.25))
    odd = rng.random(size) < 0.01
    email = np.where(odd, np.array([e.replace("@", " at ") for e in email], dtype=object), email)
    made: list[tuple[int, int, str, str]] = []
    for i in range(size):
        made.append((people.since[i], i, "Active", ""))
        if people.left[i] <= world.time.last and people.told[i]:
            heard = min(people.left[i] + 9 + i % 17, world.time.last)
            made.append((heard, i, "Left company", slashed(people.left[i])))
    made = [m for m in made if m[0] <= world.time.last]
    made.sort()
    pick_of = [m[1] for m in made]
    rows = csv_rows(
        (
            [ids[i] for i in pick_of],
            [world.account_id[people.account[i]] for i in pick_of],
            [slashed(m[0]) for m in made],
            [login[i] for i in pick_of],
            [first[i] for i in pick_of],
            [last[i] for i in pick_of],
            [email[i] for i in pick_of],
            [phone[i] for i in pick_of],
            ["" for _ in pick_of],
            [people.title[i] for i in pick_of],
            [level[i] for i in pick_of],
            [roles[i] for i in pick_of],
            [boss[i] for i in pick_of],
            [m[2] for m in made],
            [slashed(people.since[i]) for i in pick_of],
            [m[3] for m in made],
            [consent[i] for i in pick_of],
        )
    )
    folder.lines("exports/crm/contacts.csv", ",".join(CONTACT_HEADER), rows, _bad_contacts(), newline="\r\n")


def _role(role: str) -> str:
    return role.replace("_", " ").title()


def _boss(people: Contacts, index: int, ids: list[str]) -> str:
    mine = people.of(people.account[index])
    if people.part[index] == "champion":
        return next((ids[i] for i in mine if people.part[i] == "sponsor"), "")
    return ids[mine[0]] if people.part[index] in ("user", "technical") else ""


def _bad_contacts() -> list[BadRow]:
    return [
        BadRow(
            "broken encoding",
            "quarantined",
            "bad_encoding",
            "",
            b"C-980001,000001,02/03/2026,,Ren\xe9,Broken,rene@bytes.example,,,,,,,Active,02/03/2026,,Yes",
        ),
        BadRow(
            "unknown account",
            "quarantined",
            "unresolved",
            "account_id",
            b"C-980002,990002,02/03/2026,,Lost,Person,lost@nowhere.example,,,,,,,Active,02/03/2026,,Yes",
        ),
        BadRow(
            "wrong column count",
            "quarantined",
            "bad_row",
            "",
            b"C-980003,000001,02/03/2026,,Extra,Cells,extra@cells.example,,,,,,,Active,02/03/2026,,Yes,x,y",
        ),
        BadRow(
            "unknown enum value",
            "quarantined",
            "not_in_list",
            "level",
            b"C-980004,000001,02/03/2026,,Odd,Level,odd@level.example,,,,Emperor,,,Active,02/03/2026,,Yes",
        ),
        BadRow(
            "impossible date",
            "quarantined",
            "bad_date",
            "since",
            b"C-980005,000001,02/03/2026,,No,Day,no@day.example,,,,,,,Active,32/01/2026,,Yes",
        ),
        BadRow(
            "broken quotes",
            "quarantined",
            "unterminated_quote",
            "",
            b'C-980006,000001,02/03/2026,,"Never,Closed,never@closed.example,,,,,,,Active,02/03/2026,,Yes',
            last=True,
        ),
    ]


def _deals(world: World, folder: Folder) -> None:
    rng = stream(world.seed, "deals")
    rows: list[tuple[str, ...]] = []
    price = np.round(world.seats * world.list_price * 12 * (1 - world.discount / 100))
    for a in np.flatnonzero(~world.trial).tolist():
        ends = int(min(world.plot.churn[a], world.time.last + 75))
        begun = int(world.signup[a])
        for close in range(begun + 365, ends + 1, 365):
            if close >= world.time.first + 20:
                lost = close >= int(world.plot.churn[a]) - 2
                rows.append(_deal(world, a, "Renewal", close, close - 75, float(price[a]), not lost, len(rows)))
        keen = world.plot.story[a] == CODE["growing"]
        for k in range(int(rng.poisson(1.4 if keen else 0.35))):
            close = int(rng.integers(max(begun, world.time.first) + 10, world.time.last + 60)) + k
            if close < ends:
                won = bool(rng.random() < (0.7 if keen else 0.4))
                rows.append(_deal(world, a, "Upsell", close, close - 40, float(price[a]) * 0.2, won, len(rows)))
    bad = [
        BadRow(
            "bad number",
            "quarantined",
            "bad_number",
            "amount",
            b"O-980001,000001,Upsell,Proposal,12.000.50,EUR,01/02/2026,01/05/2026,,",
        ),
        BadRow(
            "unknown enum value",
            "quarantined",
            "not_in_list",
            "kind",
            b"O-980002,000001,Barter,Proposal,100.50,EUR,01/02/2026,01/05/2026,,",
        ),
    ]
    folder.lines("exports/crm/opportunities.csv", ",".join(DEAL_HEADER), csv_rows(tuple(zip(*rows, strict=True))), bad)


def _deal(
    world: World, a: int, kind: str, close: int, opened: int, amount: float, won: bool, index: int
) -> tuple[str, ...]:
    closed = close <= world.time.last
    stage = ("Closed Won" if won else "Closed Lost") if closed else "Proposal"
    return (
        f"O-{index + 30001}",
        str(world.account_id[a]),
        kind,
        stage,
        f"{amount:.2f}",
        str(world.currency[a]),
        slashed(min(opened, world.time.last)),
        slashed(close),
        slashed(close) if closed else "",
        ("TRUE" if won else "FALSE") if closed else "",
    )
