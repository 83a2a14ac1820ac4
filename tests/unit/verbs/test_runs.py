"""Runs in processes: the same answers with any number of them, and every way one can fail."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import PACKED
from coercivity.files.kept.store import Store
from coercivity.market.results.run_answer import RunAnswer
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.runs import RunAsked
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, Lifted, capacities
from coercivity.verbs import runs
from coercivity.verbs.runs import answers_to

LAST = BEGIN + 1
BACK = "controls-back"


def question(assume: str = "lapsed", clause: str | None = None, name: str = BACK, tables: bool = True) -> RunQuestion:
    run = RunAsked(read_scenario(name, capacities()), "", assume)
    lifted = Lifted(clause, BEGIN) if clause is not None else None
    return RunQuestion(run, BEGIN, LAST, lifted=lifted, compared_from=BEGIN, tables=tables)


def answers(*questions: RunQuestion, store: Store | None = None, processes: int = 2) -> list[RunAnswer]:
    return answers_to(PACKED.book(), PACKED, questions, store=store, processes=processes)


@pytest.fixture(autouse=True)
def short_runs_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "LEAST_MONTHS", 1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache", 10**9)


@pytest.mark.long
def test_one_process_and_two_with_and_without_a_store_give_the_same(store: Store) -> None:
    asked = (question(), question(clause="a18-1c905", tables=False))
    told: list[tuple[int, int]] = []
    alone = answers(*asked, processes=1)
    both = answers_to(PACKED.book(), PACKED, asked, processes=2, progress=lambda *step: told.append(step))
    assert json.dumps(both) == json.dumps(alone)
    assert told[-1] == (4, 4)
    assert json.dumps(answers(*asked, store=store)) == json.dumps(alone)
    kept = store.entries()
    assert json.dumps(answers(*asked, store=store)) == json.dumps(alone)
    assert store.entries() == kept
    assert store.notices == []


def test_a_kept_answer_needs_no_run(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = question(tables=False)
    (made,) = answers(asked, store=store)

    def refuse(*_: object) -> None:
        raise AssertionError("it was run again")

    monkeypatch.setattr(runs, "answered", refuse)
    assert answers(asked, store=store) == [made]


@pytest.mark.parametrize(
    "other",
    [
        question("extended:2028-01-01"),
        question(clause="a18-1c905"),
        question(name="no-controls"),
        question(tables=False),
        RunQuestion(question().run, BEGIN, LAST + 1, compared_from=BEGIN),
        RunQuestion(question().run, BEGIN + 1, LAST, compared_from=BEGIN),
        RunQuestion(question().run, BEGIN, LAST),
        RunQuestion(question().run, BEGIN, LAST, PACKED.book().verified_through, compared_from=BEGIN),
    ],
)
def test_another_question_has_another_key(other: RunQuestion) -> None:
    assert question().key(PACKED.book()) == question().key(PACKED.book())
    assert other.key(PACKED.book()) != question().key(PACKED.book())


def test_faults_of_a_child_are_those_of_the_run() -> None:
    asked = [question("lapsd"), question("lapsd", tables=False)]
    with pytest.raises(CoercivityError) as alone:
        answers(*asked, processes=1)
    with pytest.raises(CoercivityError) as together:
        answers(*asked, processes=2)
    assert together.value.faults == alone.value.faults
    assert together.value.code == "ASSUME"


def children() -> list[int]:
    """The processes of this one that answer questions."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes().split(b"\0")
            status = (place.parent / "stat").read_text().rsplit(")", 1)[1].split()
        except (OSError, IndexError):
            continue
        if b"coercivity.verbs.run_child" in words and int(status[1]) == os.getpid():
            found.append(int(place.parent.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="it looks for processes in /proc")
@pytest.mark.parametrize("module", ["coercivity.verbs.no_such_module", "coercivity.verbs.leash"])
def test_a_child_that_dies_is_told_and_no_other_is_left(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_CHILD", module)
    with pytest.raises(CoercivityError) as caught:
        answers(question(), question(clause="a18-1c905"))
    (fault,) = caught.value.faults
    assert (fault.code, fault.where) == ("RUN-WORKER", "market runs")
    assert fault.next
    assert children() == []


@pytest.mark.skipif(sys.platform != "linux", reason="it looks for processes in /proc")
def test_killed_children_are_told_and_none_is_left() -> None:
    import threading

    def kill() -> None:
        end = time.monotonic() + 60
        while not (found := children()) and time.monotonic() < end:
            time.sleep(0.05)
        for process in found:
            os.kill(process, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(CoercivityError) as caught:
        answers(question(), question(clause="a18-1c905"))
    killer.join()
    assert caught.value.code == "RUN-WORKER"
    assert children() == []


INTERRUPTED = """
import sys
from coercivity.cases.arguments import PACKED
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.runs import RunAsked
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, capacities
from coercivity.verbs.runs import answers_to
run = RunAsked(read_scenario("controls-back", capacities()), "", "lapsed")
questions = [RunQuestion(run, BEGIN, BEGIN + last) for last in (30, 31)]
def told(done, whole):
    print(done, flush=True)
try:
    answers_to(PACKED.book(), PACKED, questions, processes=2, progress=told)
except KeyboardInterrupt:
    sys.exit(7)
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="it looks for processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_run_leaves_no_process_behind(number: signal.Signals) -> None:
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-P", "-c", INTERRUPTED], stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip().isdigit()
        mine = _below(process.pid)
        assert len(mine) == 2
        process.send_signal(number)
        process.stdout.read()
        assert process.wait(60) == (7 if number == signal.SIGINT else -number)
    end = time.monotonic() + 60
    while any(map(_runs, mine)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(_runs, mine))


def _below(parent: int) -> list[int]:
    tasks = Path(f"/proc/{parent}/task").iterdir()
    return [int(word) for task in tasks for word in (task / "children").read_text().split()]


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
