"""The key that signs cookies: made once for a workspace, so that a restart logs nobody out."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(data: Path) -> str:
    """HOLDFAST_SECRET_KEY where it is set, else the key in the workspace's data, made when first asked for."""
    given = os.environ.get("HOLDFAST_SECRET_KEY")
    if given:
        return given
    file = data / "web.key"
    data.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii")
    with os.fdopen(descriptor, "w", encoding="ascii") as handle:
        handle.write(secrets.token_urlsafe(48))
    return file.read_text(encoding="ascii")
