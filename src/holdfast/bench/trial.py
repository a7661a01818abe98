"""`holdfast try` on a stored history: any edit, one component, and the correlations apart."""

from __future__ import annotations

from pathlib import Path

from holdfast.workspace.published import Published
from holdfast.workspace.trial import Trial

from .measured import Measurement, measure
from .population import BANDS, METRICS, scorecard, weeks
from .stored import stored_history

EDITS = {
    "any edit": scorecard().replace("{linear: {from: 0, to: 1}}", "{linear: {from: 0, to: 0.9}}"),
    "one component changes": scorecard(swapped="m00"),
    "bands only": scorecard(bands=BANDS.replace("70", "72")),
}


def trials(folder: Path, accounts: int, count: int, times: int) -> list[Measurement]:
    """Each edit, from the edited file to flips, falls and histograms; then correlations."""
    site = stored_history(folder / "workspace", accounts, weeks(count))
    published = Published(site)
    size = f"{accounts:,} accounts x {count} weeks, {METRICS} metrics"
    found, file = [], folder / "edited.yml"
    for label, text in EDITS.items():
        file.write_text(text, encoding="utf-8")
        found.append(measure(f"try, {label}", size, lambda: Trial(published, file).result(), times))
    trial = Trial(published, file)
    found.append(measure("try, correlations", size, trial.related, times))
    return found
