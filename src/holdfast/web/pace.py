"""How often one person may send forms and take exports: above that the answer is 429 with when to come again."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from .routes import EXPORTS, refused

MINUTE = 60.0
FORMS, FILES = 240, 30
"""A minute and person."""
_lock = threading.Lock()
_sent: dict[tuple[str, str], deque[float]] = {}


class Pace:
    """Middleware behind the gate: counts in memory, as one process serves a workspace."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], words: Any, named: Any
    ) -> HttpResponse | None:
        """Let through, or say when to come again."""
        name = (request.resolver_match.url_name if request.resolver_match else None) or ""
        if not request.user.is_authenticated or (request.method != "POST" and name not in EXPORTS):
            return None
        kind, most = ("form", FORMS) if request.method == "POST" else ("export", FILES)
        wait = waits((str(request.user.pk), kind), most, time.monotonic())
        if not wait:
            return None
        response = refused(request, 429)
        response["Retry-After"] = str(wait)
        return response


def waits(who: tuple[str, str], most: int, moment: float) -> int:
    """Seconds to wait before one more; 0 where it may be now, which is then counted.

    >>> [waits(("doctest", "export"), 2, at) for at in (0.0, 1.0, 2.0, 60.5)]
    [0, 0, 58, 0]
    """
    with _lock:
        times = _sent.setdefault(who, deque())
        while times and moment - times[0] >= MINUTE:
            times.popleft()
        if len(times) >= most:
            return max(1, round(MINUTE - (moment - times[0])))
        times.append(moment)
        return 0
