"""Runs a job in its own process: `python -m coercivity.verbs.serving.work FOLDER`.

The folder contains the request as JSON and receives the result; progress and faults are written to standard output as
lines of JSON. The process ends when its parent ends.
"""

from __future__ import annotations

import json
import resource
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.json_types import Json
from coercivity.files.write.whole import write_file
from coercivity.verbs.scenario_form.saved import scenario_file
from coercivity.verbs.serving.firms.models import MixChangesSent, MixSent
from coercivity.verbs.serving.jobs import ASKED, OUT, RESULT, Told
from coercivity.verbs.serving.models import BriefAsked, ClausePriceSent, DeskCheckSent, OutlookSent
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.served import serving
from coercivity.verbs.serving.vouches import law_of

if TYPE_CHECKING:
    from coercivity.verbs.serving.ministries.question import Question, S

Tell = Callable[[str, int, int], None]
Asked = Mapping[str, Json]
Made = Mapping[str, object]
BAD_INPUT = 2
MOST_BYTES = 12 * 2**30  # of address space, so that a hostile file cannot exhaust the memory
LEAST_WAIT_S = 0.1  # between two lines of progress


def outlook(asked: Asked, places: Places, out: Path, tell: Tell) -> Made:
    """Runs one or two scenarios and writes the web page, report data and tables."""
    from coercivity.verbs.outlook import outlook as run

    sent = OutlookSent.model_validate(asked)
    found = run(
        scenario_file(places, sent.scenario),
        scenario_file(places, sent.scenario_b) if sent.scenario_b is not None else None,
        first=sent.first,
        last=sent.last,
        known=sent.known,
        desk_without=sent.desk_without,
        out=out,
        draws=sent.draws,
        scramble=sent.scramble,
        progress=lambda done, total: tell("months", done, total),
        draws_progress=lambda done, total: tell("draws", done, total),
    )
    runs = [{"id": run["id"], "hash": run["hash"]} for run in found.report["runs"]]
    return {"runs": runs, "summary": list(found.summary)}


def clause_price(asked: Asked, places: Places, out: Path, tell: Tell) -> Made:
    """Calculates the cost of a clause."""
    from coercivity.verbs.clause_price import clause_price as run

    sent = ClausePriceSent.model_validate(asked)
    found = run(
        sent.clause,
        scenario_file(places, sent.scenario),
        first=sent.first,
        last=sent.last,
        general_licences=sent.general_licences,
        draws=sent.draws,
        scramble=sent.scramble,
        progress=lambda done, total: tell("months", done, total),
        draws_progress=lambda done, total: tell("draws", done, total),
    )
    body = {**found.body, "scenario": sent.scenario}  # not the path of a saved one
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    write_file(out / "clause-price.json", text.encode())
    return body


def desk_check(asked: Asked, places: Places, out: Path, tell: Tell) -> Made:
    """Compares the licensing desk with reports, and writes the web page, report data and table."""
    from coercivity.verbs.desk_check import desk_check as run

    sent = DeskCheckSent.model_validate(asked)
    found = run(
        scenario_file(places, sent.scenario),
        first=sent.first,
        last=sent.last,
        known=sent.known,
        form=sent.form,
        destination=sent.destination,
        user=sent.user,
        desk_without=sent.desk_without,
        progress=lambda done, total: tell("months", done, total),
    )
    found.write(out)
    return {**found.body}


def batch(asked: Asked, places: Places, out: Path, tell: Tell) -> Made:
    """Decides every row of an uploaded table."""
    from coercivity.verbs.serving.batch_work import run_batch

    return run_batch(asked, places, out, tell)


def impact(asked: Asked, places: Places, out: Path, tell: Tell) -> Made:
    """Compares deals with and without a draft notice."""
    from coercivity.verbs.serving.drafts.impact import run_impact

    return run_impact(asked, places, out, tell)


def brief(asked: Asked, places: Places, out: Path, tell: Tell) -> Made:
    """Writes the report on a case folder."""
    from coercivity.verbs.brief import brief as run

    sent = BriefAsked.model_validate(asked)
    found = run(
        places.case(sent.case),
        sent.on,
        known=sent.known,
        assume=sent.assume,
        law=law_of(sent.vouches, parties=sent),
        out=out,
        supply=sent.supply,
        progress=lambda done, total: tell("transactions", done, total),
        market_progress=lambda done, total: tell("months", done, total),
    )
    return {
        "outcome": found.outcome.value,
        "hash": found.report["hash"],
        "summary": list(found.summary),
        "market": list(found.market),
    }


