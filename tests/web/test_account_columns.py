"""The columns of the table of accounts: chosen, kept in the address, and a file of exactly what is shown."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import Any

import httpx
import pytest

from holdfast.web.account_columns import COLUMNS, USUAL, chosen_columns

from .server import post
from .test_rights import all_accounts
from .test_saved_views import DELETE, save, views

__all__ = ["all_accounts"]


def heads(page: str) -> list[str]:
    inside = page[page.index("<thead>"):page.index("</thead>")]
    return [re.sub(r"<[^>]+>|[↑↓]", "", cell).strip() for cell in re.findall(r"<th[^>]*>(.*?)</th>", inside, re.DOTALL)]


def ids(page: str) -> list[str]:
    return re.findall(r'<span class="under">(\w+)</span></th>', page)


def file_of(client: httpx.Client, page: str) -> list[dict[str, str]]:
    link = re.search(r'href="(/accounts\.csv[^"]*)"', page)
    assert link is not None
    return list(csv.DictReader(io.StringIO(client.get(unescape(link.group(1))).text)))


def test_the_usual_columns_and_those_that_were_ticked(browsers: Any) -> None:
    client = browsers["operations"]
    assert heads(client.get("/accounts").text) == [
        "Score", "Account", *(COLUMNS[name].words for name in USUAL if name != "score")]
    ticked = client.get("/accounts", params={"column": ["step", "mrr", "password"], "q": "a", "sort": "-mrr"})
    assert ticked.status_code == 302
    assert ticked.headers["location"] == "/accounts?q=a&sort=-mrr&columns=mrr%2Cstep"
    page = client.get(ticked.headers["location"]).text
    assert heads(page) == ["Account", "MRR", "Next step"]
    assert 'value="mrr,step"' in page
    assert heads(client.get("/accounts?columns=nonsense").text)[0] == "Score"
    assert client.get("/accounts", params={"column": list(USUAL)}).headers["location"] == "/accounts"


@pytest.mark.parametrize("asked", ["", "?columns=arr,tenure,missing&sort=-tenure", "?band=healthy&sort=name",
                                   "?columns=score,before,scorecard,industry,country,seats,lifecycle,value_tier"])
def test_the_file_holds_the_rows_and_columns_that_are_shown(browsers: Any, all_accounts: Any, asked: str) -> None:
    client = browsers["operations"]
    page = client.get(f"/accounts{asked}").text
    rows = file_of(client, page)
    assert [row["account_id"] for row in rows] == ids(page)
    names = chosen_columns(asked.partition("columns=")[2].partition("&")[0].split(","))
    written = [field for name in names for field in COLUMNS[name].written]
    assert list(rows[0]) == ["account_id", "name", *dict.fromkeys(written)]
    known = {row["account_id"]: row for row in all_accounts}
    for row in rows:
        for field in {"arr", "tenure_days", "coverage", "score", "industry"} & set(row):
            told = known[row["account_id"]][field]
            assert row[field] == ("" if told is None else str(told))


def test_every_column_can_be_shown_and_sorted(browsers: Any, all_accounts: Any) -> None:
    client = browsers["operations"]
    page = client.get("/accounts?columns=" + ",".join(COLUMNS)).text
    assert len(heads(page)) == len(COLUMNS) + 1
    for name, one in COLUMNS.items():
        if one.field:
            shown = client.get(f"/accounts?sort=-{name}&columns={name}").text
            assert len(ids(shown)) == len(all_accounts), name


def test_a_saved_view_keeps_its_columns(browsers: Any) -> None:
    client = browsers["operations"]
    save(client, "Money", "sort=-arr&columns=arr,mrr,evil")
    assert ("Money", "/accounts?sort=-arr&columns=arr%2Cmrr") in views(client)
    for path in DELETE.findall(client.get("/accounts").text):
        post(client, path, page="/accounts")
