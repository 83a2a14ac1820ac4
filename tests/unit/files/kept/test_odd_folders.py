"""Folders in which there is something else too, and a cache that is cleared while it is in use."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from coercivity.files.kept.room import TAG
from coercivity.files.kept.store import UNUSABLE, Store
from tests.unit.files.kept.test_store import KEY, LARGE, OTHER, key, path_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "below" / "coercivity"


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder, LARGE)


def test_a_folder_and_a_pipe_with_the_name_of_a_result_are_left_alone(store: Store) -> None:
    store.put(KEY, b"months")
    path_of(store, OTHER).mkdir()
    os.mkfifo(path_of(store, key(3)))
    for path in (path_of(store, OTHER), path_of(store, key(3))):
        os.utime(path, ns=(1, 1))
    small = Store(store.folder, 200)
    small.put(key(4), bytes(100))
    assert small.notices == []
    assert small.clear()[0] == 1
    assert sorted(path.name for path in store.folder.iterdir()) == sorted(
        [TAG, path_of(store, OTHER).name, path_of(store, key(3)).name]
    )


def test_a_folder_with_files_of_others_stays_in_backups(folder: Path) -> None:
    folder.mkdir(parents=True, mode=0o700)
    (folder / "thesis.tex").write_text("mine")
    store = Store(folder, LARGE)
    store.put(KEY, b"months")
    assert store.get(KEY) == b"months"
    assert not (folder / TAG).exists()


def test_a_result_that_is_cleared_while_it_is_written_is_written_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = os.replace
    cleared: list[tuple[int, int]] = []

    def late(draft: str, path: Path) -> None:
        if not cleared:
            cleared.append(Store(store.folder, LARGE).clear())
        replace(draft, path)

    monkeypatch.setattr(os, "replace", late)
    store.put(KEY, b"months")
    assert cleared[0][0] == 1
    assert store.get(KEY) == b"months"
    assert store.notices == []


def test_a_folder_that_cannot_be_listed_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(KEY, b"months")

    def refuse(_: Path) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "scandir", refuse)
    assert store.entries() == (0, 0)
    assert [notice.code for notice in store.notices] == [UNUSABLE]
