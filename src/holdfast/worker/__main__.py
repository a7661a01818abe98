"""The worker as a process: ``python -m holdfast.worker FOLDER``; ends when its standard input does.

With ``--once`` it does what is due and ends.
"""

from __future__ import annotations

import sys
import threading

from holdfast.errors import HoldfastError
from holdfast.pipeline.site import Site

from .work import Worker


def main(words: list[str]) -> int:
    """Exit code 0, or that of the error."""
    folders = [word for word in words if word != "--once"]
    try:
        worker = Worker(Site(folders[0]))
    except HoldfastError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    if "--once" in words:
        while worker.step():
            pass
        return 0
    stop = threading.Event()
    threading.Thread(target=_until_alone, args=(stop,), name="parent", daemon=True).start()
    worker.work(stop)
    return 0


def _until_alone(stop: threading.Event) -> None:
    """Whoever started the worker holds the other end of its standard input; when that closes, it is alone."""
    sys.stdin.buffer.read()
    stop.set()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
