"""Serving a workspace: one process of threads over the published state."""

from __future__ import annotations

import ipaddress
import os
from pathlib import Path

from holdfast.errors.access import NoHttps, PortTaken
from holdfast.pipeline.site import Site
from holdfast.worker.process import WorkerProcess

from .c_memory import frugal

THREADS = 8
CONNECTIONS = 500
"""So many may be open at once, fewer than the files that a process may open on most systems; one that says nothing for
QUIET seconds is closed."""
QUIET = 30
HEADERS = 16_384
"""Bytes of the head of a request."""


def refuse_without_https(host: str) -> None:
    """NoHttps where ``host`` can be reached from other machines and no proxy with HTTPS is said to stand before it.

    >>> refuse_without_https("localhost"), refuse_without_https("127.0.0.2"), refuse_without_https("::1")
    (None, None, None)
    """
    try:
        own = ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        own = host == "localhost"
    if not own and os.environ.get("HOLDFAST_HTTPS") != "1":
        raise NoHttps(host=host)


def prepare(folder: Path) -> Site:
    """Set Django up for the workspace and bring all tables of its state up to date."""
    site = Site(folder)
    os.environ["HOLDFAST_WORKSPACE"] = str(site.folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "holdfast.web.settings"
    site.open_state()
    return site


def first_link(address: str) -> str | None:
    """The one-time link of the first administrator; None where there is one already."""
    from holdfast.state.access import AccessRole, invite
    from holdfast.state.models import User

    if User.objects.filter(role=AccessRole.ADMINISTRATOR, is_active=True).exists():
        return None
    return f"{address}/welcome/{invite(AccessRole.ADMINISTRATOR)}"


def serve(host: str, port: int, folder: Path) -> None:
    """Answer requests until interrupted, with one worker beside; PortTaken where another program listens there."""
    frugal()
    import waitress
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("collectstatic", verbosity=0, interactive=False)
    try:
        server = waitress.create_server(
            get_wsgi_application(), host=host, port=port, threads=THREADS, ident="", connection_limit=CONNECTIONS,
            channel_timeout=QUIET, max_request_header_size=HEADERS, asyncore_use_poll=True,
        )
    except OSError as error:
        raise PortTaken(port=port, why=error.strerror or str(error)) from None
    from .personal_reads import reads
    from .warm import Warm

    worker, warm = WorkerProcess(folder), Warm()
    worker.start()
    warm.start()
    reads.start()
    try:
        server.run()
    finally:
        warm.stop()
        reads.stop()
        worker.stop()
