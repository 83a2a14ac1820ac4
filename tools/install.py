"""Makes the environment from the hashed lock and shows how far it is: `python tools/install.py FOLDER LOCK`.

It needs nothing but Python's own library, for it runs before anything is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
import venv
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
LEAST = (3, 11)
BETWEEN_LINES_S = 15.0  # where the output is a file
WIDTH = 79
FOUND = ("Collecting ", "Processing ")  # what pip says of a package of an index, and of one in a folder


class Display:
    """One line that changes on a terminal; elsewhere a new line now and then."""

    def __init__(self, out: IO[str]) -> None:
        self.out = out
        self.terminal = out.isatty()
        self.begun = time.monotonic()
        self.last = 0.0

    def step(self, text: str) -> None:
        """Prints what begins now."""
        self.out.write(f"{text}\n")
        self.out.flush()

    def show(self, text: str, *, final: bool = False) -> None:
        """Shows how far the current step is."""
        line = f"      {text}, {time.monotonic() - self.begun:.0f} s"[:WIDTH]
        if self.terminal:
            self.out.write(f"\r{line:{WIDTH}}" + ("\n" if final else ""))
        elif final or time.monotonic() - self.last >= BETWEEN_LINES_S:
            self.last = time.monotonic()
            self.out.write(f"{line}\n")
        self.out.flush()


def install(folder: Path, lock: Path, display: Display) -> int:
    """Makes the environment; returns 0, or the exit code of the installer, whose output is printed then."""
    uv = shutil.which("uv")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    display.step(f"[1/4] virtual environment in {folder} (Python {sys.version.split()[0]})")
    if folder.exists() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").is_file():
        display.step(f"{folder} exists and is not a virtual environment; nothing was changed")
        display.step("next: name another folder with VENV=, or empty it")
        return 1
    if not _has_pip(python):
        venv.create(folder, clear=True, with_pip=True, symlinks=os.name != "nt")
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    wanted = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if "==" in line)
    display.step(f"[2/4] packages from {lock.name}, each checked against its hash")
    installer = [uv, "pip"] if uv else [str(python), "-m", "pip"]
    whose = ["--python", str(python)] if uv else ["--progress-bar", "off", "--disable-pip-version-check"]
    lazily = [] if uv else ["--no-compile"]  # Python compiles what it imports, which is a tenth of what is installed
    code = _watched(
        [*installer, "install", *whose, *lazily, "--no-deps", "--require-hashes", "--requirement", str(lock)],
        python,
        wanted,
        display,
    )
    if code:
        return code
    display.step("[3/4] coercivity itself, editable")
    command = [*installer, "install", *whose, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        display.step(done.stdout + done.stderr)
        return done.returncode
    display.step("[4/4] compiling, and reading the law once")
    subprocess.run([str(python), "-m", "compileall", "-q", str(ROOT / "src")], check=False)
    fresh = "from coercivity.law.rules import load, parsed; parsed.forget(load.law_folder()); load.load_rulebook()"
    read = [str(python), "-c", fresh]
    done = subprocess.run(read, capture_output=True, text=True, check=False)
    if done.returncode:
        display.step(done.stderr)
        return done.returncode
    display.show("ready", final=True)
    return 0


def _has_pip(python: Path) -> bool:
    return (
        python.exists()
        and not subprocess.run([str(python), "-c", "import pip"], stderr=subprocess.DEVNULL, check=False).returncode
    )


def _installed(library: Path) -> int:
    """Returns how many packages are in an environment."""
    patterns = ("lib/python*/site-packages/*.dist-info", "Lib/site-packages/*.dist-info")
    return sum(1 for pattern in patterns for _ in library.glob(pattern))


def _progress(new: int, found: int) -> str:
    """Returns how many of the packages found are installed: never more than all, or fewer than none.

    An update has two folders of a package for a moment, and takes away one that was counted before.
    """
    return f"installing: {min(max(new, 0), found)} of {found} packages"


def _watched(command: list[str], python: Path, wanted: int, display: Display) -> int:
    """Runs the installer of packages and shows how many are found and how many are installed.

    Packages that were in the environment before, such as pip, are not counted.
    """
    said: list[str] = []
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    reader = threading.Thread(target=lambda: said.extend(process.stdout or ()))
    reader.start()
    library = python.parent.parent
    before = _installed(library)
    while process.poll() is None:
        found = sum(line.startswith(FOUND) for line in said)
        if any(line.startswith("Installing ") for line in said):
            display.show(_progress(_installed(library) - before, found))
        else:
            display.show(f"downloading: {found} of at most {wanted} packages")
        time.sleep(0.5)
    reader.join()
    if process.stdout is not None:
        process.stdout.close()
    if process.returncode:
        display.step("\n" + "".join(said))
        if "No matching distribution" in "".join(said) or "Failed to establish" in "".join(said):
            display.step("next: check the network or PIP_INDEX_URL, then run `make setup` again")
    else:
        new = _installed(library) - before
        display.show(f"{new} packages installed" if new > 0 else "packages up to date", final=True)
    return process.returncode


def main() -> int:
    """Reads the command line and installs."""
    if sys.version_info < LEAST:
        sys.stderr.write("Python 3.11 or newer is needed: make setup PYTHON=python3.11\n")
        return 1
    if len(sys.argv) != 3:  # the program and two arguments
        sys.stderr.write("usage: python tools/install.py FOLDER LOCK\n")
        return 2
    return install(Path(sys.argv[1]), ROOT / sys.argv[2], Display(sys.stdout))


if __name__ == "__main__":
    sys.exit(main())
