"""Limits of a request: origin, size and rate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from coercivity.http.app import make_api
from coercivity.http.limits import HEADERS, MIB, Bounds, Limits
from coercivity.http.problems import problem
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.problems import RefusedError
from tests.unit.http.conftest import BASE

SMALL = Bounds(body_bytes=1000, upload_bytes=10_000, requests_per_s=2, burst=3)
OWN = "http://127.0.0.1:8765"


def in_parts(size: int, part: int = 100) -> Iterator[bytes]:
    """A body whose size nobody announces."""
    for _ in range(size // part):
        yield b"x" * part


@pytest.fixture
def clock() -> list[float]:
    """The instant that the door believes it is [s]."""
    return [0.0]


@pytest.fixture
def door(clock: list[float]) -> TestClient:
    """A door with small bounds before an application that tells how much it read."""
    app = FastAPI()

    @app.exception_handler(RefusedError)
    async def told(request: Request, error: RefusedError) -> Response:
        return problem(error.status, (error.fault,), headers=error.headers)

    @app.post("/body")
    @app.post("/file")
    async def read(request: Request) -> int:
        return len(await request.body())

    @app.post("/json")
    async def parsed(content: dict[str, Any]) -> int:
        return len(content)

    return TestClient(
        Limits(app, bounds=SMALL, upload_paths=("/file",), now_s=lambda: clock[0]),
        base_url=BASE,
        raise_server_exceptions=False,
    )


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "127.0.0.1", "[::1]"])
def test_the_names_of_this_machine_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/api/scenarios", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *("rebound.example", "rebound.example:8765", "127.0.0.1.rebound.example", "localhost.rebound.example:8765"),
        *("127.0.0.1@rebound.example", "0.0.0.0:8765", "[::]:8765", "192.168.0.2", "", ":8765", "[::1]:1:2"),
    ],
)
@pytest.mark.parametrize("path", ["/api/scenarios", "/api/jobs", "/decide"])
def test_a_name_that_was_bent_to_this_machine_is_refused(client: TestClient, host: str, path: str) -> None:
    """A page of another site may make its own name lead here, but it cannot make the browser send ours."""
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == 400
    assert answer.json()["code"] == "HTTP-HOST"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://other.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://localhost:8765"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://[::1"},
        {"origin": "http://127.0.0.1:8765@other.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": OWN, "sec-fetch-site": "cross-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing(
    client: TestClient, d1: dict[str, Any], headers: dict[str, str]
) -> None:
    for answer in (
        client.post("/api/decide", json=d1, headers=headers),
        client.delete("/api/jobs/x", headers=headers),
        client.post("/api/outlook", json={"from": "2025-01", "to": "2025-01"}, headers=headers),
    ):
        assert answer.status_code == 403
        assert answer.json()["code"] == "HTTP-ORIGIN"
    assert client.get("/api/jobs").json() == []


@pytest.mark.parametrize(
    "headers",
    [{}, {"origin": OWN}, {"origin": OWN, "sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}],
)
def test_a_page_of_ours_and_a_program_are_answered(
    client: TestClient, d1: dict[str, Any], headers: dict[str, str]
) -> None:
    assert client.post("/api/decide", json=d1, headers=headers).status_code == 200


def test_no_other_site_may_read_an_answer(client: TestClient) -> None:
    answer = client.get("/api/scenarios", headers={"origin": "http://other.example", "sec-fetch-site": "cross-site"})
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    asked = client.options(
        "/api/decide", headers={"origin": "http://other.example", "access-control-request-method": "POST"}
    )
    assert asked.status_code == 405
    assert "access-control-allow-origin" not in asked.headers


@pytest.mark.parametrize(("path", "most"), [("/body", 1000), ("/file", 10_000)])
@pytest.mark.parametrize("made", [lambda size: b"x" * size, in_parts], ids=["announced", "in parts"])
def test_a_body_ends_at_its_bound(
    door: TestClient, clock: list[float], path: str, most: int, made: Callable[[int], Any]
) -> None:
    assert door.post(path, content=made(most)).json() == most
    refused = door.post(path, content=made(most + 100))
    assert refused.status_code == 413
    assert refused.json()["code"] == "HTTP-SIZE"
    assert refused.headers["connection"] == "close"


@pytest.mark.parametrize("size", ["1001", "9" * 18, "9" * 5000])
def test_a_size_that_is_announced_is_believed(door: TestClient, size: str) -> None:
    """Nothing of the body is read first."""
    assert door.post("/body", content=b"x", headers={"content-length": size}).status_code == 413


@pytest.mark.parametrize("size", ["²", "-1", "ten", "1.5", ""])
def test_a_size_that_is_no_number_breaks_nothing(door: TestClient, size: str) -> None:
    headers = {b"content-length": size.encode("latin-1")}
    assert door.post("/body", content=b"x", headers=headers).json() == 1


def test_a_body_of_json_that_nobody_announced_ends_at_its_bound_too(client: TestClient) -> None:
    refused = client.post(
        "/api/decide", content=in_parts(3 * MIB, MIB // 4), headers={"content-type": "application/json"}
    )
    assert refused.status_code == 413
    assert refused.json()["code"] == "HTTP-SIZE"
    assert "2 MiB" in refused.json()["detail"]


def test_a_bound_is_told_by_whoever_reads_the_body(door: TestClient) -> None:
    """The framework reads JSON itself, and would tell of a body that cannot be read."""
    assert door.post("/json", content=in_parts(2000), headers={"content-type": "application/json"}).status_code == 413


def test_a_client_that_asks_too_often_waits_and_another_does_not(door: TestClient, clock: list[float]) -> None:
    """Three at once, then two a second; time passes only where the test says so."""

    def ask(client: TestClient = door) -> int:
        return client.post("/body", content=b"x").status_code

    assert [ask() for _ in range(4)] == [200, 200, 200, 429]
    clock[0] = 0.5
    assert [ask(), ask()] == [200, 429]
    clock[0] = 1000.0
    assert [ask() for _ in range(4)] == [200, 200, 200, 429]
    other = TestClient(door.app, base_url=BASE, client=("127.0.0.2", 1))
    assert ask(other) == 200


def test_who_asks_too_often_is_told_when_to_come_again(door: TestClient) -> None:
    *_, refused = (door.post("/body", content=b"x") for _ in range(4))
    assert refused.headers["retry-after"] == "1"
    assert refused.json()["code"] == "HTTP-RATE"
    assert "2 requests a second" in refused.json()["detail"]


def test_the_door_keeps_no_list_of_clients_that_grows(clock: list[float]) -> None:
    app = Limits(FastAPI(), bounds=SMALL, now_s=lambda: clock[0])
    for number in range(3000):
        app._check_rate({"client": (f"client-{number}", 1)})
    assert len(app._buckets) <= 1025


def answers_of_every_kind(places: Places, d1: dict[str, Any]) -> Iterator[tuple[int, Any]]:
    """The status that is expected, and the answer."""
    app = make_api(places)
    client = TestClient(app, base_url=BASE, raise_server_exceptions=False)
    yield 200, client.post("/api/decide", json=d1)
    yield 200, client.post("/api/decide/lines", content=b"{}\n")
    yield 200, client.get("/api/openapi.json")
    yield 404, client.get("/nothing")
    yield 404, client.get("/api/jobs/none")
    yield 405, client.get("/api/decide")
    yield 422, client.post("/api/decide", json={"facts": {"no_such": "x"}})
    yield 422, client.post("/api/decide", content=b"{")
    yield 400, client.get("/api/jobs", headers={"host": "x.example"})
    yield 403, client.post("/api/decide", json=d1, headers={"origin": "http://x.example"})
    yield 413, client.post("/api/decide", content=b"x" * 3 * MIB)

    @app.get("/broken")
    def broken() -> int:
        raise ZeroDivisionError

    yield 500, client.get("/broken")


def test_every_answer_carries_the_same_seals(places: Places, d1: dict[str, Any]) -> None:
    """What went well and what went wrong: no page of another site may frame, read or keep it."""
    seen = []
    for status, answer in answers_of_every_kind(places, d1):
        assert answer.status_code == status, answer.text
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, status
        assert "server" not in answer.headers
        seen.append(status)
    assert len(seen) == 12
    policy = HEADERS["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http:" not in policy
    assert "*" not in policy


def test_a_mistake_of_ours_is_told_without_what_it_was(places: Places, d1: dict[str, Any]) -> None:
    (answer,) = (answer for status, answer in answers_of_every_kind(places, d1) if status == 500)
    assert answer.json()["code"] == "HTTP-BROKEN"
    assert "ZeroDivision" not in answer.text
    assert "Traceback" not in answer.text
