"""The list of what a release is made of has every package of the lock, each with the hashes of its files."""

import importlib.util
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "scripts" / "sbom.py"


def test_every_locked_package_is_in_it(tmp_path: Path) -> None:
    out = tmp_path / "sbom.json"
    subprocess.run([sys.executable, str(SCRIPT), str(out)], check=True, capture_output=True)
    found = json.loads(out.read_text(encoding="utf-8"))
    parts = {part["name"]: part for part in found["components"]}
    locked = [line.split("==")[0] for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
              if "==" in line and not line.startswith((" ", "#"))]
    assert {name.split("[")[0].lower().replace("_", "-") for name in locked} == set(parts)
    assert parts["django"]["version"] == version("django")
    assert all(part["hashes"] for part in parts.values())
    assert set(found["dependencies"][0]["dependsOn"]) == {part["bom-ref"] for part in parts.values()}


def test_versions_and_hashes_are_read_with_extras_and_markers() -> None:
    spec = importlib.util.spec_from_file_location("sbom", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    lock = 'ibis-framework[duckdb]==12.0.0 ; python_version >= "3.11" \\\n    --hash=sha256:' + "a" * 64 + "\n"
    assert made.packages(lock) == [("ibis-framework", "12.0.0", ["a" * 64])]
