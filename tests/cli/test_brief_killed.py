"""A report that is killed half-way leaves the old report whole or the new one, no lock, and the next run is fine."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coercivity.cli.app import BY_SIGNAL
from tests.places import ROOT

pytestmark = [pytest.mark.long, pytest.mark.skipif(sys.platform != "linux", reason="the lock is one of Linux")]

CASE, OLD, NEW = ROOT / "examples" / "magnet-jv", "2025-08-15", "2025-08-18"
ENDS = (signal.SIGKILL, signal.SIGINT)
MOMENTS = ("begun", "locked", "writing")
LOCK = re.compile(r"@coercivity-([0-9a-f]{48})")
PATIENCE_S = 120.0
Files = dict[str, bytes]


def begin(out: Path, on: str, cache: Path) -> subprocess.Popen[str]:
    words = ["brief", str(CASE), "--on", on, "--no-supply", "--no-cache", "--out", str(out)]
    places = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    return subprocess.Popen(
        [sys.executable, "-m", "coercivity", *words],
        env=places,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def whole_run(out: Path, on: str, cache: Path) -> Files:
    with begin(out, on, cache) as running:
        told, err = running.communicate(timeout=PATIENCE_S)
    assert "Traceback" not in err
    assert "OUT-BUSY" not in err
    assert told
    return files_in(out)


def files_in(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def has_come(moment: str, running: subprocess.Popen[str], out: Path) -> bool:
    """Whether a run is as far as that: it has loaded its libraries, holds the folder, or writes its draft."""
    if moment == "begun":
        return "numpy" in Path(f"/proc/{running.pid}/maps").read_text()
    if moment == "locked":
        mine = hashlib.sha256(os.fsencode(os.path.realpath(out))).hexdigest()[:48]
        return mine in LOCK.findall(Path("/proc/net/unix").read_text())
    return out.with_name(f".{out.name}.part").exists()


@pytest.fixture(scope="module", name="reports")
def made_reports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, Files]:
    """The report before and the one that is killed, each made in peace."""
    room = tmp_path_factory.mktemp("whole")
    return whole_run(room / "old", OLD, room), whole_run(room / "new", NEW, room)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.name)
def test_a_report_that_is_killed_leaves_no_half_and_the_next_one_is_made(
    end: signal.Signals, moment: str, reports: tuple[Files, Files], tmp_path: Path
) -> None:
    old, new = reports
    out = tmp_path / "room" / "out"
    out.mkdir(parents=True)
    for name, content in old.items():
        (out / name).write_bytes(content)
    with begin(out, NEW, tmp_path) as running:
        limit = time.monotonic() + PATIENCE_S
        while running.poll() is None and not has_come(moment, running, out):
            assert time.monotonic() < limit, "it never came so far"
            time.sleep(0.001)
        if running.poll() is None:
            running.send_signal(end)
        told, err = running.communicate(timeout=PATIENCE_S)
    assert "Traceback" not in err
    assert files_in(out) in (old, new)
    if end == signal.SIGINT and running.returncode == BY_SIGNAL:
        assert sorted(path.name for path in out.parent.iterdir()) == ["out"]
        assert told == ""
    assert whole_run(out, NEW, tmp_path) == new
    assert sorted(path.name for path in out.parent.iterdir()) == ["out"]
