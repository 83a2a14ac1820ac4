"""The store on disk: what goes in comes out or nothing does, its limit, other writers, and every way it can fail."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.files.kept.envelope import MAGIC, opened, wrapped
from coercivity.files.kept.room import TAG
from coercivity.files.kept.store import DAMAGED, FULL, UNUSABLE, Store

KEY, OTHER = (hashlib.sha256(name).hexdigest() for name in (b"a", b"b"))
LARGE = 10**6


def key(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "below" / "coercivity"


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder, LARGE)


def path_of(store: Store, name: str = KEY) -> Path:
    return store.folder / f"{name}.kept"


@given(st.binary(max_size=300))
def test_content_comes_back_as_it_went_in(content: bytes) -> None:
    assert opened(KEY, wrapped(KEY, content)).content == content


@given(st.binary(max_size=300), st.data())
def test_no_changed_byte_and_no_lost_end_is_ever_used(content: bytes, data: st.DataObject) -> None:
    whole = wrapped(KEY, content)
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = bytearray(whole)
    changed[place] ^= data.draw(st.integers(1, 255))
    assert opened(KEY, bytes(changed)).content is None
    assert opened(KEY, whole[:place]).content is None
    assert opened(KEY, whole + b"\0").content is None
    assert opened(OTHER, whole).content is None


def test_a_result_is_there_for_the_next_process(store: Store, folder: Path) -> None:
    assert store.get(KEY) is None
    store.put(KEY, b"months")
    assert Store(folder, LARGE).get(KEY) == b"months"
    assert store.notices == []


def test_only_the_user_can_read_it(store: Store) -> None:
    store.put(KEY, b"months")
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(path_of(store).stat().st_mode) == 0o600


def test_backups_know_it_as_a_cache(store: Store) -> None:
    store.put(KEY, b"months")
    assert (store.folder / TAG).read_bytes().startswith(b"Signature: 8a477f597d28d172789f06886806bc55")


@pytest.mark.parametrize("name", ["", "../" + KEY, KEY.upper(), KEY + "0", "a" * 63])
def test_a_key_is_a_hash_and_no_path(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.put(name, b"")
    with pytest.raises(ValueError, match="not a SHA-256"):
        store.get(name)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda whole: whole[:-3],
    "empty": lambda whole: b"",
    "changed": lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
    "foreign": lambda whole: b"PAR1" + whole[4:],
    "another version": lambda whole: MAGIC + b"\x02\0\0\0" + whole[12:],
    "another key": lambda whole: wrapped(OTHER, b"months"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_not_used_but_told_once_and_replaced(store: Store, damage: str) -> None:
    for name in (KEY, OTHER):
        store.put(name, b"months")
        path_of(store, name).write_bytes(DAMAGES[damage](path_of(store, name).read_bytes()))
    path_of(store, OTHER).write_bytes(b"")
    assert store.get(KEY) is None
    assert store.get(OTHER) is None
    (notice,) = store.notices
    assert (notice.code, notice.where) == (DAMAGED, path_of(store).as_posix())
    assert "not used" in notice.what
    assert "calculated again" in notice.next
    store.put(KEY, b"months")
    assert store.get(KEY) == b"months"


def test_a_link_a_pipe_and_a_folder_in_place_of_a_file_are_not_read(store: Store, tmp_path: Path) -> None:
    store.put(KEY, b"months")
    elsewhere = tmp_path / "elsewhere"
    path_of(store).rename(elsewhere)
    path_of(store).symlink_to(elsewhere)
    assert store.get(KEY) is None
    path_of(store).unlink()
    os.mkfifo(path_of(store))
    assert store.get(KEY) is None
    path_of(store).unlink()
    path_of(store).mkdir()
    assert store.get(KEY) is None
    assert [notice.code for notice in store.notices] == [DAMAGED]


def unusable(store: Store) -> None:
    """It keeps nothing, says so once with place and next step, and never raises."""
    store.put(KEY, b"months")
    assert store.get(KEY) is None
    store.put(OTHER, b"months")
    assert store.entries() == (0, 0)
    assert store.clear() == (0, 0)
    (notice,) = store.notices
    assert (notice.code, notice.where) == (UNUSABLE, store.folder.as_posix())
    assert "COERCIVITY_CACHE" in notice.next


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "coercivity").write_text("mine")
    unusable(Store(tmp_path / "coercivity", LARGE))
    unusable(Store(tmp_path / "coercivity" / "below", LARGE))
    assert (tmp_path / "coercivity").read_text() == "mine"


def test_a_link_to_another_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "coercivity").symlink_to(tmp_path / "elsewhere")
    unusable(Store(tmp_path / "coercivity", LARGE))
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_folder_to_which_others_may_write(tmp_path: Path) -> None:
    (tmp_path / "coercivity").mkdir()
    (tmp_path / "coercivity").chmod(0o777)
    unusable(Store(tmp_path / "coercivity", LARGE))


def test_a_folder_of_another_user(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: store.folder.parent.parent.stat().st_uid + 1)
    unusable(store)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EDQUOT])
def test_a_full_or_read_only_folder_is_told_once_and_still_read(
    store: Store, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(KEY, b"months")

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", refuse)
    store.put(OTHER, b"months")
    store.put(key(3), b"months")
    (notice,) = store.notices
    assert notice.code == UNUSABLE
    assert os.strerror(number) in notice.what
    assert store.get(KEY) == b"months"
    assert store.get(OTHER) is None
    assert sorted(path.suffix for path in store.folder.iterdir() if path.name != TAG) == [".kept"]


def test_a_folder_removed_meanwhile(store: Store) -> None:
    store.put(KEY, b"months")
    for path in store.folder.iterdir():
        path.unlink()
    store.folder.rmdir()
    assert store.get(KEY) is None
    store.put(KEY, b"months")
    assert [notice.code for notice in store.notices] == [UNUSABLE]


def test_a_result_larger_than_the_limit_is_told(folder: Path) -> None:
    store = Store(folder, 1000)
    store.put(KEY, bytes(2000))
    store.put(OTHER, bytes(2000))
    assert [(n.code, n.where) for n in store.notices] == [(FULL, folder.as_posix())]
    assert "COERCIVITY_CACHE_MB" in store.notices[0].next
    assert store.entries() == (0, 0)


def aged(store: Store, number: int, seconds: int) -> None:
    when = time.time_ns() - seconds * 10**9
    os.utime(path_of(store, key(number)), ns=(when, when))


def test_the_least_recently_used_go_first(folder: Path) -> None:
    store = Store(folder, 3200)
    for number in range(3):
        store.put(key(number), bytes(900))
        aged(store, number, 100 - number)
    assert store.get(key(0)) is not None  # used just now
    store.put(key(3), bytes(900))
    assert [number for number in range(4) if path_of(store, key(number)).exists()] == [0, 2, 3]
    assert store.entries() == (3, 3 * len(wrapped(KEY, bytes(900))))


def test_it_never_grows_beyond_its_limit(folder: Path) -> None:
    most = 64_000
    store = Store(folder, most)
    for number in range(300):
        store.put(key(number), bytes(1000))
        assert store.entries()[1] <= most
    assert store.entries()[1] > most * 3 // 4
    assert store.get(key(299)) is not None
    assert store.get(key(0)) is None


def test_drafts_of_killed_processes_are_removed_and_files_of_others_are_not(store: Store) -> None:
    store.put(KEY, b"months")
    old, new = (store.folder / f".{OTHER}.{name}.part" for name in ("old", "new"))
    mine = store.folder / "notes.txt"
    for path in (old, new, mine):
        path.write_bytes(b"half")
    os.utime(old, ns=(10**9, 10**9))
    Store(store.folder, LARGE).put(OTHER, b"months")
    assert not old.exists()
    assert new.exists()
    count, _ = store.clear()
    assert count == 3
    assert sorted(path.name for path in store.folder.iterdir()) == [TAG, "notes.txt"]


WRITER = """
import hashlib, sys
from pathlib import Path
from coercivity.files.kept.store import Store
store = Store(Path(sys.argv[1]), 40_000)
for turn in range(3):
    for number in range(60):
        key = hashlib.sha256(str(number if number % 2 else (sys.argv[2], number)).encode()).hexdigest()
        held = store.get(key)
        assert held in (None, key.encode() * 10), held
        store.put(key, key.encode() * 10)
assert store.notices == [], store.notices
"""


def test_two_processes_write_the_same_and_different_results_at_once(folder: Path) -> None:
    command = [sys.executable, "-P", "-c", WRITER, str(folder)]
    both = [subprocess.Popen([*command, name], stderr=subprocess.PIPE, text=True) for name in "ab"]
    for process in both:
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
    store = Store(folder, 40_000)
    assert 0 < store.entries()[1] <= 40_000
    for path in folder.glob("*.kept"):
        assert store.get(path.stem) == path.stem.encode() * 10
    assert store.notices == []
    assert list(folder.glob(".*.part")) == []
