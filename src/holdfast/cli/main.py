"""The entry point: runs a command and turns errors into one clear message and an exit code."""

from __future__ import annotations

import os
import sys
import traceback

from holdfast.errors import HoldfastError

OUR_BUG = 3


def main() -> None:
    """Run the command line; exit codes as documented: 0 good, 1 refused, 2 used wrongly, 3 our bug."""
    from .app import app

    try:
        app()
    except HoldfastError as error:
        _tell(str(error))
        raise SystemExit(error.exit_code) from error
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except Exception as error:
        if os.environ.get("HOLDFAST_DEBUG"):
            traceback.print_exc()
        _tell(
            f"This is a bug of Holdfast, not yours: {type(error).__name__}: {error}\n"
            "Nothing was published. Next: repeat with HOLDFAST_DEBUG=1 and report what it prints."
        )
        raise SystemExit(OUR_BUG) from error


def _tell(text: str) -> None:
    print(text, file=sys.stderr)
