"""``python -m holdfast.text.pipe``: reads the blocks of texts that come in, until the one who sends them is gone."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from typing import BinaryIO

from .reader import Reader, Reading


def main() -> None:
    """Answer each block on the way in with its readings on the way out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with os.fdopen(os.dup(1), "wb", closefd=False) as told:
        sys.stdout = sys.stderr
        try:
            _serve(sys.stdin.buffer, told)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            os._exit(0)


def _serve(asked: BinaryIO, told: BinaryIO) -> None:
    reader = Reader(pickle.load(asked))  # noqa: S301  from the process that started this one
    while True:
        texts = pickle.load(asked)  # noqa: S301  as above
        told.write(pickle.dumps(_answer(reader, texts)))
        told.flush()


def _answer(reader: Reader, texts: list[str]) -> list[Reading] | Exception:
    try:
        return [reader.read(text) for text in texts]
    except Exception as error:
        error.add_note(f"In a process that reads texts:\n{traceback.format_exc()}")
        return error


if __name__ == "__main__":
    main()
