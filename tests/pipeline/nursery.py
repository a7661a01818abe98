"""A process that has loaded what commands need and forks one process a command: a start without the imports.

What a command costs alone is then its own work. The commands are real processes and are really killed. Orders
come as lines of JSON on standard input; each is answered with the exit code, as subprocess gives it.
"""

from __future__ import annotations

import atexit
import json
import os
import sys
import traceback
from importlib import import_module
from typing import NoReturn

LOADED = ("cli.app", "workspace.workspace", "pipeline.run", "ingest.ingest", "worker.work", "reports.portfolio_figures")


def command(argv: list[str], code: str, env: dict[str, str], out: str) -> NoReturn:
    """Be the new process: what it prints goes to the file ``out``.

    It leaves without the destructors of libraries: those of threads that the fork did not take over abort.
    """
    os.environ.update(env)
    printed = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(printed, stream)
    sys.argv = argv
    left = 0
    try:
        exec(code, {"__name__": "__main__"})
    except SystemExit as end:
        left = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        left = 1
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(left)


def main() -> None:
    """Answer orders until there are no more."""
    for name in LOADED:
        import_module(f"holdfast.{name}")
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            command(**json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers, flush=True)


if __name__ == "__main__":
    main()
