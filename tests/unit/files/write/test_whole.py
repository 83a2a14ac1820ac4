"""Results are written completely or not at all, at whichever moment a process is killed."""

from __future__ import annotations

import errno
import json
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.files.write import whole_set
from coercivity.files.write.lock import held
from coercivity.files.write.whole import in_place, write_file
from coercivity.files.write.whole_set import write_set
from tests.unit.files.write.kill_at_each_step import NEW, OLD, OWN

STEPS = Path(__file__).with_name("kill_at_each_step.py")
KEPT = {f"out/{name}": content.decode() for name, content in OWN.items()}
WHOLE_OLD = {f"out/{name}": content.decode() for name, content in OLD.items()} | KEPT
WHOLE_NEW = {f"out/{name}": content.decode() for name, content in NEW.items()} | KEPT


def steps(room: Path, folder: str) -> list[dict[str, dict[str, str]]]:
    """What was found after a kill before each step, and after the run that followed."""
    done = subprocess.run([sys.executable, STEPS, room, folder], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def shown(found: dict[str, str]) -> dict[str, str]:
    """What is found without the hidden drafts, which the next run removes."""
    return {name: text for name, text in found.items() if ".part" not in name}


def test_at_each_step_of_a_killed_run_the_old_or_the_new_set_is_found(tmp_path: Path) -> None:
    found = steps(tmp_path / "room", "free")
    assert len(found) > 50
    assert all(shown(step["after"]) in (WHOLE_OLD, WHOLE_NEW) for step in found)
    assert any(step["after"] != step["again"] for step in found)
    assert all(step["again"] == WHOLE_NEW for step in found)


def test_in_a_folder_that_cannot_change_its_name_each_file_is_whole_and_the_next_run_ends_it(tmp_path: Path) -> None:
    found = steps(tmp_path / "room", "fixed")
    assert len(found) > 50
    either = {name: {WHOLE_OLD.get(name), WHOLE_NEW.get(name)} for name in {**WHOLE_OLD, **WHOLE_NEW}}
    either["out/list"].add("both")
    for step in found:
        assert all(text in either[name] for name, text in shown(step["after"]).items())
        assert shown(step["after"]).items() >= KEPT.items()
    assert all(step["again"] == WHOLE_NEW for step in found)


def test_a_set_is_written_where_nothing_lies_yet(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert write_set(folder, {"x": b"1", "d/y": b"2"}) == (folder / "x", folder / "d/y")
    assert (folder / "d/y").read_bytes() == b"2"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "b", "d", "x", "y"]


def test_files_of_others_stay_the_same_files(tmp_path: Path) -> None:
    (tmp_path / "out/sub").mkdir(parents=True)
    (tmp_path / "out/sub/notes").write_text("mine")
    (tmp_path / "out/link").symlink_to("nowhere")
    (tmp_path / "out").chmod(0o750)
    number = (tmp_path / "out/sub/notes").stat().st_ino
    write_set(tmp_path / "out", {"page": b"1"})
    assert (tmp_path / "out/sub/notes").stat().st_ino == number
    assert os.readlink(tmp_path / "out/link") == "nowhere"
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o750


def test_a_folder_of_the_old_set_that_holds_nothing_more_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("once", "turn"):
        folder = tmp_path / name
        write_set(folder, {"parts/a": b"1", "list": b"1"})
        if name == "turn":
            monkeypatch.chdir(folder)
        write_set(folder, {"list": b"2"}, gone=["parts/a"])
        monkeypatch.undo()
        assert [path.name for path in folder.iterdir()] == ["list"]


def test_a_link_leads_to_the_place_and_stays(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    write_set(tmp_path / "link", {"page": b"1"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real/page").read_bytes() == b"1"
    (tmp_path / "file").symlink_to("real/page")
    write_file(tmp_path / "file", b"2")
    assert (tmp_path / "real/page").read_bytes() == b"2"


@pytest.mark.parametrize("path", ["/dev/null", "/dev"])
def test_what_is_no_plain_file_is_not_replaced(path: str) -> None:
    with pytest.raises(CoercivityError, match="OUT"):
        write_file(Path(path), b"")
    assert Path(path).exists()
    assert not Path(path).is_file()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
@pytest.mark.parametrize("fixed", [False, True])
def test_a_full_disk_is_a_fault_and_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, *, fixed: bool
) -> None:
    write_set(tmp_path / "out", {"page": b"old", "twin": b"old"})
    if fixed:
        monkeypatch.chdir(tmp_path / "out")

    def full(path: Path) -> None:
        if path.name == "twin":
            raise OSError(number, os.strerror(number))

    monkeypatch.setattr(whole_set, "sync", full)
    with pytest.raises(CoercivityError, match=os.strerror(number)) as told:
        write_set(tmp_path / "out", {"page": b"new", "twin": b"new"})
    assert told.value.code == "OUT"
    with pytest.raises(CoercivityError, match="OUT"):
        write_set(tmp_path / "fresh/deep", {"twin": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == {
        "page": b"old",
        "twin": b"old",
    }
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_a_file_that_grows_past_what_is_allowed_leaves_no_draft(tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with pytest.raises(CoercivityError, match="too large"):
            write_file(tmp_path / "page", b"new" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"page": b"old"}


def test_an_error_of_the_program_leaves_no_draft(tmp_path: Path) -> None:
    def half() -> None:
        with in_place(tmp_path / "page") as draft:
            draft.write_bytes(b"half")
            _ = 1 // 0

    with pytest.raises(ZeroDivisionError):
        half()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("number", [errno.EXDEV, errno.ENOSYS, errno.EBUSY, errno.EINVAL])
def test_a_file_system_without_the_step_gets_the_files_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def never(one: Path, other: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(whole_set, "_exchange", never)
    write_set(tmp_path / "out", {"page": b"old", "more/a": b"old"})
    write_set(tmp_path / "out", {"page": b"new"}, gone=["more/a"])
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")} == {"out", "out/page"}
    assert (tmp_path / "out/page").read_bytes() == b"new"


def test_what_is_put_into_the_folder_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_set(tmp_path / "out", {"page": b"old"})
    swap = whole_set._exchange

    def late(one: Path, other: Path) -> None:
        (other / "late").write_bytes(b"mine")
        swap(one, other)

    monkeypatch.setattr(whole_set, "_exchange", late)
    write_set(tmp_path / "out", {"page": b"new"})
    assert (tmp_path / "out/late").read_bytes() == b"mine"


# one at a time


def test_the_second_run_is_told_who_holds_the_place(tmp_path: Path) -> None:
    told: list[str] = []

    def second() -> None:
        with pytest.raises(CoercivityError) as error, held(tmp_path / "." / "out"):
            told.append("held twice")
        told.append(error.value.text())

    with held(tmp_path / "out"):
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert len(told) == 1
    assert "OUT-BUSY" in told[0]
    assert f"process {os.getpid()}" in told[0]
    with held(tmp_path / "out"), held(tmp_path / "other"):
        pass


def test_the_lock_of_a_killed_process_ends_with_it(tmp_path: Path) -> None:
    code = "import sys,time,pathlib\nfrom coercivity.files.write.lock import held\n"
    code += "with held(pathlib.Path(sys.argv[1])):\n print('held', flush=True)\n time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(CoercivityError, match=f"process {process.pid}"), held(tmp_path):
            pass
        process.kill()
    with held(tmp_path):
        assert not list(tmp_path.iterdir())


def test_a_draft_of_a_killed_run_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / ".page.part").write_bytes(b"half")
    (tmp_path / ".out.part").mkdir()
    (tmp_path / ".out.part/page").write_bytes(b"half")
    write_file(tmp_path / "page", b"1")
    write_set(tmp_path / "out", {"page": b"1"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "page"]


def test_a_folder_in_the_place_of_a_file_is_left_untouched(tmp_path: Path) -> None:
    """Somebody keeps something there; the other files stay as they were too."""
    (tmp_path / "brief.html").mkdir()
    (tmp_path / "brief.html/mine.txt").write_text("kept", encoding="utf-8")
    (tmp_path / "brief.json").write_text("old", encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        write_set(tmp_path, {"brief.html": b"new", "brief.json": b"new"})
    assert caught.value.faults[0].code == "OUT"
    assert "brief.html is a folder there" in caught.value.faults[0].what
    assert (tmp_path / "brief.html/mine.txt").read_text(encoding="utf-8") == "kept"
    assert (tmp_path / "brief.json").read_text(encoding="utf-8") == "old"
