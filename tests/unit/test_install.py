"""What `make setup` shows while it works."""

from __future__ import annotations

import io
import sys
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools import install
from tools.install import Display


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Says so."""
        return True


def test_a_file_gets_few_lines_and_a_terminal_one() -> None:
    """Logs stay short; on a terminal the line is written over."""
    log, terminal = io.StringIO(), Terminal()
    for out in (log, terminal):
        display = Display(out)
        for number in range(5):
            display.show(f"downloading: {number} of at most 131 packages")
        display.show("126 packages installed", final=True)
    assert [line.split(",")[0].strip() for line in log.getvalue().splitlines()] == [
        "downloading: 0 of at most 131 packages",
        "126 packages installed",
    ]
    assert terminal.getvalue().count("\n") == 1
    assert terminal.getvalue().count("\r") == 6


def test_an_installer_that_fails_is_quoted(tmp_path: Path) -> None:
    """Its code is returned and all that it said is shown."""
    code = "print('Collecting polars'); print('ERROR: THESE PACKAGES DO NOT MATCH THE HASHES'); raise SystemExit(3)"
    out = io.StringIO()
    assert install._watched([sys.executable, "-c", code], tmp_path / "bin/python", 131, Display(out)) == 3
    assert "THESE PACKAGES DO NOT MATCH THE HASHES" in out.getvalue()


def test_nothing_beyond_the_lock_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock names every package; the pip of Python 3.11 gives up on one that is required with an extra as well."""
    asked: list[list[str]] = []

    def told(command: list[str], *_: object) -> int:
        asked.append(command)
        return 1

    monkeypatch.setattr(install, "_watched", told)
    monkeypatch.setattr(install, "_has_pip", lambda _: True)
    assert install.install(tmp_path, install.ROOT / "requirements.lock", Display(io.StringIO())) == 1
    assert {"--no-deps", "--require-hashes"} <= set(asked[0])


def test_every_package_that_another_needs_is_in_the_lock() -> None:
    """The installer looks for none, so one that the lock left out would be missing."""
    lock = (install.ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    named = {_name(line.split("==")[0].partition("[")[0]) for line in lock if "==" in line}
    missing = []
    for package in sorted(named):
        try:
            needs = metadata.requires(package) or []
        except metadata.PackageNotFoundError:  # of another system or version of Python
            continue
        for need in map(Requirement, needs):
            wanted = need.marker is None or need.marker.evaluate({"extra": ""})
            if wanted and _name(need.name) not in named:
                missing.append(f"{package} needs {need}")
    assert missing == []


def _name(package: str) -> str:
    return package.strip().lower().replace("_", "-").replace(".", "-")


def test_packages_of_a_folder_count_as_those_of_an_index(tmp_path: Path) -> None:
    """Pip names them otherwise: with a folder of wheels none was counted."""
    code = "import time; print('Processing a.whl'); print('Collecting b', flush=True); time.sleep(1.2)"
    terminal = Terminal()
    assert install._watched([sys.executable, "-c", code], tmp_path / "bin/python", 131, Display(terminal)) == 0
    assert "downloading: 2 of at most 131 packages" in terminal.getvalue()


def test_installed_packages_are_counted_where_they_are(tmp_path: Path) -> None:
    """A folder of each distribution, as the systems lay them out."""
    for name in ("lib/python3.11/site-packages/polars-2.0.dist-info", "Lib/site-packages/numpy-2.0.dist-info"):
        (tmp_path / name).mkdir(parents=True)
    assert install._installed(tmp_path) == 2


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    """An environment is made anew in its own folder, never in somebody's documents."""
    thesis = tmp_path / "thesis.txt"
    thesis.write_text("years of work", encoding="utf-8")
    out = io.StringIO()
    assert install.install(tmp_path, install.ROOT / "requirements.lock", Display(out)) == 1
    assert "nothing was changed" in out.getvalue()
    assert thesis.read_text(encoding="utf-8") == "years of work"


@pytest.mark.parametrize(("new", "told"), [(-1, 0), (0, 0), (125, 125), (126, 126), (128, 126)])
def test_no_more_packages_are_installed_than_found(new: int, told: int) -> None:
    """The tools of a new environment, or both versions of an update, do not count beyond the total."""
    assert install._progress(new, 126) == f"installing: {told} of 126 packages"


def test_packages_that_were_there_before_are_not_counted(tmp_path: Path) -> None:
    """Those of a new environment, such as pip."""
    (tmp_path / "lib/python3.11/site-packages/pip-25.0.dist-info").mkdir(parents=True)
    new = tmp_path / "lib/python3.11/site-packages/polars-2.0.dist-info"
    out = io.StringIO()
    code = f"import pathlib; pathlib.Path({str(new)!r}).mkdir()"
    assert install._watched([sys.executable, "-c", code], tmp_path / "bin/python", 131, Display(out)) == 0
    assert out.getvalue().splitlines()[-1].strip().startswith("1 packages installed")


def test_an_old_python_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is made."""
    monkeypatch.setattr(sys, "version_info", (3, 10, 0))
    assert install.main() == 1
    assert "Python 3.11 or newer is needed" in capsys.readouterr().err


def _pinned(lock: str) -> dict[str, str]:
    lines = (install.ROOT / lock).read_text(encoding="utf-8").splitlines()
    return {name: rest for line in lines if "==" in line for name, rest in [line.split(" ")[0].split("==")]}


def test_the_lock_of_use_is_a_part_of_the_whole_lock() -> None:
    """Who runs the program and who develops it have the same versions; the tools of tests are in the whole lock only."""
    used, whole = _pinned("requirements-use.lock"), _pinned("requirements.lock")
    assert used.items() <= whole.items()
    assert {"polars", "typst", "uvicorn", "hatchling"} <= used.keys()
    assert "pytest" not in used
    assert "pytest" in whole
