"""A server whose disk is full says so, keeps nothing half, and leaves nothing behind when it is killed."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from coercivity.base.errors import CoercivityError
from coercivity.http.jobs import ASKED
from coercivity.http.places import Places
from coercivity.http.state_folder import PREFIX, state_folder
from coercivity.web.site import make_site
from tests.unit.http.conftest import BASE

BIG = b"id,material\n" + b"a,magnet\n" * 2000
CASE = {"case.yaml": b"label: {en: x}\n", "transactions.csv": b"id,on\n" * 2000}


@contextmanager
def full_after(size: int) -> Iterator[None]:
    """No file may grow past so many bytes, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def site(places: Places) -> Iterator[TestClient]:
    with TestClient(make_site(places), base_url=BASE) as client:
        yield client


def test_an_upload_for_which_there_is_no_room_is_told_and_not_kept(site: TestClient, places: Places) -> None:
    kept = site.post("/api/uploads", files={"file": ("a.csv", BIG[:100])})
    assert kept.status_code < 300
    before = sorted(places.uploads.rglob("*"))
    with full_after(1000):
        answer = site.post("/api/uploads", files={"file": ("b.csv", BIG)})
        page = site.post("/batch/upload", files={"file": ("b.csv", BIG)})
    assert (answer.status_code, answer.json()["code"]) == (507, "OUT")
    assert "too large" in answer.json()["detail"]
    assert page.status_code == 507
    assert "<html" in page.text
    assert "Traceback" not in page.text
    assert sorted(places.uploads.rglob("*")) == before


def test_a_case_for_which_there_is_no_room_is_not_kept_by_half(places: Places) -> None:
    with full_after(1000), pytest.raises(CoercivityError, match="OUT"):
        places.keep_case(list(CASE.items()))
    assert not list(places.state.rglob("*.csv"))
    kept = places.keep_case(list(CASE.items()))
    assert sorted(path.name for path in (places.uploads / kept).iterdir()) == sorted(CASE)
    assert places.keep_case(list(CASE.items())) == kept


def test_a_second_server_on_one_folder_is_told(tmp_path: Path) -> None:
    with state_folder(tmp_path), pytest.raises(CoercivityError, match="OUT-BUSY"), state_folder(tmp_path):
        pass


def test_results_of_a_server_that_was_killed_go_and_other_files_stay(tmp_path: Path) -> None:
    job, own = tmp_path / "jobs" / f"{'a' * 32}-1", tmp_path / "jobs" / "mine"
    for folder in (job, own):
        folder.mkdir(parents=True)
        (folder / ASKED).write_text("{}")
    with state_folder(tmp_path):
        assert not job.exists()
        assert own.is_dir()


def test_the_folder_of_a_killed_server_goes_and_that_of_a_living_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    code = "import sys,tempfile,time\ntempfile.tempdir=sys.argv[1]\n"
    code += "from coercivity.http.state_folder import state_folder\n"
    code += "with state_folder(None) as folder:\n print(folder, flush=True)\n time.sleep(60)"
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        killed = Path(process.stdout.readline().strip())
        (killed / "file").write_text("left")
        with state_folder(None) as folder:
            assert {folder, killed} == set(tmp_path.iterdir())
        assert killed.is_dir()
        assert not folder.exists()
        process.send_signal(signal.SIGKILL)
    time.sleep(0.1)
    with state_folder(None) as folder:
        assert list(tmp_path.iterdir()) == [folder]
        assert folder.name.startswith(PREFIX)
    assert not list(tmp_path.iterdir())
