"""Uploads are stored under a hash and an extension of ours, within a quota; names of programs are rejected."""

from __future__ import annotations

import errno
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.http.app import make_api
from coercivity.verbs.serving import stored
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.problems import RefusedError
from coercivity.verbs.serving.stored import StorageQuota, checked_name, clear_parts, make_room, on_its_way
from tests.unit.http.conftest import BASE

TABLE = b"id,date,material,composition,from,to\n1,2025-06-16,NdFeB magnets,Dy 1.8 %,CN,DE\n"
CASE = {"case.yaml": b"id: x\n", "transactions.csv": b"id\n1\n"}


def sent(client: TestClient, name: str, content: bytes = TABLE) -> Any:
    return client.post("/api/uploads", files={"file": (name, content)})


@pytest.mark.parametrize(
    "name",
    [
        *("json.py", "JSON.PY", "a.pyc", "a.pyd", "x.pth", "x.so", "x.dll", "x.exe", "x.sh", "x.js", "x.pyz"),
        *("json.py.csv", "table.csv.py", "json.py ", "json.py.", "a . py"),
        *(".htaccess", ".csv", "..", "...", " .csv", "~table.csv"),
        *("con", "CON.csv", "nul.txt", "com1.csv", "LPT9.xlsx", "aux .csv"),
        *("../a.csv", "a/b.csv", "C:\\a.csv", "\\\\host\\a.csv", "C:a.csv", "table.csv:stream"),
        *("a\x1b[2J.csv", "a\u202evsc.py", "a\u200b.csv", "a\u2028.csv", "\ud800.csv"),
    ],
)
def test_a_name_that_is_code_or_hidden_or_leads_elsewhere_is_refused(name: str) -> None:
    with pytest.raises(Exception, match="UPLOAD-NAME"):
        checked_name(name)


@pytest.mark.parametrize("name", ["json.py", "sitecustomize.pyc", ".csv", "con.csv", "a\u202e.csv", "x.so"])
def test_the_door_says_so_and_keeps_nothing(name: str, client: TestClient, places: Places) -> None:
    answer = sent(client, name)
    assert (answer.status_code, answer.json()["code"]) == (422, "UPLOAD-NAME")
    assert not [path for path in places.state.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "extension"),
    [
        ("t.csv", ".csv"),
        ("库存 表.XLSX", ".xlsx"),
        ("t.tsv", ".tsv"),
        ("t.parquet", ".parquet"),
        ("table", ".table"),
        ("t.csv.bak", ".table"),
        ("t.html", ".table"),
        ("standing.yaml", ".yaml"),
    ],
)
def test_a_file_lies_under_a_hash_and_an_extension_of_ours(
    name: str, extension: str, client: TestClient, places: Places
) -> None:
    """The name that was sent is shown, and is no file."""
    answer = sent(client, name).json()
    assert answer["name"] == name
    assert places.upload(answer["id"]).path == places.uploads / answer["id"] / f"{answer['id']}{extension}"
    assert not list(places.state.rglob(name))


def test_a_long_name_is_cut_in_front() -> None:
    assert checked_name("x" * 500 + ".csv") == "x" * 76 + ".csv"


def of(places: Places, entries: int = 512, size_bytes: int = 2**32) -> TestClient:
    small = Places(places.state, quota=StorageQuota(entries, size_bytes))
    return TestClient(make_api(small), base_url=BASE)


def test_the_oldest_upload_gives_way_to_the_newest(places: Places) -> None:
    client = of(places, entries=3)
    ids = []
    for number in range(5):
        ids.append(sent(client, "t.csv", TABLE + b"2,,,,CN,DE\n" * number).json()["id"])
        os.utime(places.uploads / ids[-1], (number, number))
    assert [client.get(f"/api/uploads/{one}").status_code for one in ids] == [404, 404, 200, 200, 200]


def test_case_folders_have_the_same_quota(places: Places) -> None:
    client = of(places, entries=4)
    for number in range(12):
        files = [("files", (name, content + b"#" * number)) for name, content in CASE.items()]
        assert client.post("/api/cases/folders", files=files).status_code == 200
    assert len(list(places.uploads.iterdir())) <= 4


def test_a_file_that_no_room_can_be_made_for_is_refused_with_a_code(places: Places) -> None:
    answer = sent(of(places, size_bytes=10), "t.csv")
    assert (answer.status_code, answer.json()["code"]) == (507, "UPLOAD-QUOTA")
    assert not list(places.uploads.iterdir())


def test_an_upload_that_a_run_reads_is_not_removed(places: Places) -> None:
    full = Places(places.state, quota=StorageQuota(1, 2**32))
    client = TestClient(make_api(full), base_url=BASE)
    first = sent(client, "t.csv").json()["id"]
    full.pins.append(lambda: {first})
    answer = sent(client, "u.csv")
    assert (answer.status_code, answer.json()["code"]) == (507, "UPLOAD-QUOTA")
    assert client.get(f"/api/uploads/{first}").status_code == 200


def test_looks_have_a_quota(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coercivity.verbs.serving.look.LOOKS", StorageQuota(2, 2**20))
    client = of(places)
    upload = sent(client, "t.csv").json()["id"]
    for delimiter in (",", ";", "|"):
        client.get(f"/api/uploads/{upload}", params={"delimiter": delimiter, "header_rows": "1"})
    assert 0 < len(list(places.looks.iterdir())) <= 2


async def full_disk() -> AsyncIterator[bytes]:
    yield b"id\n"
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.anyio
async def test_a_full_disk_is_told_and_leaves_nothing(places: Places) -> None:
    with pytest.raises(RefusedError) as refused:
        await places.keep("t.csv", full_disk())
    assert (refused.value.status, refused.value.fault.code) == (507, "UPLOAD-ROOM")
    assert not list(places.uploads.iterdir())


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def test_what_was_on_its_way_when_the_server_was_killed_is_cleared(tmp_path: Path) -> None:
    with on_its_way(tmp_path) as part:
        (part / "half").write_bytes(b"x")
        (tmp_path / "whole").mkdir()
        clear_parts(tmp_path)
        assert [entry.name for entry in tmp_path.iterdir()] == ["whole"]


def test_room_is_made_by_age_alone(tmp_path: Path) -> None:
    for age, name in enumerate(("c", "a", "b")):
        (tmp_path / name).write_bytes(b"x" * 10)
        os.utime(tmp_path / name, (age, age))
    with on_its_way(tmp_path) as part:
        (part / "new").write_bytes(b"x" * 10)
        make_room(tmp_path, part, StorageQuota(9, 25), ("c",))
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["c"]
    assert stored.UPLOADS.size_bytes == 4 * 2**30
