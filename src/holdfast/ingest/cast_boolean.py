"""Text to yes or no."""

from __future__ import annotations

from .cast import Cast

YES = ("true", "yes", "1", "t", "y")
NO = ("false", "no", "0", "f", "n")


def cast_boolean(text: str) -> Cast:
    """The cast of ``text`` to a boolean, in any letter case."""
    yes, no = (", ".join(f"'{word}'" for word in words) for words in (YES, NO))
    step = f"CASE WHEN lower({text}) IN ({yes}) THEN true WHEN lower({text}) IN ({no}) THEN false END"
    return Cast(step, f"{text}s", f"CASE WHEN {text} IS NOT NULL AND {text}s IS NULL THEN 'bad_boolean' END")
