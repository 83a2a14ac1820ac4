"""`decide` over HTTP: the same hash as on the command line, and streams of deals."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.cli.app import main
from coercivity.http.decide import MOST_LINE_BYTES, _answers, _lines

LINES = "/api/decide/lines"
STANDING = {
    "said_by": "engineer 1",
    "said_on": "transaction date",
    "facts": {"party_sets": [], "military_user": "false", "military_use": "false", "knowledge": "none"},
    "lists": ["control_list", "watch_list"],
    "version": "of the day",
}
STANDING_YAML = """
standing:
  said_by: engineer 1
  said_on: transaction date
  screened: {lists: [control_list, watch_list], version: of the day}
  facts: {party_sets: [], military_user: 'false', military_use: 'false', knowledge: none}
"""


def yaml_of(deal: dict[str, Any], standing: str = "") -> str:
    """A file of one deal, written without help of the program."""
    lines = [standing, "deals:", f"- id: {deal['id']}", f"  on: '{deal['on']}'", "  facts:"]
    for name, value in deal["facts"].items():
        text = f"[{', '.join(value)}]" if isinstance(value, list) else f"'{value}'"
        lines.append(f"    {name}: {text}")
    return "\n".join(lines) + "\n"


@pytest.fixture
def by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    """What the command line answers to the same deal."""

    def ask(deal: dict[str, Any], standing: str = "") -> dict[str, Any]:
        path = tmp_path / "deals.yaml"
        path.write_text(yaml_of(deal, standing), encoding="utf-8")
        main(["decide", str(path), "--json"])
        (found,) = json.loads(capsys.readouterr().out)
        return dict(found)

    return ask


@pytest.mark.parametrize("day", ["2025-04-03", "2025-08-15", "2026-11-10", "2026-11-12"])
@pytest.mark.parametrize("left_out", ["", "elements", "to"])
def test_an_answer_is_that_of_the_command_line(
    client: TestClient, d1: dict[str, Any], by_command: Callable[..., dict[str, Any]], day: str, left_out: str
) -> None:
    deal = {**d1, "on": day, "facts": {name: value for name, value in d1["facts"].items() if name != left_out}}
    there = client.post("/api/decide", json=deal).json()
    here = by_command(deal)
    assert len(here["proof"]["hash"]) == 64
    assert there == here


def test_a_standing_block_holds_as_in_a_file(
    client: TestClient, d1: dict[str, Any], by_command: Callable[..., dict[str, Any]]
) -> None:
    there = client.post("/api/decide", json={**d1, "standing": STANDING}).json()
    assert there == by_command(d1, STANDING_YAML)
    assert there["proof"]["hash"] != client.post("/api/decide", json=d1).json()["proof"]["hash"]
    assert there["proof"]["lists"]["searched"] == {"control_list": "of the day", "watch_list": "of the day"}


def test_the_shorter_address_is_the_same_door(client: TestClient, d1: dict[str, Any]) -> None:
    assert client.post("/decide", json=d1).content == client.post("/api/decide", json=d1).content


def test_a_deal_in_words_tells_how_they_were_understood(client: TestClient) -> None:
    cells = {"material": "sintered NdFeB block", "composition": "Dy 1.8 %, Nd+Pr 30 %", "from": "CN", "to": "Germany"}
    there = client.post("/api/decide", json={"cells": cells, "on": "2025-08-15"}).json()
    assert there["outcome"] == "LICENCE"
    assert any("'Germany' = Germany interpreted as DE" in note for note in there["notes"])
    assert there["facts_read"]["dy_mass_share"] == "0.018"
    again = client.post("/api/decide", json={"facts": there["facts_read"], "on": "2025-08-15"}).json()
    assert again["proof"]["hash"] == there["proof"]["hash"]


def test_a_deal_without_a_day_asks_for_it(client: TestClient, d1: dict[str, Any]) -> None:
    there = client.post("/api/decide", json={"facts": d1["facts"]}).json()
    assert (there["outcome"], there["ask"]) == ("UNKNOWN", "on")
    assert "proof" not in there


def test_the_same_deal_gives_the_same_bytes(client: TestClient, d1: dict[str, Any]) -> None:
    shuffled = {**dict(reversed(d1.items())), "facts": dict(reversed(d1["facts"].items()))}
    assert client.post("/api/decide", json=d1).content == client.post("/api/decide", json=d1).content
    there = [client.post("/api/decide", json=sent).json()["proof"]["hash"] for sent in (d1, shuffled)]
    assert there[0] == there[1]


def test_lines_are_answered_in_their_order_and_a_bad_one_is_told(client: TestClient, d1: dict[str, Any]) -> None:
    deals = [{**d1, "id": f"deal {number}", "on": f"2025-0{number}-15"} for number in range(1, 7)]
    sent = [json.dumps(deal) for deal in deals]
    sent[2], sent[4] = '{"facts": {"form": "magnett"}}', "{not json"
    sent.insert(1, "")
    answer = client.post(LINES, content="\n".join(sent).encode())
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    told = [json.loads(line) for line in answer.text.splitlines()]
    assert [entry.get("id") for entry in told] == ["deal 1", "deal 2", None, "deal 4", None, "deal 6"]
    assert [entry["instance"] for entry in told if "id" not in entry] == ["line 4", "line 6"]
    assert [entry["code"] for entry in told if "id" not in entry] == ["FACT-VALUE", "HTTP-FORM"]
    for deal, entry in zip(deals, told, strict=True):
        if "id" in entry:
            assert entry == client.post("/api/decide", json=deal).json()


@pytest.mark.parametrize("size", [MOST_LINE_BYTES + 1, MOST_LINE_BYTES * 4])
@pytest.mark.parametrize("ended", [b"", b"\n{}\n"])
def test_a_huge_line_ends_the_stream_and_what_came_before_is_answered(
    client: TestClient, d1: dict[str, Any], size: int, ended: bytes
) -> None:
    answer = client.post(LINES, content=json.dumps(d1).encode() + b"\n" + b"x" * size + ended)
    first, last = (json.loads(line) for line in answer.text.splitlines())
    assert first["outcome"] == "LICENCE"
    assert (last["status"], last["code"], last["instance"]) == (413, "HTTP-SIZE", "line 2")
    assert "256 KiB" in last["detail"]


def test_a_huge_line_that_never_ends_is_not_kept() -> None:
    """It is refused when it is too long, not when it ends."""
    taken = []

    async def endless() -> AsyncIterator[bytes]:
        while True:
            taken.append(1)
            yield b"x" * 2**16

    async def read() -> list[bytes]:
        return [line async for line in _answers(_lines(endless()))]

    (told,) = asyncio.run(read())
    assert json.loads(told)["code"] == "HTTP-SIZE"
    assert len(taken) == 5


def test_a_line_is_answered_before_the_next_is_sent(d1: dict[str, Any]) -> None:
    sent: list[int] = []
    answered: list[int] = []

    async def chunks() -> AsyncIterator[bytes]:
        for number in range(4):
            assert len(answered) == number
            sent.append(number)
            yield json.dumps(d1).encode() + b"\n"

    async def read() -> None:
        async for line in _answers(_lines(chunks())):
            answered.append(json.loads(line)["outcome"] == "LICENCE")

    asyncio.run(read())
    assert answered == [True] * 4


def test_a_line_may_be_cut_anywhere(d1: dict[str, Any]) -> None:
    text = (json.dumps({**d1, "id": "镝"}, ensure_ascii=False) + "\n").encode() * 3

    async def bytewise() -> AsyncIterator[bytes]:
        for place in range(len(text)):
            yield text[place : place + 1]

    async def read() -> list[Any]:
        return [json.loads(line)["id"] async for line in _answers(_lines(bytewise()))]

    assert asyncio.run(read()) == ["镝"] * 3


def test_a_key_that_stands_twice_is_refused(client: TestClient) -> None:
    """Readers of JSON differ in which of two they take, so neither is taken."""
    twice = '{"on": "2025-08-15", "facts": {"act": "goods", "military_use": "true", "military_use": "false"}}'
    answer = client.post("/api/decide", content=twice, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (422, "JSON-TWICE")
    line = client.post(LINES, content=twice, headers={"content-type": "application/x-ndjson"})
    assert json.loads(line.text.splitlines()[0])["code"] == "JSON-TWICE"
