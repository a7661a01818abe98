"""Commands called as a shell calls them: words in; exit code, standard output and standard error out."""

from __future__ import annotations

import io
import re
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest.mock import patch

import pandas  # noqa: F401  before a command spares it: other tests of this process show frames

from holdfast.cli import main


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str


def call(*words: object) -> Done:
    """Run ``holdfast words...`` through its real entry point."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with patch.object(sys, "argv", ["holdfast", *map(str, words)]), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Done(code, out.getvalue(), err.getvalue())


MESSAGE = re.compile(r"[^\n]+: [^\n]+\. Next: [^\n]+\n")


def refused(code: int, *words: object) -> str:
    """The one message of a command that must be refused with ``code``: place, reason, next command."""
    done = call(*words)
    assert done.code == code, (done.code, done.err, done.out[:300])
    assert done.out == ""
    assert MESSAGE.fullmatch(done.err), done.err
    return done.err
