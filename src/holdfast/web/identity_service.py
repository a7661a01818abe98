"""The OpenID Connect service by which people may log in besides their password, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from holdfast.errors.access import WrongIdentityService

NAMES = ("HOLDFAST_OIDC_URL", "HOLDFAST_OIDC_CLIENT", "HOLDFAST_OIDC_SECRET")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def origin(values: Mapping[str, str]) -> str:
    """Scheme, host and port of the service; empty where there is none.

    >>> origin({"HOLDFAST_OIDC_URL": "https://id.example.com/realms/a"}), origin({})
    ('https://id.example.com', '')
    """
    parts = urlsplit(values.get(NAMES[0], ""))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def providers(values: Mapping[str, str]) -> dict[str, Any]:
    """What the login library is told; WrongIdentityService where it would not be safe, or something is missing."""
    url, client, secret = (values.get(name, "").strip() for name in NAMES)
    if not (url or client or secret):
        return {}
    if not (url and client and secret):
        raise WrongIdentityService(why="its address, client or secret is missing")
    parts = urlsplit(url)
    if parts.username or not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise WrongIdentityService(why="its address must begin with https://, without a name or password in it")
    app = {
        "provider_id": "service", "name": values.get("HOLDFAST_OIDC_NAME", "").strip() or parts.hostname,
        "client_id": client, "secret": secret, "settings": {"server_url": url, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}
