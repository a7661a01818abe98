"""The state database: batches, runs, the publish pointer, definitions in force, and people.

Importing the package sets Django up; ``open_state`` says which database it talks to.
"""

from __future__ import annotations

from .database import configure

configure()
