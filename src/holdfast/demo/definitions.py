"""The definition files of the demo company: templates as they are, and the people by name."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

from . import names
from .files import Folder
from .world import World, staff


def write_definitions(world: World, folder: Folder, leave_out: frozenset[str]) -> None:
    """Write holdfast.yml and its companions; ``leave_out`` names sources that have no files at this size."""
    root = resources.files("holdfast.demo") / "templates"
    for name, content in sorted(_below(root, "")):
        if name.removeprefix("sources/").removesuffix(".yml") not in leave_out:
            folder.text(name, "".join(_without(content.splitlines(keepends=True), leave_out)))
    folder.text("people.yml", _people(world))


def _without(lines: list[str], sources: frozenset[str]) -> list[str]:
    return [line for line in lines if not any(line.startswith(f"  {source}:") for source in sources)]


def _below(folder: Traversable, prefix: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            found.extend(_below(entry, f"{name}/"))
        elif name.endswith(".yml"):
            found.append((name, entry.read_text(encoding="utf-8")))
    return found


def _people(world: World) -> str:
    leads = [f"lead.{i + 1}@{names.DOMAIN}" for i in range(3)]
    lines = ["# Who works with customers. Owners stand in the CRM by e-mail.", "people:"]
    for index, (name, email) in enumerate(staff(world)):
        boss = leads[index % 3]
        lines.append(f'  - {{email: {email}, name: "{name}", team: success, roles: [CSM], reports_to: {boss}}}')
    for index, lead in enumerate(leads):
        lines.append(
            f"  - {{email: {lead}, name: Team lead {index + 1}, team: success, roles: [manager], "
            f"reports_to: vp@{names.DOMAIN}}}"
        )
    others = (
        ("vp", "VP"),
        ("ceo", "executive sponsor"),
        ("support", "support lead"),
        ("onboarding", "onboarding"),
        ("product", "product"),
        ("finance", "finance"),
        ("saves", "save team"),
        ("data", "data"),
    )
    for box, role in others:
        team = "support" if box == "support" else "success"
        lines.append(f"  - {{email: {box}@{names.DOMAIN}, name: {role.capitalize()}, team: {team}, roles: [{role}]}}")
    lines += [
        "teams:",
        '  - {team: success, days: [mon, tue, wed, thu, fri], hours: "09:00-17:30", time_zone: Europe/Berlin}',
        '  - {team: support, days: [mon, tue, wed, thu, fri, sat], hours: "07:00-21:00", time_zone: Europe/Berlin}',
        "roles:",
    ]
    lines += [f"  {role}: {box}@{names.DOMAIN}" for box, role in others]
    return "\n".join(lines) + "\n"
