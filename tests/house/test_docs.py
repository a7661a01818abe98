"""The documents say what the code does: nothing is missing, no page is old, no link or command leads nowhere."""

from __future__ import annotations

import re
import runpy
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from holdfast.cli.app import app
from holdfast.definitions.catalogue import FINDINGS
from holdfast.definitions.expression import Expression
from holdfast.definitions.expression_parser import CAST_TYPES, FUNCTIONS, NODES
from holdfast.definitions.expression_words import FORMS
from holdfast.definitions.load import builtin
from holdfast.definitions.model import Definition
from holdfast.errors.lake import EngineCannot
from holdfast.ingest.reason import REASONS
from holdfast.lake.capabilities import CAPABILITIES, ENGINES, require
from holdfast.records import READABLE

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")])
GUIDES = [p for p in PAGES if "reference" not in p.parts]
COMMAND = re.compile(r"^\s+(?:\$ )?(?:\.venv/bin/)?(holdfast .*)$")


def reference(name: str) -> str:
    return (DOCS / "reference" / name).read_text(encoding="utf-8")


def commands(group: Any = None, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that call it."""
    for name, command in (group or typer.main.get_command(app)).commands.items():
        yield (*words, name), command
        if hasattr(command, "commands"):
            yield from commands(command, (*words, name))


def sections(text: str) -> dict[str, str]:
    """Heading -> what stands under it."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_the_reference_is_what_the_code_says():
    pages: dict[str, str] = runpy.run_path(str(ROOT / "scripts" / "reference.py"))["pages"]()
    old = [n for n, text in pages.items() if not (DOCS / "reference" / n).is_file() or reference(n) != text]
    assert not old, f"run `make docs`: {', '.join(old)}"
    surplus = {p.name for p in (DOCS / "reference").iterdir()} - set(pages)
    assert not surplus, f"nothing makes {surplus}"


def test_every_command_and_option_is_documented():
    found = sections(reference("commands.md"))
    for words, command in commands():
        if hasattr(command, "commands") and not command.invoke_without_command:
            continue
        section = found[f"holdfast {' '.join(words)}"]
        assert command.help
        for parameter in command.params:
            for option in [*parameter.opts, *parameter.secondary_opts] if parameter.opts[0].startswith("-") else []:
                assert option in section, (words, option)


def test_every_metric_scorecard_finding_reason_and_column_is_documented():
    definitions = builtin()
    for page, names in {
        "metrics.md": [f"| `{n}` |" for n in definitions.metrics],
        "scorecards.md": [f"## {n}\n" for n in definitions.library],
        "signals.md": [f"| `{n}` |" for n in definitions.signals],
        "playbooks.md": [f"## {n}\n" for n in definitions.playbooks],
        "findings.md": [f"| `{n}` |" for n in FINDINGS],
        "quarantine.md": [f"| `{n}` |" for n in REASONS],
    }.items():
        assert names
        missing = [n for n in names if n not in reference(page)]
        assert not missing, (page, missing)
    found = sections(reference("records.md"))
    for record in READABLE.values():
        missing = [c.name for c in record.columns if f"| `{c.name}` |" not in found[record.name]]
        assert not missing, (record.name, missing)


def models(root: type[Definition] = Definition) -> Iterator[type[Definition]]:
    for model in root.__subclasses__():
        yield model
        yield from models(model)


def test_every_key_of_a_definition_file_is_documented():
    found = sections(reference("settings.md"))
    for model in models():
        if not model.__module__.startswith("holdfast."):
            continue
        for name, field in model.model_fields.items():
            if name != "place":
                assert f"| `{field.alias or name}` |" in found.get(model.__name__, ""), (model.__name__, name)


def pieces(text: str) -> list[str]:
    """The examples of a form: split at commas outside brackets and quotes.

    >>> pieces("a + b, f(a, b), 'x, y'")
    ['a + b', 'f(a, b)', "'x, y'"]
    """
    found, depth, quoted = [""], 0, False
    for letter in text:
        quoted ^= letter == "'"
        depth += 0 if quoted else (letter == "(") - (letter == ")")
        if letter == "," and not depth and not quoted:
            found.append("")
        else:
            found[-1] += letter
    return [piece.strip() for piece in found]


def test_the_page_of_expressions_shows_every_operator_and_function():
    trees = [Expression.parse(piece).tree for form in FORMS for piece in pieces(form.example)]
    seen = {type(node).__name__ for tree in trees for node in tree.walk()}
    assert {n.__name__ for n in NODES} - seen <= {"Tuple"}
    text = reference("expressions.md")
    assert all(f"{name}(" in text for name in FUNCTIONS)
    assert all(kind in text for kind in CAST_TYPES.values())


def test_what_an_engine_cannot_do_is_documented_and_refused():
    text = reference("engines.md")
    for capability in CAPABILITIES:
        assert set(capability.lacking) <= set(ENGINES)
        assert f"| {capability.name} |" in text
        for engine in ENGINES:
            if engine not in capability.lacking:
                require(engine, capability.name)
                continue
            assert f"no: {capability.lacking[engine]}" in text
            with pytest.raises(EngineCannot, match=capability.name):
                require(engine, capability.name)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:|#", target):
            assert (page.parent / target.split("#")[0]).exists(), target


def test_every_path_that_contributors_are_sent_to_exists():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:src|tests|docs|scripts|benchmarks|examples)/[^`\s]*)`", text))
    assert len(named) > 10
    for name in named:
        pattern = re.sub(r"<\w+>", "*", name).rstrip("/")
        assert list(ROOT.glob(pattern)), name


def lines_of(page: Path) -> list[str]:
    found = (COMMAND.match(line) for line in page.read_text(encoding="utf-8").splitlines())
    return [m.group(1) for m in found if m]


def test_the_guides_hold_commands():
    assert sum(len(lines_of(page)) for page in GUIDES) > 15


@pytest.mark.parametrize("page", [p for p in GUIDES if lines_of(p)], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_in_the_guides_exists(page):
    for line in lines_of(page):
        command, words = typer.main.get_command(app), shlex.split(line, comments=True)[1:]
        while words and words[0] in getattr(command, "commands", {}):
            command, words = command.commands[words[0]], words[1:]
        command.make_context(line, list(words))
