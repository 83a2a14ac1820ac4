"""`coercivity serve`."""

from __future__ import annotations

import errno
import gc
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from coercivity.base.errors import Argument, CoercivityError
from coercivity.cli.options import Paths, Whole
from coercivity.cli.out import put

if TYPE_CHECKING:
    from coercivity.verbs.serving.served import PartyPaths

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORT = 8765
MOST_PORT = 65_535
COLLECT_AFTER = (50_000, 20, 1_000)  # thresholds of the garbage collector


def serve(
    *,
    port: Whole = PORT,
    host: str = LOOPBACK[0],
    state: Path | None = None,
    cases: Paths = None,
    lists: Annotated[Paths, Parameter(name="--list")] = None,
    judgements: Path | None = None,
    ownership: Path | None = None,
    words: Paths = None,
) -> int:
    """Start the web screens and the HTTP API on this computer; other computers cannot reach them.

    The server sends no request to any other machine. It keeps uploads and results in its own folder until it stops.

    Args:
        port: Port to listen on.
        host: 127.0.0.1, localhost or ::1. Other addresses are refused because there is no authentication.
        state: Folder for uploads and results. Default: a temporary folder that is deleted when the server stops.
        cases: Folder of case folders to offer on the screens, in addition to the examples. Can be repeated.
        lists: List of parties of your own, for everything the server does. Can be repeated.
        judgements: File of judgements whether names are listed parties; screens and API add to it.
        ownership: Who owns whom, for everything the server does.
        words: Lexicon of your own (CSV), read before the built-in words. Can be repeated.
    """
    from coercivity.verbs.doctor import EXTRAS, missing_of

    if host not in LOOPBACK:
        what = f"{host[:80]!r} is not an address of this computer alone; `serve` has no authentication"
        raise CoercivityError.of("SERVE-HOST", what, where=Argument("host"), nearest=LOOPBACK, next="omit --host")
    if not 0 < port <= MOST_PORT:
        raise CoercivityError.of("ARGUMENT", f"{port} is not a valid port", where=Argument("port"), next="1 to 65535")
    missing = [path.as_posix() for path in cases or () if not path.is_dir()]
    if missing:
        raise CoercivityError.of(
            "CASE-FOLDER", "folder not found", where=", ".join(missing), next="name a folder of cases"
        )
    lacking = missing_of(EXTRAS["serve"])
    if lacking:
        what = f"the web screens require the extra `serve`; not installed: {', '.join(lacking)}"
        step = "run `pip install '.[serve]'` in the folder of the source code"
        raise CoercivityError.of("SERVE-EXTRA", what, next=step)
    from coercivity.verbs.serving.served import PartyPaths
    from coercivity.verbs.serving.storage import held_state

    judged, owned = (path and path.absolute() for path in (judgements, ownership))
    own_words = tuple(path.absolute() for path in words or ())
    parties = PartyPaths(tuple(path.absolute() for path in lists or ()), judged, owned, words=own_words)
    parties.law().book()  # what is wrong with a file is said before the server starts
    with held_state(state) as folder:
        _run(folder, tuple(cases or ()), parties, host, port)
    return 0


def _run(state: Path, cases: tuple[Path, ...], parties: PartyPaths, host: str, port: int) -> None:
    import uvicorn

    from coercivity.http.protocol import BoundedProtocol
    from coercivity.verbs.law import PACKED
    from coercivity.verbs.serving.places import Places
    from coercivity.web.site import make_site, script_folder
    from coercivity.web.vega import begin_script

    PACKED.book()  # load the rulebook before the first request
    # Requests create no reference cycles, and a full collection over all packs would delay one of them.
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    places = Places(state, tuple(path.resolve() for path in cases), parties=parties)
    site = make_site(places)
    begin_script(script_folder(places))
    shown = f"[{host}]" if ":" in host else host
    listening = _listening(host, port)  # before the address is printed
    put(f"coercivity: http://{shown}:{port}/   API: http://{shown}:{port}/api/openapi.json   stop with Ctrl-C")
    config = uvicorn.Config(
        site,
        log_level="warning",
        access_log=False,
        server_header=False,
        http=BoundedProtocol,
        ws="none",
        timeout_graceful_shutdown=1,  # a page that follows a job keeps its connection open
    )
    with suppress(KeyboardInterrupt):  # that is how it is stopped
        uvicorn.Server(config).run(sockets=[listening])


def _listening(host: str, port: int) -> socket.socket:
    """Returns a socket that is bound to the port.

    Raises:
        CoercivityError: If the port cannot be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family)
    if os.name == "posix":
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        used = error.errno == errno.EADDRINUSE
        what = f"port {port} is already in use" if used else f"port {port} cannot be used: {error.strerror}"
        where, step = Argument("port"), "choose another with --port, or stop the other program"
        raise CoercivityError.of("ARGUMENT", what, where=where, next=step) from None
    return bound
