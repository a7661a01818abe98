"""The run: ingest, evaluate, publish."""

from __future__ import annotations
