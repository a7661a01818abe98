"""Any days, either clock, any definitions: metrics, scores, next steps. Writes nothing."""

from __future__ import annotations
