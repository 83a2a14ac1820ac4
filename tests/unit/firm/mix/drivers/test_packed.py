"""The small file of draws: what goes in comes out, and nothing else is taken for it."""

from __future__ import annotations

import json

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.firm.mix.drivers.packed import MOST_BYTES, packed_text, read_packed
from tests.places import ROOT
from tests.unit.firm.mix.drivers.made import two_paths

EXAMPLE = ROOT / "examples" / "ev-motor" / "draws.json"


def test_what_goes_in_comes_out_with_the_same_bytes() -> None:
    text = packed_text(two_paths())
    found = read_packed(text.encode(), "made")
    assert found.packed
    assert (found.paths, found.months, found.queues) == (two_paths().paths, two_paths().months, two_paths().queues)
    assert list(found.paths) == ["lapsed", "extended:2027-11-10"]
    assert packed_text(found) == text


def test_the_example_is_small_and_whole() -> None:
    content = EXAMPLE.read_bytes()
    found = read_packed(content, EXAMPLE.name)
    assert len(content) < 200_000
    assert packed_text(found).encode() == content
    assert found.draws == 64


def test_an_edited_number_is_refused() -> None:
    text = packed_text(two_paths()).replace("30", "31", 1)
    with pytest.raises(CoercivityError, match="hash does not fit"):
        read_packed(text.encode(), "made")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a file of draws"),
        (b"[1]", "not a file of draws"),
        (b'{"schema": "coercivity/draws/1"}', "not a file of draws"),
        (b"\xff\xfe", "not a file of draws"),
        (b" " * (MOST_BYTES + 1), "more than"),
    ],
)
def test_other_files_are_refused(content: bytes, why: str) -> None:
    with pytest.raises(CoercivityError, match=why) as caught:
        read_packed(content, "x.json")
    assert caught.value.faults[0].where == "x.json"


def test_a_series_that_is_too_short_is_refused() -> None:
    """The hash fits, but a draw lacks a month."""
    from coercivity.firm.mix.drivers.packed import _hash

    body = json.loads(packed_text(two_paths()))
    body.pop("sha256")
    body["paths"][0]["draws"][0]["granted"] = "1 2 3"
    text = json.dumps({**body, "sha256": _hash(body)})
    with pytest.raises(CoercivityError, match="a number for each month"):
        read_packed(text.encode(), "made")
