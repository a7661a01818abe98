"""Writes what a release is made of as CycloneDX JSON: Holdfast and every package of the lock, with version and hashes.

    make sbom        # dist/sbom.json
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import holdfast

ROOT = Path(__file__).parents[1]
PACKAGE = re.compile(r"^([A-Za-z0-9][\w.\-]*)(?:\[[^\]]*\])?==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def main() -> None:
    """Write the file that is named, else dist/sbom.json."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "dist" / "sbom.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(sbom((ROOT / "requirements.lock").read_text(encoding="utf-8")), indent=1) + "\n",
                   encoding="utf-8")
    print(out)


def sbom(lock: str) -> dict[str, Any]:
    """The document of a lock file.

    >>> found = sbom("Django==5.2 --hash=sha256:" + "0" * 64)
    >>> found["components"][0]["purl"], len(found["components"][0]["hashes"])
    ('pkg:pypi/django@5.2', 1)
    """
    own = f"pkg:pypi/holdfast@{holdfast.__version__}"
    parts = [_component(name, version, hashes) for name, version, hashes in packages(lock)]
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {
            "type": "application", "bom-ref": own, "name": "holdfast", "version": holdfast.__version__, "purl": own,
            "licenses": [{"license": {"id": "Apache-2.0"}}],
        }},
        "components": parts,
        "dependencies": [{"ref": own, "dependsOn": [part["bom-ref"] for part in parts]}],
    }


def packages(lock: str) -> list[tuple[str, str, list[str]]]:
    """Name, version and SHA-256 of the files of each package of a lock file."""
    found: list[tuple[str, str, list[str]]] = []
    for line in lock.splitlines():
        if head := PACKAGE.match(line):
            found.append((head[1].lower().replace("_", "-"), head[2], []))
        for one in HASH.findall(line):
            found[-1][2].append(one)
    return found


def _component(name: str, version: str, hashes: list[str]) -> dict[str, Any]:
    purl = f"pkg:pypi/{name}@{version}"
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl,
            "hashes": [{"alg": "SHA-256", "content": one} for one in hashes]}


if __name__ == "__main__":
    main()
