"""Billing: contract versions, contracts and invoices from a German tool (semicolon, decimal comma, Windows-1252)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .bad_rows import BadRow
from .chance import stream
from .files import Folder, csv_rows
from .stories import CODE, Plot
from .timeline import day
from .world import PLANS, World

SUBSCRIPTION_HEADER = (
    "Abo-Nr",
    "Kundennummer",
    "Gültig ab",
    "Produkt",
    "Tarif",
    "Beginn",
    "Ende",
    "Monatsbetrag",
    "Listenpreis",
    "Währung",
    "Plätze",
    "Status",
)
CONTRACT_HEADER = (
    "contract_ref",
    "subscription",
    "customer",
    "signed",
    "term_start",
    "renewal_date",
    "notice_period_days",
    "term_months",
    "auto_renewal",
)
INVOICE_HEADER = (
    "Rechnungsnummer",
    "Kundennummer",
    "Rechnungsdatum",
    "Fällig",
    "Bezahlt am",
    "Betrag",
    "Währung",
    "Status",
)


@dataclass(frozen=True)
class Version:
    """A subscription from one day on."""

    account: int
    day: int
    mrr: float
    list_mrr: float
    seats: int
    status: str
    ends: int
    change: str
    """first, price, growth, contraction, notice or end"""


def dotted(value: int) -> str:
    """DD.MM.YYYY, empty for a day that never comes."""
    return "" if value >= Plot.never else f"{day(value):%d.%m.%Y}"


def money(value: float) -> str:
    """Two decimals with a comma and dots between thousands.

    >>> money(12345.5)
    '12.345,50'
    """
    return f"{value:,.2f}".translate(str.maketrans(",.", ".,"))


def versions(world: World) -> list[Version]:
    """Every version of every subscription, by account and day."""
    rng = stream(world.seed, "versions")
    made: list[Version] = []
    for a in range(world.count):
        made.extend(_life(rng, world, a))
    return made


def _life(rng: np.random.Generator, world: World, a: int) -> list[Version]:
    plot, last = world.plot, world.time.last
    code, strength = int(plot.story[a]), float(plot.strength[a])
    growing = code == CODE["growing"]
    seats = max(2, round(float(world.seats[a]) * (0.75 if growing else 1.0)))
    price = float(world.list_price[a]) * (1 - float(world.discount[a]) / 100)
    begun, churn = int(world.signup[a]), int(plot.churn[a])
    steps: list[tuple[int, str]] = [(begun, "first")]
    steps += [
        (d, "growth") for d in range(begun + 365, min(churn, last), 365) if rng.random() < (0.8 if growing else 0.12)
    ]
    if code == CODE["price_shock"]:
        steps.append((int(plot.onset[a]), "price"))
    if code in (CODE["price_shock"], CODE["slow_decline"]) and rng.random() < 0.3:
        steps.append(((int(plot.onset[a]) + churn) // 2, "contraction"))
    noticed = churn - int(rng.integers(5, 41))
    if churn <= last:
        steps += [(noticed, "notice"), (churn + 1, "end")]
    made: list[Version] = []
    ends, status = Plot.never, "trial" if world.trial[a] else "active"
    for when, change in sorted(steps):
        if when > last or (change == "contraction" and when >= noticed):
            continue
        if change == "growth":
            seats = max(seats + 1, round(seats * (1.15 if growing else 1.05)))
        elif change == "price":
            price *= 1.12 + 0.35 * strength
        elif change == "contraction":
            seats = max(2, round(seats * 0.75))
        elif change == "notice":
            ends = churn
        elif change == "end":
            status = "ended"
        listed = seats * float(world.list_price[a])
        made.append(
            Version(a, when, 0.0 if status == "trial" else round(seats * price, 2), listed, seats, status, ends, change)
        )
    return made


def write_billing(world: World, history: list[Version], folder: Folder) -> None:
    """Write subscriptions, contracts and invoices."""
    ids = world.account_id
    status = {"active": "aktiv", "trial": "Test", "ended": "beendet"}
    rows = csv_rows(
        (
            [f"ABO-{ids[v.account]}" for v in history],
            [ids[v.account] for v in history],
            [dotted(v.day) for v in history],
            ["Quillhire Recruit" for _ in history],
            [PLANS[world.plan[v.account]] for v in history],
            [dotted(int(world.signup[v.account])) for v in history],
            [dotted(v.ends) for v in history],
            [money(v.mrr) for v in history],
            [money(v.list_mrr) for v in history],
            [world.currency[v.account] for v in history],
            [v.seats for v in history],
            [status[v.status] for v in history],
        ),
        ";",
    )
    bad = [
        BadRow(
            "negative amount",
            "kept",
            "",
            "mrr",
            b"ABO-980001;000001;01.03.2026;Gutschrift;Starter;01.03.2026;31.03.2026;-50,00;0,00;EUR;1;beendet",
        ),
        BadRow(
            "bad number",
            "quarantined",
            "bad_number",
            "mrr",
            b"ABO-980002;000001;01.03.2026;Quillhire Recruit;Starter;01.03.2026;31.03.2026;12,34,56;0,00;EUR;1;aktiv",
        ),
        BadRow(
            "unknown enum value",
            "quarantined",
            "not_in_list",
            "status",
            b"ABO-980003;000001;01.03.2026;Quillhire Recruit;Starter;01.03.2026;31.03.2026;10,00;0,00;EUR;1;halb",
        ),
        BadRow(
            "impossible date",
            "quarantined",
            "bad_date",
            "starts_on",
            b"ABO-980004;000001;01.03.2026;Quillhire Recruit;Starter;30.02.2026;31.03.2026;10,00;0,00;EUR;1;aktiv",
        ),
    ]
    folder.lines("exports/billing/abonnements.csv", ";".join(SUBSCRIPTION_HEADER), rows, bad, "cp1252", "\r\n")
    _contracts(world, folder)
    _invoices(world, history, folder)


def _contracts(world: World, folder: Folder) -> None:
    rng = stream(world.seed, "contracts")
    rows: list[tuple[str, ...]] = []
    silent = rng.random(world.count) < 0.04
    automatic = rng.random(world.count) < 0.8
    for a in np.flatnonzero(~world.trial & ~silent):
        term = round(int(world.term[a]) * 365 / 12)
        begun = int(world.signup[a])
        skip = max(0, (world.time.first - begun) // term)
        for start in range(begun + skip * term, int(world.ends[a]), term):
            rows.append(
                (
                    f"V-{world.account_id[a]}-{(start - begun) // term + 1}",
                    f"ABO-{world.account_id[a]}",
                    str(world.account_id[a]),
                    str(day(begun)),
                    str(day(start)),
                    str(day(start + term)),
                    str(world.notice[a]) if world.notice[a] != 60 else "60 days",
                    str(world.term[a]),
                    "y" if automatic[a] else "n",
                )
            )
    folder.lines("exports/contracts/contracts.csv", ",".join(CONTRACT_HEADER), csv_rows(tuple(zip(*rows, strict=True))))


def _invoices(world: World, history: list[Version], folder: Folder) -> None:
    rng = stream(world.seed, "invoices")
    first: dict[int, list[Version]] = {}
    for version in history:
        first.setdefault(version.account, []).append(version)
    rows: list[tuple[str, ...]] = []
    for a, mine in first.items():
        if world.trial[a]:
            continue
        months = 1 if world.term[a] == 1 else 3
        step = int(months * 30.4375)
        begun = int(world.signup[a])
        skip = max(0, (world.time.first - begun) // step)
        careless = rng.random() < 0.08
        for issued in range(begun + skip * step, int(world.ends[a]) + 1, step):
            now = [v for v in mine if v.day <= issued][-1]
            shocked = int(world.plot.story[a]) == CODE["price_shock"] and issued >= int(world.plot.onset[a])
            hurt = shocked and bool(world.plot.traced[a])
            rows.append(_invoice(rng, world, a, issued, now.mrr * months, hurt, careless, len(rows)))
    bad = [
        BadRow(
            "negative amount",
            "kept",
            "",
            "amount",
            b"R-980001;000001;01.03.2026;31.03.2026;01.03.2026;-120,00;EUR;erstattet",
        ),
        BadRow(
            "bad number",
            "quarantined",
            "bad_number",
            "amount",
            b"R-980002;000001;01.03.2026;31.03.2026;;zw\xf6lf;EUR;offen",
        ),
        BadRow(
            "impossible date",
            "quarantined",
            "bad_date",
            "issued_on",
            b"R-980003;000001;31.04.2026;31.05.2026;;10,00;EUR;offen",
        ),
        BadRow(
            "unknown account",
            "quarantined",
            "unresolved",
            "account_id",
            b"R-980004;990003;01.03.2026;31.03.2026;;10,00;EUR;offen",
        ),
        BadRow(
            "missing required",
            "quarantined",
            "missing_required",
            "issued_on",
            b"R-980005;000001;;31.03.2026;;10,00;EUR;offen",
        ),
        BadRow("wrong column count", "quarantined", "bad_row", "", b"R-980006;000001;01.03.2026"),
    ]
    folder.lines(
        "exports/billing/rechnungen.csv",
        ";".join(INVOICE_HEADER),
        csv_rows(tuple(zip(*rows, strict=True)), ";"),
        bad,
        "cp1252",
        "\r\n",
    )


def _invoice(
    rng: np.random.Generator, world: World, a: int, issued: int, amount: float, hurt: bool, careless: bool, index: int
) -> tuple[str, ...]:
    luck = rng.random()
    wait = int(rng.normal(52 if hurt or careless else 21, 7))
    state, paid = "bezahlt", issued + max(wait, 1)
    if hurt and luck < 0.3:
        state, paid = "offen", Plot.never
    elif luck < 0.012:
        state, paid = "fehlgeschlagen", issued + 14
    elif luck < 0.016:
        state, paid = "storniert", issued + 5
    elif luck < 0.02:
        state, paid = "erstattet", issued + 40
    if paid > world.time.last:
        state, paid = "offen", Plot.never
    return (
        f"R-{issued}-{index + 1}",
        str(world.account_id[a]),
        dotted(issued),
        dotted(issued + 30),
        dotted(paid),
        money(amount),
        str(world.currency[a]),
        state,
    )
