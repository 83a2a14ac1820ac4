"""Writes a set of files repeatedly, killed before each disk operation; prints the state found.

`python kill_at_each_step.py ROOM fixed|free`: in a fixed folder, one in which the process works, names change one by one.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path

from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set

OLD = {"page": b"old page", "parts/a": b"old a", "parts/b": b"old b", "list": b"old list"}
NEW = {"page": b"new page", "parts/a": b"new a", "more/c": b"new c", "list": b"new list"}
OWN = {"notes": b"own notes", "parts/own": b"own part", "deep/er/own": b"deep"}
EVENTS = ("open", "os.", "shutil.", "ctypes.dlsym")


def laid(room: Path) -> Path:
    """A folder with an old set and somebody's own files."""
    shutil.rmtree(room, ignore_errors=True)
    for name, content in {**OLD, **OWN}.items():
        (room / "out" / name).parent.mkdir(parents=True, exist_ok=True)
        (room / "out" / name).write_bytes(content)
    return room / "out"


def write(out: Path) -> None:
    """Writes the new set."""
    with held(out):
        write_set(out, NEW, gone=["parts/b"], meanwhile={"list": b"both"})


def killed_at(out: Path, step: int) -> bool:
    """Whether the process was killed before it came to its end."""
    child = os.fork()
    if not child:
        seen = [0]

        def count(event: str, args: object) -> None:
            if event.startswith(EVENTS):
                seen[0] += 1
                if seen[0] == step:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        write(out)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def found(room: Path) -> dict[str, str]:
    """Every file below a folder."""
    paths = (path for path in sorted(room.rglob("*")) if path.is_file())
    return {path.relative_to(room).as_posix(): path.read_bytes().decode() for path in paths}


def main(room: Path, *, fixed: bool) -> None:
    """Prints a line of JSON a step: what was found after the kill, and after the next run."""
    step, going = 0, True
    while going:
        step += 1
        out = laid(room)
        os.chdir(out if fixed else room)
        going = killed_at(out, step)
        after = found(room)
        write(out)
        print(json.dumps({"after": after, "again": found(room)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), fixed=sys.argv[2] == "fixed")
