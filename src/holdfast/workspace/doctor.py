"""Is what is stored whole? Checks every file, names harm, removes leftovers."""

from __future__ import annotations

from typing import Any

from holdfast.pipeline.site import Site
from holdfast.state.lock import only_run


def doctor(site: Site, *, ids: bool = False) -> dict[str, Any]:
    """Findings as plain data: damaged files, orphans and staging removed, and with ``ids`` repeated event ids."""
    from holdfast.lake.upkeep import clear_staging, damaged, orphans

    site.open_state()
    with only_run(site.data):
        tables = [site.lake.table(name) for name in sorted(site.lake.versions())]
        harm = [path for table in tables for path in damaged(table)]
        left = [path for table in tables for path in orphans(table)]
        for path in left:
            path.unlink()
        staged = clear_staging(_idle_staging(site))
        repeated = _repeated_ids(site) if ids else []
    lines = [f"damaged: {path}" for path in harm]
    lines += [f"removed, named by no commit: {path}" for path in left]
    if staged:
        lines.append(f"removed {staged} unfinished staging folders")
    lines += [f"event id {r['event_id']} of {r['source']} stands on {r['days']} days" for r in repeated]
    lines.append("harm found" if harm else f"{len(tables)} tables are whole")
    return {
        "harm": bool(harm), "damaged": harm, "orphans": [str(p) for p in left], "staging": staged,
        "repeated_ids": repeated, "lines": lines,
    }


def _idle_staging(site: Site) -> Any:
    """The staging folder; batches that wait for their commit keep theirs."""
    from holdfast.state.models import Batch

    folder = site.data / "staging"
    return folder if not Batch.objects.filter(state="staged").exists() else folder / "none"


def _repeated_ids(site: Site) -> list[dict[str, Any]]:
    """Event ids of one source that stand on more than one day, with the earlier-known day first."""
    snapshot = site.snapshot(site.lake.versions())
    events = snapshot.rows("event").filter(lambda t: t.event_id.notnull())
    days = events.group_by(["source", "event_id"]).aggregate(
        days=events.occurred_at.date().nunique(), first_known=events.known_at.min()
    )
    found = days.filter(days.days > 1).order_by(["source", "event_id"])
    rows: list[dict[str, Any]] = site.engine.arrow(found).to_pylist()
    return rows
