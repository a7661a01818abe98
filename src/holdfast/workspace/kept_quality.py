"""The quality document of one state of the data, made by one process and read by the others."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from typing import Any
from zoneinfo import ZoneInfo

import holdfast
from holdfast.clock import now
from holdfast.pipeline.site import Site

FILE = "quality.json.gz"


class KeptQuality:
    """What is kept for the data of ``site`` as they stand now. What cannot be read is not kept.

    Values of rows in quarantine can be personal: they stay in the vault and are looked up when somebody reads.
    """

    def __init__(self, site: Site) -> None:
        from holdfast.state.batch_ledger import stand
        from holdfast.state.runs import current_number

        site.open_state()
        today = now().astimezone(ZoneInfo(site.definitions.settings.time_zone)).date()
        self.state = (current_number(), site.definitions.hash, tuple(sorted(site.lake.versions().items())), stand(),
                      today, holdfast.__version__)
        """Everything that the document rests on."""
        self._site = site
        self._file = site.data / "cache" / hashlib.sha256(repr(self.state).encode()).hexdigest()[:32] / FILE

    @property
    def there(self) -> bool:
        """Whether the document is kept."""
        return self._file.is_file()

    def get(self) -> dict[str, Any] | None:
        """The document; None where it is not kept."""
        from holdfast.ingest.quality import quarantined

        try:
            found: dict[str, Any] = json.loads(gzip.decompress(self._file.read_bytes()))
        except (OSError, EOFError, ValueError):
            return None
        settings = self._site.definitions.settings
        return found | {"quarantine": quarantined(self._site.lake, self._site.definitions, settings.engine.memory)}

    def put(self, document: dict[str, Any]) -> None:
        """Keep the document."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        draft = self._file.with_name(f"{FILE}.{os.getpid()}")
        draft.write_bytes(gzip.compress(json.dumps(document | {"quarantine": []}).encode(), 6))
        os.replace(draft, self._file)
