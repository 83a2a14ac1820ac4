"""A server with a full disk reports it and keeps nothing partial."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.problems import RefusedError
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
    assert (answer.status_code, answer.json()["code"]) == (507, "UPLOAD-ROOM")
    assert page.status_code == 507
    assert "<html" in page.text
    assert "Traceback" not in page.text
    assert sorted(places.uploads.rglob("*")) == before


def test_a_case_for_which_there_is_no_room_is_not_kept_by_half(places: Places) -> None:
    with full_after(1000), pytest.raises(RefusedError, match="507"):
        places.keep_case(list(CASE.items()))
    assert not list(places.state.rglob("*.csv"))
    kept = places.keep_case(list(CASE.items()))
    assert sorted(path.name for path in (places.uploads / kept).iterdir()) == sorted(CASE)
    assert places.keep_case(list(CASE.items())) == kept
