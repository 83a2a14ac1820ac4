"""Answers that a server keeps: the same question asked by several at once is computed once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.verbs.serving.firms.latest import Latest

ASKING = 5


class Work:
    """Work that is done only when all others ask for it."""

    def __init__(self, fault: str = "") -> None:
        self.begun, self.go, self.times, self.fault = Event(), Event(), 0, fault

    def __call__(self) -> int:
        self.times += 1
        self.begun.set()
        assert self.go.wait(30)
        if self.fault:
            raise CoercivityError.of(self.fault, "no plan")
        return 7


def asked_by_all(latest: Latest[int], work: Work) -> list[object]:
    """Returns the answers, or the codes of the faults, of several threads that ask at once."""
    with ThreadPoolExecutor(ASKING) as pool:
        first = pool.submit(latest.found, ("key",), work)
        assert work.begun.wait(30)
        others = [pool.submit(latest.found, ("key",), work) for _ in range(ASKING - 1)]
        work.go.set()
        told: list[object] = []
        for each in (first, *others):
            error = each.exception()
            told.append(error.faults[0].code if isinstance(error, CoercivityError) else each.result())
    return told


def test_one_computes_and_all_have_the_answer() -> None:
    work = Work()
    assert asked_by_all(Latest(), work) == [7] * ASKING
    assert work.times == 1


def test_who_asks_while_it_is_computed_waits_for_it() -> None:
    """Nobody begins a second time before the first has ended."""
    latest, work = Latest[int](), Work()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(latest.found, ("key",), work)
        assert work.begun.wait(30)
        second = pool.submit(latest.found, ("key",), lambda: 8)
        other = pool.submit(latest.found, ("key",), lambda: 9)
        work.go.set()
        assert [first.result(30), second.result(30), other.result(30)] == [7, 7, 7]


def test_another_question_does_not_wait() -> None:
    latest, work = Latest[int](), Work()
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(latest.found, ("key",), work)
        assert work.begun.wait(30)
        assert latest.found(("another",), lambda: 8) == 8
        assert latest.found(None, lambda: 9) == 9
        work.go.set()
        assert first.result(30) == 7


def test_a_fault_is_told_to_all_and_not_kept() -> None:
    latest, work = Latest[int](), Work("INFEASIBLE")
    assert "INFEASIBLE" in asked_by_all(latest, work)
    assert latest.found(("key",), lambda: 3) == 3


def test_the_oldest_answer_is_forgotten() -> None:
    latest = Latest[int](most=2)
    for key in ("a", "b", "c"):
        latest.found((key,), lambda: 1)
    assert latest.found(("c",), lambda: 2) == 1
    with pytest.raises(ZeroDivisionError):
        latest.found(("a",), lambda: 1 // 0)
