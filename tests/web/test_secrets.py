"""A18 and A24: secrets and personal data stand nowhere but where they belong."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from holdfast.web.rights import rights_of
from holdfast.web.routes import ROUTES

from .conftest import IN_POSTGRESQL
from .server import PASSWORD, Served, invited, join, log_in, post
from .test_rights import ROLES, every_account, example


def personal_values(folder: Path) -> set[str]:
    """Names, e-mails and telephone numbers of customers' people, and first lines of what they wrote."""
    found = set()
    with open(folder / "exports/crm/contacts.csv", encoding="utf-8", errors="replace") as file:
        for row in csv.DictReader(file):
            found |= {row["E-Mail"], row["Phone"], f"{row['First Name']} {row['Last Name']}"}
    for line in (folder / "exports/support/tickets.jsonl").read_text(encoding="utf-8").splitlines():
        found |= {part for part in json.loads(line)["description"].split("\n") if len(part) > 30}
    with open(folder / "exports/calls/call_notes.csv", encoding="utf-8", errors="replace") as file:
        found |= {row["notes"] for row in csv.DictReader(file)}
    return {value.strip() for value in found if value and len(value.strip()) > 5}


def planted(text: str, values: set[str]) -> list[str]:
    plain = text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")
    return sorted(value for value in values if value in plain)


@pytest.mark.parametrize("role", [role for role in ROLES if not rights_of(role).personal])
def test_no_page_tells_a_role_without_personal_data_of_the_customer_s_people(
    application: Served, browsers: Any, role: str
) -> None:
    values, client = personal_values(application.folder), browsers[role]
    assert len(values) > 100
    listed = every_account(application.folder)
    pages = [example(route, row["account_id"]) for route in ROUTES for row in listed[:3] if route.name != "welcome"]
    pages += [f"/accounts/{row['account_id']}" for row in listed]
    for row in listed[:2]:
        page = client.get(f"/accounts/{row['account_id']}").text
        pages += sorted(set(re.findall(rf'href="(/accounts/{row["account_id"]}/rows/\w+)', page)))
    some = sorted(values)[::40]
    pages += [f"{path}?q={value}" for path in ("/jump", "/accounts", "/accounts.csv") for value in some]
    for path in dict.fromkeys(pages):
        answer = client.get(path)
        asked = path.partition("?q=")[2]
        assert [one for one in planted(answer.text, values) if one != asked] == [], path


def test_who_may_see_them_does(application: Served, browsers: Any) -> None:
    values = personal_values(application.folder)
    listed = every_account(application.folder)
    assert any(planted(browsers["operations"].get(f"/accounts/{row['account_id']}").text, values) for row in listed)


def test_every_download_of_rows_stands_in_the_audit_log(browsers: Any) -> None:
    for path, about in (("/accounts.csv", "accounts"), ("/data/quarantine.csv", "quarantine")):
        browsers["operations"].get(path)
        page = browsers["administrator"].get("/audit").text
        rows = re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
        assert any("downloaded" in row and about in row and "operations@office.example" in row for row in rows), path


def test_no_secret_is_in_the_log_an_answer_an_error_or_a_backup(
    application: Served, browsers: Any, tmp_path: Path
) -> None:
    mail = "canary@office.example"
    link = invited(application.folder, "csm", mail, application.address)
    secret = link.rsplit("/", 1)[1]
    stranger = httpx.Client(base_url=application.address, timeout=60)
    for sent in (
        stranger.get(link), stranger.put(link), stranger.post(link, data={"password": "canary-password-1"}),
        post(stranger, "/login/", login=mail, password="canary-password-2"),
        stranger.get("/nowhere", headers={"Referer": link}), stranger.get(f"{link}/more"),
    ):
        assert "canary-password" not in sent.text
        assert secret not in sent.headers.get("location", "")
        assert sent.headers["referrer-policy"] == "same-origin"
    assert join(httpx.Client(timeout=60), link, mail).status_code == 302
    client = log_in(application.address, mail)
    session = client.cookies.get("holdfast")
    assert session
    for path in ("/accounts/%00", "/audit", f"/accounts?q={PASSWORD}"):
        client.get(path)
    key = (application.folder / ".holdfast" / "web.key").read_text(encoding="ascii")
    told = (application.folder.parent / "log").read_text(encoding="utf-8")
    told += browsers["administrator"].get("/audit").text + browsers["administrator"].get("/people").text
    for name in (secret, session, key, PASSWORD, "canary-password-1", "canary-password-2"):
        assert name not in told
    if not os.environ.get(IN_POSTGRESQL):  # whose state PostgreSQL's own tools back up
        nothing_in_a_backup(application.folder, tmp_path, (secret, session, key, PASSWORD))


def nothing_in_a_backup(folder: Path, into: Path, secrets: tuple[str, ...]) -> None:
    kept = into / "kept.tar"
    done = subprocess.run(
        [sys.executable, "-m", "holdfast", "backup", str(kept), "-w", str(folder)],
        capture_output=True, text=True, check=True)
    with tarfile.open(kept) as saved:
        listing = "\n".join(saved.getnames())
        manifest = saved.extractfile("manifest.json")
        assert manifest is not None
        listing += manifest.read().decode()
    for name in secrets:
        assert name not in done.stdout + done.stderr + listing
    assert kept.stat().st_mode & 0o077 == 0


def test_an_error_says_nothing_of_the_inside(browsers: Any) -> None:
    for path in ("/accounts/%00", "/accounts/x?as_of=%00", "/accounts/x/rows/y?as_of=9999-99-99", "/worklist?page=%ff",
                 "/views/99999999999999999999/delete", "/people/99999999999999999999"):
        answer = browsers["administrator"].get(path)
        assert answer.status_code < 500, path
        for word in ("Traceback", "site-packages", "SELECT ", "django", "/tmp/"):
            assert word not in answer.text, path
