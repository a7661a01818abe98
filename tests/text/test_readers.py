"""Many texts are read as one reader would read them one by one, whoever reads them."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from holdfast.text import readers as readers_module
from holdfast.text.reader import MOST, Reader
from holdfast.text.readers import Readers

READER = Reader(["Acmely", "Monday"])
MIXED = [
    "", " ", "We will cancel our contract.", "Acmely is cheaper.", "We use Monday now",
    "Der Export funktioniert nicht.", "ありがとう", "Great tool 😀, thanks!",
    "It’s broken AGAIN, we can’t work!!", "KIM left, ſo we wait", "İ will cancel",
    "We wait. " * MOST, "not bad, but SLOW. " * 200, "\ud800 lone", "Thanks!", "Thanks!", "Anna has resigned.\x00",
]


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(readers_module, "MANY", 1)
    monkeypatch.setattr(readers_module, "_BLOCK", 3)


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_several_processes_read_the_same_as_one(few, processes):
    texts = [f"{text} {number // 20}" for number, text in enumerate(MIXED * 3)] + MIXED
    with Readers(READER, processes) as readers:
        assert readers.read(texts) == [READER.read(text) for text in texts]
        assert readers.read(MIXED[::-1]) == [READER.read(text) for text in MIXED[::-1]]
        assert len(readers._helpers) == (processes if processes > 1 else 0)


@pytest.mark.parametrize("processes", [1, 2])
def test_what_goes_wrong_while_reading_is_raised(few, processes):
    texts = [*MIXED, b"no text", *MIXED]
    with pytest.raises(TypeError, match="bytes-like"), Readers(READER, processes) as readers:
        readers.read(texts)


def test_a_process_that_dies_is_told_of_and_none_is_left(few):
    with Readers(READER, 2) as readers:
        readers.read(MIXED)
        running = [helper._process for helper in readers._helpers]
        running[0].kill()
        running[0].wait()
        with pytest.raises(RuntimeError, match="ended with -9"):
            readers.read([f"{text} more" for text in MIXED])
    assert all(process.returncode is not None for process in running)


def test_the_same_short_text_is_read_once(monkeypatch):
    seen = []

    class Counting(Reader):
        def read(self, text):
            seen.append(text)
            return super().read(text)

    with Readers(Counting(), 1) as readers:
        readers.read(["Thanks!", "We wait", "Thanks!"])
        readers.read(["Thanks!"])
        assert seen == ["Thanks!", "We wait"]
        monkeypatch.setattr(readers_module, "_KEPT", 2)
        readers.read(["Thanks!", "a new one"])
        assert not readers._known


SCRIPT = """
    import os, sys, time
    from holdfast.text import readers
    from holdfast.text.reader import Reader
    readers.MANY = 1
    print("started", flush=True)
    held = readers.Readers(Reader(), 2)
    held.read([f"We wait {n}" for n in range(600)])
    print(*[helper._process.pid for helper in held._helpers], flush=True)
    time.sleep(60)
"""


def test_a_script_without_a_guard_runs_once_and_leaves_no_process_when_killed(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(SCRIPT), encoding="utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "started\n"
        children = [int(pid) for pid in process.stdout.readline().split()]
        process.send_signal(signal.SIGKILL)
    assert len(children) == 2
    until = time.monotonic() + 10
    while any(alive(pid) for pid in children):
        assert time.monotonic() < until, "a reading process outlives the one who started it"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
