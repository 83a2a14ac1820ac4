"""`coercivity serve`."""

from __future__ import annotations

import gc
from pathlib import Path

from coercivity.base.errors import Argument, CoercivityError
from coercivity.cli.options import Paths
from coercivity.cli.out import put

LOOPBACK = ("127.0.0.1", "localhost", "::1")
PORT = 8765
MOST_PORT = 65_535
COLLECT_AFTER = (50_000, 20, 1_000)  # new objects and rounds before the collector looks around


def serve(
    *,
    port: int = PORT,
    host: str = LOOPBACK[0],
    state: Path | None = None,
    cases: Paths = None,
) -> int:
    """Open the screens and the interface in a browser on this machine; nobody else can reach them.

    Nothing is asked of any other machine. Uploads and results are kept in a folder of their own until it ends.

    Args:
        port: Port to listen on.
        host: 127.0.0.1, localhost or ::1; every other address is refused, for there are no users and no passwords.
        state: Folder for uploads and results; by default a temporary one that is removed at the end.
        cases: Folder whose case folders the screens may read, beside the examples. Repeat for more.
    """
    from coercivity.verbs.doctor import EXTRAS, missing_of

    if host not in LOOPBACK:
        what = f"{host[:80]!r} is not this machine alone; there are no users and no passwords, so no other is served"
        raise CoercivityError.of("SERVE-HOST", what, where=Argument("host"), nearest=LOOPBACK, next="leave --host out")
    if not 0 < port <= MOST_PORT:
        raise CoercivityError.of("ARGUMENT", f"port {port} does not exist", where=Argument("port"), next="1 to 65535")
    missing = [path.as_posix() for path in cases or () if not path.is_dir()]
    if missing:
        raise CoercivityError.of("CASE-FOLDER", "not a folder", where=", ".join(missing), next="name a folder of cases")
    lacking = missing_of(EXTRAS["serve"])
    if lacking:
        what = f"the screens need the extra `serve`; not installed: {', '.join(lacking)}"
        raise CoercivityError.of("SERVE-EXTRA", what, next="pip install 'coercivity[serve]'")
    from coercivity.verbs.serving.storage import held_state

    with held_state(state) as folder:
        _run(folder, tuple(cases or ()), host, port)
    return 0


def _run(state: Path, cases: tuple[Path, ...], host: str, port: int) -> None:
    import uvicorn

    from coercivity.http.protocol import BoundedProtocol
    from coercivity.verbs.law import PACKED
    from coercivity.verbs.serving.places import Places
    from coercivity.web.site import make_site, script_folder
    from coercivity.web.vega import begin_script

    PACKED.book()  # read before the first request comes
    # Answers leave no rings behind them; looking through all packs for some would make a request wait.
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    places = Places(state, tuple(path.resolve() for path in cases))
    site = make_site(places)
    begin_script(script_folder(places))
    shown = f"[{host}]" if ":" in host else host
    put(f"coercivity: http://{shown}:{port}/   the interface: http://{shown}:{port}/api/openapi.json   end: Ctrl-C")
    uvicorn.run(
        site,
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        http=BoundedProtocol,
        ws="none",
        timeout_graceful_shutdown=1,  # a page that follows a job is a connection that does not end by itself
    )
