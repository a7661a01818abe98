"""The state database: batches, runs, the publish pointer, definitions in force, and people."""

from __future__ import annotations
