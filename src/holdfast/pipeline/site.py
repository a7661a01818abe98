"""The parts of a workspace on disk: definitions, lake, vault, state."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from holdfast.errors.workspace import NoWorkspace

if TYPE_CHECKING:
    from holdfast.definitions.bundle import Definitions
    from holdfast.lake import Engine, Lake, Snapshot, Vault


class Site:
    """A workspace folder and what lies in it. Everything is opened when first used."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder).resolve()
        if not (self.folder / "holdfast.yml").is_file():
            raise NoWorkspace(folder=str(folder))
        self.data = self.folder / ".holdfast"

    @cached_property
    def definitions(self) -> Definitions:
        """The definitions in the folder as they stand now."""
        from holdfast.definitions.load import load

        return load(self.folder)

    @cached_property
    def lake(self) -> Lake:
        """The tables."""
        from holdfast.lake import Lake

        return Lake(self.data / "lake")

    @cached_property
    def vault(self) -> Vault:
        """The keys of personal values."""
        from holdfast.lake import Vault

        self.data.mkdir(exist_ok=True)
        return Vault.open(self.data / "secret.key")

    @cached_property
    def engine(self) -> Engine:
        """The embedded engine: whichever engine makes the tables, this one looks things up in them."""
        settings = self.definitions.settings.engine
        from holdfast.lake import duckdb_engine

        spill = self.data / "scratch"
        spill.mkdir(parents=True, exist_ok=True)
        return duckdb_engine(settings.threads, settings.memory, spill, self.data / "compiled.sqlite3")

    def open_state(self) -> None:
        """Connect the state database; migrates it where needed."""
        from holdfast.state.database import open_state

        self.data.mkdir(exist_ok=True)
        if not (self.data / ".gitignore").is_file():
            (self.data / ".gitignore").write_text("*\n", encoding="utf-8")
        open_state(self.data, self.definitions.settings.database)

    def snapshot(self, versions: Mapping[str, int]) -> Snapshot:
        """The records as they stand in ``versions``."""
        settings = self.definitions.settings
        return self.lake.snapshot(self.engine, versions, settings.time_zone, settings.masters)

    def close(self) -> None:
        """Let go of the engine, if it was opened; it is opened anew when somebody asks."""
        engine = self.__dict__.pop("engine", None)
        if engine is not None:
            engine.close()
