"""The texts of a workspace's definition files, and of those that ship."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from .finding import Finding
from .nearest import nearest
from .place import Place

SINGLE = (
    "holdfast.yml", "people.yml", "features.yml", "segments.yml", "escalation.yml", "save_offers.yml", "reviews.yml",
    "service.yml", "usage_patterns.yml", "user_segments.yml",
    "behaviours.yml", "lifecycle.yml",
)
FOLDERS = ("sources", "metrics", "scorecards", "signals", "playbooks", "green_checks")
SHIPPED = Path(__file__).parent / "builtin"


def read_files(folder: Path) -> tuple[dict[str, str], list[Finding]]:
    """Relative name -> text of every definition file in ``folder``, and findings about the files."""
    if not (folder / "holdfast.yml").is_file():
        return {}, [Finding("HF-E007", "error", Place(str(folder / "holdfast.yml")),
                            "there is no such file, so this folder is not a workspace",
                            f"holdfast init {folder}")]
    files: dict[str, str] = {}
    findings: list[Finding] = []
    for path in sorted(folder.glob("*.y*ml")) + sorted(folder.glob("*/*.y*ml")):
        name = path.relative_to(folder).as_posix()
        if name.startswith(".") or not path.is_file():
            continue
        if not is_definition(name):
            if path.parent == folder or path.parent.name in FOLDERS:
                findings.append(Finding("HF-W001", "warning", Place(name), "this file is not read",
                                        f"read are {', '.join(SINGLE)} and *.yml in {', '.join(FOLDERS)}",
                                        nearest(name, SINGLE)))
            continue
        try:
            files[name] = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            findings.append(Finding("HF-E008", "error", Place(name), f"byte {error.start} is not UTF-8",
                                    "save the file as UTF-8"))
    return files, findings


def is_definition(name: str) -> bool:
    """Whether the file of this relative name is read.

    >>> is_definition("metrics/usage.yml"), is_definition("metrics/usage.yaml")
    (True, False)
    """
    folder, _, file = name.rpartition("/")
    return name in SINGLE if not folder else folder in FOLDERS and file.endswith(".yml")


@lru_cache(maxsize=1)
def shipped_files() -> Mapping[str, str]:
    """Relative name -> text of every file that ships."""
    return MappingProxyType({path.relative_to(SHIPPED).as_posix(): path.read_text("utf-8")
                             for path in sorted(SHIPPED.rglob("*.yml"))})
