"""A29: what comes from others is pinned by its hash, and no page loads anything from elsewhere."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = [path for folder in ("web", "reports", "charts") for path in (ROOT / "src/holdfast" / folder).rglob("*")
         if path.suffix in (".html", ".css", ".js", ".svg")]
OWN_SCRIPTS = {"app.js", "worklist.js"}
"""Written here. A script of somebody else would stand in LOCKED with its hash."""
NAMES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")
"""Names, not addresses."""


def test_every_package_is_pinned_with_its_hashes():
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = re.sub(r"\\\n\s*", " ", (ROOT / name).read_text(encoding="utf-8"))
        lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
        assert lines
        for line in lines:
            assert re.match(r"[A-Za-z0-9._\[\]-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), f"{name}: {line[:80]}"


def test_packages_are_installed_by_their_hashes_only():
    assert "--require-hashes" in (ROOT / "scripts/venv.sh").read_text(encoding="utf-8")


def test_scripts_are_our_own():
    assert {path.name for path in PAGES if path.suffix == ".js"} == OWN_SCRIPTS


def test_pages_and_styles_name_no_other_host():
    assert len(PAGES) > 40
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        for name in NAMES:
            text = text.replace(name, "")
        found = re.search(r"https?:|(?:src|href|action)=[\"']?//|url\(\s*[\"']?(?!data:)\w*//|@import", text)
        assert found is None, f"{path.relative_to(ROOT)}: {found}"


def test_no_template_turns_escaping_off_and_no_module_makes_markup_of_data():
    allowed = {"reports/render.py"}
    for path in (ROOT / "src/holdfast").rglob("*"):
        if path.suffix == ".html":
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\|\s*safe|autoescape|safeseq|\{%\s*filter", text), path.name
        elif path.suffix == ".py" and path.relative_to(ROOT / "src/holdfast").as_posix() not in allowed:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"mark_safe|SafeString|format_html|render_to_string\(.*safe", text), path.name
