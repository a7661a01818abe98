"""The labelled sentences stand as they were frozen, each in the half that the rule names."""

import hashlib
import json
from pathlib import Path

import pytest

SEED = "holdfast text 1"
FOLDER = Path(__file__).parent / "labelled"
GATE = "5b2bc32290d7324d60510b698de637fb79bad3c6aaf3f4ee07ffcb55d41fe3c1"


def half(text: str) -> str:
    """The seeded rule that parts the sentences, by the text alone."""
    return ("tuning", "gate")[hashlib.sha256(f"{SEED}\x1f{text}".encode()).digest()[0] % 2]


def test_the_gate_is_the_one_that_was_frozen():
    assert hashlib.sha256((FOLDER / "gate.jsonl").read_bytes()).hexdigest() == GATE


@pytest.mark.parametrize("name", ["tuning", "gate"])
def test_every_sentence_stands_in_its_half_once(name):
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    assert len(set(texts)) == len(texts) > 150
    assert {half(text) for text in texts} == {name}
