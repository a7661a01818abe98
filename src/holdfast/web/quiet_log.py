"""What the log of the web process leaves out: secrets that stand in an address."""

from __future__ import annotations

import logging
import re

SECRET = re.compile(r"(/welcome/)[^\s?'\"]+")


class WithoutSecrets(logging.Filter):
    """Writes ``/welcome/…`` for the address of a one-time link."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, with the secret taken out.

        >>> record = logging.LogRecord("x", 30, "", 0, "Forbidden: %s", ("/welcome/a1b2",), None)
        >>> WithoutSecrets().filter(record), record.getMessage()
        (True, 'Forbidden: /welcome/…')
        """
        words = record.getMessage()
        if SECRET.search(words):
            record.msg, record.args = SECRET.sub(r"\1…", words), ()
        return True
