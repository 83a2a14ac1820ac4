"""A run in which every row of the data sets after a cut has absurd figures: python -m ... FOLDER DAY LAST [draw].

It prints the hash of all that a run answers. With an empty FOLDER the packs are as they are; with `draw` the last
month is that of a draw.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path

import coercivity.data.packs as packs
from coercivity.base.canonical import sha256_of_text
from coercivity.base.days import Day, parse_day
from coercivity.base.months import parse_month
from coercivity.data.columns import ColumnSpec
from coercivity.data.cut.dating import ends_later
from coercivity.ensemble.draw import drawn_at
from coercivity.law.rules.load import load_rulebook
from coercivity.market.results.run_answer import run_answer
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.runs import runs_of, simulation_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, simulate

NAMES = tuple(name for name in packs.list_packs() if name != "law")  # the law is dated by its events


def poison(folder: Path, day: Day) -> int:
    """Copies the packs to a folder, with absurd figures in what was not known on a day; returns the cells changed."""
    changed = 0
    for name in NAMES:
        pack = packs.open_pack(name)
        shutil.copytree(str(pack.root), folder / name)
        for table_name, schema in pack.schemas.items():
            table, dates = pack.dated(table_name)
            rule = pack.known_rule(table_name)
            rows = [list(texts) for texts in table.texts]
            for at, dating in enumerate(dates):
                for column, spec in enumerate(schema.columns):
                    later = rule is not None and spec.name in rule.ends and ends_later(table.cells[at][column], day)
                    absurd = "2099-12-31" if later else "" if dating.known(day) else _absurd(spec, rows[at][column])
                    if absurd and absurd != rows[at][column]:
                        rows[at][column], changed = absurd, changed + 1
            with (folder / name / f"{table_name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([schema.names, *rows])
    packs._home = lambda: folder  # every pack that is opened from now on
    return changed


def _absurd(spec: ColumnSpec, text: str) -> str:
    if spec.type != "number" or not text:
        return ""
    number = 7 * float(text) + 7
    number = number if spec.most is None else min(number, spec.most)
    return repr(number if spec.least is None else max(number, spec.least))


def answer(day: Day, last: str, *, drawn: bool) -> str:
    """Returns the hash of all that a run answers with a cut at a day."""
    book, end = load_rulebook(), parse_month(last)
    scenario = read_scenario("as-known", frozenset(), book)
    run = runs_of(book, scenario, end, day)[0]
    simulation = simulation_of(book, run, BEGIN, end - 1 if drawn else end, known=day)
    if drawn:
        begun = {"assume": simulation.assume, "branch": run.branch, "known": day, "shared": simulation}
        simulation = simulate(book, scenario, end, drawn=drawn_at(0, 1, end, day), **begun)  # type: ignore[arg-type]
    told = run_answer(simulation, RunQuestion(run, BEGIN, end, day, compared_from=BEGIN))
    plans = [repr(done.plan.value.tolist()) for done in simulation.months]
    return sha256_of_text(json.dumps([told, plans], sort_keys=True))


if __name__ == "__main__":
    place, on, month = sys.argv[1], parse_day(sys.argv[2]), sys.argv[3]
    cells = poison(Path(place), on) if place else 0
    print(json.dumps({"cells": cells, "hash": answer(on, month, drawn=sys.argv[4:] == ["draw"])}))
