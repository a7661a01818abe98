"""One small specification a chart -> a static picture without script, coloured by CSS custom properties.

Each specification is a frozen dataclass with ``svg()``, ``finding()`` (the sentence that stands for the
picture) and ``table()`` (the figures behind it).
"""

from __future__ import annotations
