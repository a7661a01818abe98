"""Write a commented workspace to start from."""

from __future__ import annotations

from pathlib import Path

from holdfast.clock import now
from holdfast.errors.definitions import FolderNotEmpty

STARTER = Path(__file__).parent / "starter"


def starter_files() -> dict[str, str]:
    """Relative name -> text of the workspace to start from, as of today.

    >>> "scorecards/health.yml" in starter_files()
    True
    """
    today = now().date().isoformat()
    return {path.relative_to(STARTER).as_posix(): path.read_text("utf-8").replace("{today}", today)
            for path in sorted(STARTER.rglob("*.yml"))}


def write_workspace(folder: Path) -> list[Path]:
    """Write the starter files into ``folder`` and return them; FolderNotEmpty where anything is there already.

    A ``.git`` folder and hidden files do not count.
    """
    if folder.exists() and (not folder.is_dir() or any(not path.name.startswith(".") for path in folder.iterdir())):
        raise FolderNotEmpty(path=folder)
    written = []
    for name, text in starter_files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        written.append(path)
    return written
