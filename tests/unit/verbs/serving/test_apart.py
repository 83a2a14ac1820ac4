"""Workbooks are read in children: one that is slow, large or deadly ends its child and not the server."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from coercivity.verbs.serving.firms import answers
from coercivity.verbs.serving.firms.answers import StopsAsked, stops_answer
from coercivity.verbs.serving.firms.apart import Children, OwnMistakeError
from coercivity.verbs.serving.problems import RefusedError

GIB = 2**30


@pytest.fixture
def children() -> Iterator[Children]:
    made = Children(limit_s=1.0, wait_s=0.0, most_bytes=2 * GIB)
    yield made
    made.end()


def code_of(children: Children, *work: object) -> str:
    function, *words = work
    assert callable(function)
    with pytest.raises(CoercivityError) as told:
        children.run(function, *words)
    return told.value.faults[0].code


def test_the_child_is_another_process_and_kept(children: Children) -> None:
    first, again = children.run(os.getpid), children.run(os.getpid)
    assert first == again
    assert first != os.getpid()


def test_a_slow_workbook_is_told_and_the_next_one_is_read(children: Children) -> None:
    assert code_of(children, time.sleep, 60) == "UPLOAD-TIME"
    assert children.run(len, "abc") == 3


def test_a_large_one_is_told_and_the_next_one_is_read_by_a_new_child(children: Children) -> None:
    before = children.run(os.getpid)
    assert code_of(children, bytearray, 4 * GIB) == "UPLOAD-MEMORY"
    assert children.run(os.getpid) != before


def test_a_child_that_dies_is_told(children: Children) -> None:
    assert code_of(children, os._exit, 9) == "UPLOAD-MEMORY"


def test_an_error_of_our_own_is_not_told_as_one_of_the_workbook(children: Children) -> None:
    """The server answers it as an internal error; the next workbook is read by the same child."""
    before = children.run(os.getpid)
    with pytest.raises(OwnMistakeError, match="invalid literal for int"):
        children.run(int, "x")
    assert children.run(os.getpid) == before


def test_more_than_can_be_read_at_once_are_refused() -> None:
    children = Children(wait_s=0.0)
    for _ in range(2):
        assert children._turn.acquire(blocking=False)
    with pytest.raises(RefusedError) as told:
        children.run(os.getpid)
    assert told.value.fault.code == "UPLOAD-BUSY"


def test_a_fault_without_a_place_names_the_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> None:
        raise CoercivityError.of("UPLOAD-TIME", "it could not be read in time")

    monkeypatch.setattr(answers, "apart", late)
    with pytest.raises(CoercivityError) as told:
        stops_answer(StopsAsked(Content.of("mine.yaml", "")))
    assert told.value.faults[0].where == "mine.yaml"


def test_the_faults_of_a_workbook_come_back_with_their_places() -> None:
    source = Content.of("firm.yaml", '{"stock": [{"plant": "GRZ", "part": "M3", "quantity_kg": "much"}]}')
    with pytest.raises(CoercivityError) as told:
        stops_answer(StopsAsked(source))
    assert any(fault.where.startswith("stock entry 1") for fault in told.value.faults)
