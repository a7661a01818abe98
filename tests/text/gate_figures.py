"""How well the labelled sentences are read: figures with their 95 % intervals, beside plain VADER."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.stats import binomtest
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from holdfast.text.mentions import KINDS
from holdfast.text.reader import Reader
from holdfast.text.sentiment import sentiment

FOLDER = Path(__file__).parent / "labelled"
CLASSES = ("negative", "neutral", "positive")
DRAWS, SEED = 2000, 7


@dataclass(frozen=True)
class Figures:
    """``said`` are pairs of label and answer over the English sentences, ``plain`` those of VADER alone.

    ``mentions`` has right, extra and missed by kind, ``languages`` right and all.
    """

    said: list[tuple[str, str]]
    plain: list[tuple[str, str]]
    mentions: dict[str, tuple[int, int, int]]
    languages: tuple[int, int]


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean over the three moods of the harmonic mean of precision and recall."""
    scores = []
    for name in CLASSES:
        right = sum(a == b == name for a, b in pairs)
        named = sum(a == name for a, _ in pairs) + sum(b == name for _, b in pairs)
        scores.append(2 * right / named if named else 0.0)
    return sum(scores) / len(CLASSES)


def negative_recall(pairs: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """How many of the negative sentences are called so."""
    negative = [b for a, b in pairs if a == "negative"]
    return negative.count("negative"), len(negative)


def figures(half: str) -> Figures:
    """Reads one half of the sentences."""
    rows = [json.loads(line) for line in (FOLDER / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()]
    reader = Reader((FOLDER / "competitors.txt").read_text(encoding="utf-8").split())
    alone = SentimentIntensityAnalyzer()
    said, plain, languages = [], [], 0
    counts = {kind: [0, 0, 0] for kind in KINDS}
    for row in rows:
        reading, english = reader.read(row["text"]), row["language"] == "en"
        languages += (reading.language == "en") == english
        found, labelled = {m.kind for m in reading.mentions}, set(row["mentions"]) if english else set()
        for kind in KINDS:
            counts[kind][0] += kind in found & labelled
            counts[kind][1] += kind in found - labelled
            counts[kind][2] += kind in labelled - found
        if english:
            said.append((row["sentiment"], "unknown" if reading.mood is None else sentiment(reading.mood)))
            compound = alone.polarity_scores(row["text"])["compound"]
            plain.append((row["sentiment"], CLASSES[1 + (compound >= 0.05) - (compound <= -0.05)]))
    return Figures(said, plain, {k: (a, b, c) for k, (a, b, c) in counts.items()}, (languages, len(rows)))


def interval(pairs: Sequence[tuple[str, str]], measure: Callable[[Sequence[tuple[str, str]]], float]) -> str:
    """The bootstrap interval of a measure over the sentences."""
    chance = np.random.default_rng(SEED)
    drawn = [measure([pairs[i] for i in chance.integers(0, len(pairs), len(pairs))]) for _ in range(DRAWS)]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return f"{low:.2f} to {high:.2f}"


def share(right: int, of: int) -> str:
    """A share with its Wilson interval."""
    if not of:
        return "none"
    found = binomtest(right, of).proportion_ci(method="wilson")
    return f"{right}/{of} = {right / of:.2f} ({found.low:.2f} to {found.high:.2f})"


def words(found: Figures) -> str:
    """The figures as lines of text."""
    lines = []
    for name, pairs in (("Holdfast", found.said), ("plain VADER", found.plain)):
        lines.append(f"{name}: macro-F1 {macro_f1(pairs):.3f} ({interval(pairs, macro_f1)}), "
                     f"negative recall {share(*negative_recall(pairs))}, {len(pairs)} English sentences")
    lines.append(f"language: {share(*found.languages)}")
    for kind, (right, extra, missed) in found.mentions.items():
        lines.append(f"{kind}: precision {share(right, right + extra)}, recall {share(right, right + missed)}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(words(figures("gate")))
