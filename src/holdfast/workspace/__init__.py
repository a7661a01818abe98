"""The public face: ``holdfast.open`` and ``holdfast.score``."""

from __future__ import annotations
