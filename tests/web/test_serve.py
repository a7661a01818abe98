"""A30: others than this machine are served through HTTPS only."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from holdfast.errors.access import NoHttps
from holdfast.web.serve import refuse_without_https


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "[::]", "192.0.2.7", "holdfast.example.com", "", "0"])
def test_a_public_address_needs_https(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.delenv("HOLDFAST_HTTPS", raising=False)
    with pytest.raises(NoHttps):
        refuse_without_https(host)
    monkeypatch.setenv("HOLDFAST_HTTPS", "1")
    refuse_without_https(host)


def test_the_command_says_so_and_makes_nothing(tmp_path: Path) -> None:
    values = {name: value for name, value in os.environ.items() if name != "HOLDFAST_HTTPS"}
    done = subprocess.run(
        [sys.executable, "-m", "holdfast", "serve", "--host", "0.0.0.0", "-w", str(tmp_path)],
        capture_output=True, text=True, check=False, env=values)
    assert done.returncode == 1
    assert "unencrypted" in done.stderr
    assert "HOLDFAST_HTTPS=1" in done.stderr
    assert not list(tmp_path.iterdir())


def test_every_workspace_has_a_key_of_its_own_and_never_shows_its_inside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from holdfast.web.secret import secret_key

    monkeypatch.delenv("HOLDFAST_SECRET_KEY", raising=False)
    first, second = secret_key(tmp_path / "a"), secret_key(tmp_path / "b")
    assert first != second
    assert len(first) > 50
    assert secret_key(tmp_path / "a") == first
    assert (tmp_path / "a" / "web.key").stat().st_mode & 0o077 == 0
    settings = (Path(__file__).parents[2] / "src/holdfast/web/settings.py").read_text(encoding="utf-8")
    assert "DEBUG = False" in settings
    assert "DEBUG" not in settings.replace("DEBUG = False", "")