def mix(asked: Asked, places: Places, out: Path, tell: Tell) -> Made:
    """Finds the best mix of a company, and what would change it."""
    return _mix(MixChangesSent.model_validate(asked), places, out, tell)


def mix_plan(asked: Asked, places: Places, out: Path, tell: Tell) -> Made:
    """Finds the best mix of a company that has too many scenarios to be waited for."""
    return _mix(MixSent.model_validate(asked), places, out, tell)


def _mix(sent: MixChangesSent, places: Places, out: Path, tell: Tell) -> Made:
    from coercivity.verbs.serving.firms.mixes import MIX_FILE, MixWanted, computed

    plan = sent if isinstance(sent, MixSent) else None
    ask = MixWanted(
        sent.content(places),
        sent.what_if,
        late=plan is None or plan.late,
        frontier=plan is None or plan.frontier,
        on=sent.on,
        known=sent.known,
        assume=sent.assume,
        law=law_of(sent.vouches, parties=sent),
    )
    body = computed(ask, flips=plan is None, progress=lambda done, total: tell("steps", done, total))
    write_file(out / MIX_FILE, json.dumps(body, ensure_ascii=False, sort_keys=True).encode())
    return {"best": body["best"]}


def fund(asked: Asked, places: Places, out: Path, tell: Tell) -> Made:
    """Finds what public money should buy."""
    from coercivity.verbs.serving.ministries.fund import FUND

    return _of_ministry(FUND, asked, places, out, tell)


def strategy(asked: Asked, places: Places, out: Path, tell: Tell) -> Made:
    """Finds who wins with what."""
    from coercivity.verbs.serving.ministries.strategy import STRATEGY

    return _of_ministry(STRATEGY, asked, places, out, tell)


def _of_ministry(question: Question[S], asked: Asked, places: Places, out: Path, tell: Tell) -> Made:
    sent = question.sent.model_validate(asked)
    body = question.found(sent.content(places), sent, lambda done, total: tell("steps", done, total))
    write_file(out / f"{question.name}.json", json.dumps(body, ensure_ascii=False, sort_keys=True).encode())
    return {"hash": body["hash"]}


def screen(asked: Asked, places: Places, out: Path, tell: Tell) -> Made:
    """Screens every name in an uploaded table."""
    from coercivity.verbs.parties.job import run_screen

    return run_screen(asked, places, out, tell)


WORK: dict[str, Callable[[Asked, Places, Path, Tell], Made]] = {
    "outlook": outlook,
    "clause-price": clause_price,
    "desk-check": desk_check,
    "batch": batch,
    "impact": impact,
    "brief": brief,
    "mix": mix,
    "mix-plan": mix_plan,
    "fund": fund,
    "strategy": strategy,
    "screen": screen,
}


def main(folder: Path) -> int:
    """Runs the job in a folder and returns the exit code."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
    held = json.loads((folder / ASKED).read_text(encoding="utf-8"))
    places = Places.from_dict(held["places"])
    try:
        with serving(places.parties):
            result = WORK[held["kind"]](held["asked"], places, folder / OUT, _teller())
        write_file(folder / RESULT, json.dumps(result, ensure_ascii=False, sort_keys=True).encode())
    except CoercivityError as error:
        _say({"faults": [fault.as_dict() for fault in error.faults]})
        return BAD_INPUT
    except MemoryError:
        what = "the job exceeds the memory limit"
        _say(
            {
                "faults": [
                    Fault("JOB-MEMORY", what, next="run it with a smaller input, or use the command line").as_dict()
                ]
            }
        )
        return BAD_INPUT
    return 0


def _teller() -> Tell:
    lock, last = threading.Lock(), [0.0]

    def tell(label: str, done: int, total: int) -> None:
        with lock:
            now = time.monotonic()
            if now - last[0] >= LEAST_WAIT_S or done >= total:
                last[0] = now
                _say({"label": label, "done": done, "total": total})

    return tell


def _say(content: Told) -> None:
    sys.stdout.write(json.dumps(content) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
