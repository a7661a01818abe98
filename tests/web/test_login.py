"""Getting in and being thrown out."""

from __future__ import annotations

import httpx

from .server import PASSWORD, TOKEN, Served, from_machine, invited, join, log_in, post


def newcomer(application: Served, mail: str, role: str = "csm") -> str:
    link = invited(application.folder, role, mail, application.address)
    assert join(httpx.Client(timeout=60), link, mail).status_code == 302
    return link


def test_a_link_works_once(application: Served, people: dict[str, str]) -> None:
    link = newcomer(application, "once@office.example")
    again = httpx.get(link)
    assert again.status_code == 410
    assert "cannot be used" in again.text
    assert httpx.get(application.link).status_code == 410


def test_a_link_that_names_somebody_is_for_that_person(application: Served) -> None:
    link = invited(application.folder, "csm", "named@office.example", application.address)
    assert join(httpx.Client(timeout=60), link, "other@office.example").status_code == 302
    assert log_in(application.address, "named@office.example").get("/accounts").status_code == 200


def test_a_weak_password_is_refused(application: Served) -> None:
    link = invited(application.folder, "csm", "weak@office.example", application.address)
    for password in ("short", "password1234", "weak@office.example"):
        answer = join(httpx.Client(timeout=60), link, "weak@office.example", password)
        assert answer.status_code == 200
        assert "errorlist" in answer.text


def test_wrong_passwords_are_slowed_down_and_tell_nothing(application: Served, people: dict[str, str]) -> None:
    client = from_machine(application.address, "127.0.3.5")
    unknown = post(client, "/login/", login="nobody@office.example", password="x" * 12)
    wrong = post(client, "/login/", login=people["data"], password="x" * 12)
    assert TOKEN.sub("", unknown.text).replace("nobody@office.example", people["data"]) == TOKEN.sub("", wrong.text)
    newcomer(application, "slow@office.example")
    for _ in range(6):
        last = post(client, "/login/", login="slow@office.example", password="y" * 12)
    assert "Too many" in last.text
    assert "Too many" in post(client, "/login/", login="slow@office.example", password=PASSWORD).text


def test_switching_somebody_off_ends_every_session(application: Served, browsers: dict[str, httpx.Client]) -> None:
    newcomer(application, "leaver@office.example")
    leaver = log_in(application.address, "leaver@office.example")
    assert leaver.get("/accounts").status_code == 200
    page = browsers["administrator"].get("/people").text
    place = page.index("leaver@office.example")
    action = page[page.index('action="/people/', place):].split('"')[1]
    assert post(browsers["administrator"], action, page="/people", role="csm", active="no").status_code == 302
    assert leaver.get("/accounts").status_code == 302
    refused = post(httpx.Client(base_url=application.address), "/login/", login="leaver@office.example",
                   password=PASSWORD)
    assert "/accounts" not in refused.headers.get("location", "")


def test_a_form_without_its_token_is_refused(browsers: dict[str, httpx.Client]) -> None:
    answer = browsers["administrator"].post("/people/invite", data={"email": "a@b.example", "role": "csm"})
    assert answer.status_code == 403


def test_the_theme_leads_to_no_other_host(browsers: dict[str, httpx.Client]) -> None:
    answer = post(browsers["data"], "/theme", page="/accounts", theme="dark", back="https://elsewhere.example/")
    assert answer.headers["location"] == "/"


def test_every_answer_has_the_headers(application: Served, browsers: dict[str, httpx.Client]) -> None:
    for path in ("/login/", "/health", "/accounts", "/portfolio", "/data", "/accounts.csv", "/nowhere"):
        headers = browsers["administrator"].get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers
