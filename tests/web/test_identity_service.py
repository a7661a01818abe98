"""A20: logging in by an OpenID Connect service, and what a wrong or cheated one is not believed."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest

from holdfast.errors.access import WrongIdentityService
from holdfast.web.identity_service import providers

from .server import PASSWORD, Served, join, log_in, post, served

MAIL = "first@office.example"
KEY = "a key of the service that nobody else knows"


@dataclass
class Service:
    """An identity service whose next answers a test chooses."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    info: dict[str, Any] = field(default_factory=dict)
    sent: list[dict[str, list[str]]] = field(default_factory=list)

    def will_say(self, sub: str, email: str, verified: bool = True, **claims: Any) -> None:
        self.info = {"sub": sub, "email": email, "email_verified": verified}
        self.claims = {"iss": self.address, "aud": "holdfast", "sub": sub, "exp": time.time() + 300,
                       "iat": time.time(), **claims}

    def answer(self, path: str, body: bytes) -> dict[str, Any]:
        if path.endswith("openid-configuration"):
            ends = ("authorization", "token", "userinfo")
            return {"issuer": self.address, "jwks_uri": f"{self.address}/jwks",
                    **{f"{end}_endpoint": f"{self.address}/{end}" for end in ends}}
        if path == "/token":
            self.sent.append(parse_qs(body.decode()))
            return {"access_token": "x", "token_type": "Bearer", "id_token": jwt.encode(self.claims, KEY, "HS256")}
        return self.info


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    found = Service()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"] or 0))
            text = json.dumps(found.answer(self.path, body)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_POST = do_GET  # noqa: N815 the name of the library

        def log_message(self, *words: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    found.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()


@pytest.fixture(scope="module")
def application(small_company: Path, tmp_path_factory: pytest.TempPathFactory, service: Service) -> Iterator[Served]:
    """The small company, served with that service."""
    root = tmp_path_factory.mktemp("identity")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in (("URL", service.address), ("CLIENT", "holdfast"), ("SECRET", "shh"), ("NAME", "Office")):
            patch.setenv(f"HOLDFAST_OIDC_{name}", value)
        with served(Path(shutil.copytree(small_company, root / "company")), root / "log") as found:
            assert join(httpx.Client(timeout=60), found.link, MAIL).status_code == 302
            yield found


def start(application: Served) -> tuple[httpx.Client, str]:
    """A browser on its way back from the service, and the state that it was given."""
    client = httpx.Client(base_url=application.address, timeout=60)
    sent = post(client, "/oidc/service/login/", page="/login/")
    assert sent.status_code == 302, sent.text
    asked = parse_qs(urlsplit(sent.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    return client, asked["state"][0]


def come_back(client: httpx.Client, state: str) -> bool:
    """Whether the browser is logged in after it came back."""
    client.get("/oidc/service/login/callback/", params={"code": "c", "state": state})
    return client.get("/accounts").status_code == 200


def test_who_is_known_gets_in_by_the_service(application: Served, service: Service) -> None:
    service.will_say("subject-1", MAIL)
    page = httpx.get(f"{application.address}/login/")
    assert "Log in with Office" in page.text
    assert f"form-action 'self' {service.address}" in page.headers["content-security-policy"]
    client, state = start(application)
    assert come_back(client, state)
    assert service.sent[-1]["code_verifier"]


@pytest.mark.parametrize(("sub", "mail", "verified"), [
    ("subject-1x", MAIL, True), ("subject-2", "nobody@office.example", True), ("subject-3", MAIL, False),
])
def test_another_subject_an_unknown_or_unverified_mail_does_not(
    application: Served, service: Service, sub: str, mail: str, verified: bool
) -> None:
    service.will_say("subject-1", MAIL)
    assert come_back(*start(application))
    service.will_say(sub, mail, verified)
    assert not come_back(*start(application))


@pytest.mark.parametrize("claims", [
    {"aud": "somebody-else"}, {"iss": "https://elsewhere.example"}, {"exp": 1}, {"sub": "subject-9"},
])
def test_a_token_for_others_of_others_too_old_or_of_another_person_is_refused(
    application: Served, service: Service, claims: dict[str, Any]
) -> None:
    service.will_say("subject-1", MAIL)
    service.claims |= claims
    assert not come_back(*start(application))


def test_a_state_is_of_one_browser_and_good_for_once(application: Served, service: Service) -> None:
    service.will_say("subject-1", MAIL, jti="once")
    client, state = start(application)
    stranger = httpx.Client(base_url=application.address, timeout=60)
    assert not come_back(stranger, state)
    assert not come_back(stranger, "made-up")
    assert come_back(client, state)
    again, other = start(application)
    assert not come_back(again, other), "a token that was used already"
    post(client, "/logout/", page="/factor/")
    assert not come_back(client, state)


def test_the_password_still_works_and_nobody_signs_up(application: Served) -> None:
    assert log_in(application.address, MAIL, PASSWORD).get("/accounts").status_code == 200
    assert httpx.get(f"{application.address}/signup/").status_code in (302, 404)


@pytest.mark.parametrize("values", [
    {"HOLDFAST_OIDC_URL": "https://id.example"},
    {"HOLDFAST_OIDC_URL": "http://id.example", "HOLDFAST_OIDC_CLIENT": "a", "HOLDFAST_OIDC_SECRET": "b"},
    {"HOLDFAST_OIDC_URL": "https://a:b@id.example", "HOLDFAST_OIDC_CLIENT": "a", "HOLDFAST_OIDC_SECRET": "b"},
    {"HOLDFAST_OIDC_URL": "file:///etc/passwd", "HOLDFAST_OIDC_CLIENT": "a", "HOLDFAST_OIDC_SECRET": "b"},
])
def test_a_service_without_https_or_secret_is_no_service(values: dict[str, str]) -> None:
    with pytest.raises(WrongIdentityService):
        providers(values)
