"""An invented company with known ground truth: exports to try everything on, and the answers beside them."""

from __future__ import annotations

from .company import DemoSummary, write_demo

__all__ = ["DemoSummary", "write_demo"]
