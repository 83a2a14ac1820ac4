"""A mix whose scenarios are draws of the market."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coercivity.base.errors import CoercivityError
from coercivity.base.months import month_text, parse_month
from coercivity.cases.arguments import PACKED
from coercivity.ensemble.design import Design
from coercivity.ensemble.runs.folder import DrawsFolder
from coercivity.ensemble.runs.keeping import AXIS, KeptDraw, packed
from coercivity.ensemble.runs.manifest import file_names, manifest_of
from coercivity.ensemble.runs.task import DrawTask
from coercivity.firm.company.sources import company_of
from coercivity.firm.mix.drivers.packed import packed_text, read_packed
from coercivity.verbs.company_prices import draw_keys, runs_asked
from coercivity.verbs.mix import best_mix
from coercivity.verbs.mix_draws import packed_beside, write_mix_draws
from tests.places import ROOT

FIRM = ROOT / "examples" / "firms" / "brenner-draws.yaml"
DRAWS = ROOT / "examples" / "ev-motor" / "draws.json"


def test_the_same_draws_give_the_same_bytes_and_say_what_they_are() -> None:
    bodies = [best_mix(FIRM, draws_folder=DRAWS, late=True).as_dict() for _ in range(2)]
    assert json.dumps(bodies[0]) == json.dumps(bodies[1])
    body = bodies[0]
    drivers, late = body["drivers"], body["late"]
    assert drivers is not None
    assert late is not None
    assert (body["draws"], len(body["scenarios"])) == (64, 64)
    assert [(each["draws"], each["chance"]) for each in drivers["paths"]] == [(32, "0.5"), (32, "0.5")]
    assert (drivers["first_month"], drivers["last_month"], drivers["region"]) == ("2026-12", "2027-11", "EUR")
    assert [each["path"] for each in body["regret"]] == [each["path"] for each in drivers["paths"]]
    found = late[1]["range"]
    assert found is not None
    assert (found["rests_on"], found["cases"]) == ("draws", 64)
    assert found["low_keur"] is not None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_says_what_is_driven_and_what_is_not(lang: str) -> None:
    lines = " ".join(" ".join(best_mix(FIRM, draws=4, draws_folder=DRAWS).lines(lang)).split())  # type: ignore[arg-type] # a language
    assert ("Not taken from the draws" if lang == "en" else "未取自抽样") in lines
    assert ("the paths count equally" if lang == "en" else "各路径按相同概率计") in lines


def test_fewer_draws_are_the_first_points_of_each_path() -> None:
    body = best_mix(FIRM, draws=8, draws_folder=DRAWS).body
    assert [row["scenario"].rpartition(" ")[2] for row in body["scenarios"]] == ["1", "2", "3", "4"] * 2


@pytest.mark.parametrize(("draws", "why"), [(128, "more than the 64"), (6, "power of two")])
def test_draws_that_are_not_kept_are_a_fault(draws: int, why: str) -> None:
    with pytest.raises(CoercivityError, match=why):
        best_mix(FIRM, draws=draws, draws_folder=DRAWS)


def test_a_file_beside_the_company_is_read_where_it_has_no_scenarios(tmp_path: Path) -> None:
    shutil.copy(FIRM, tmp_path / "firm.yaml")
    shutil.copy(DRAWS, tmp_path)
    assert packed_beside(tmp_path / "firm.yaml") == tmp_path / "draws.json"
    assert best_mix(tmp_path / "firm.yaml").body["draws"] == 64
    shutil.copy(ROOT / "examples" / "firms" / "brenner.yaml", tmp_path / "firm.yaml")
    assert best_mix(tmp_path / "firm.yaml").body["draws"] is None


def test_a_file_made_with_another_rulebook_says_so(tmp_path: Path) -> None:
    held = read_packed(DRAWS.read_bytes(), "draws.json")
    other = {**held.manifest, "law": {"version": "2026-01-01", "hash": "0" * 64}}
    (tmp_path / "old.json").write_text(packed_text(replace(held, manifest=other)), encoding="utf-8")
    answer = best_mix(FIRM, draws=4, draws_folder=tmp_path / "old.json")
    drivers = answer.body["drivers"]
    assert drivers is not None
    assert "law 2026-01-01" in drivers["stale"]
    assert "Out of date: today another version is used than the rulebook of 2026-01-01" in " ".join(
        " ".join(answer.lines()).split()
    )


def test_draws_of_another_region_are_refused() -> None:
    company = company_of(FIRM)
    company = replace(company, plants=tuple(replace(plant, country="JP") for plant in company.plants))
    with pytest.raises(CoercivityError, match="its draws are of magnet to EUR, the mix of magnet to JP"):
        best_mix(company, draws_folder=DRAWS)


def test_without_kept_draws_the_command_that_makes_them_is_named() -> None:
    with pytest.raises(CoercivityError) as caught:
        best_mix(FIRM, draws=64, cache=False)
    assert caught.value.faults[0].code == "DRAWS-NONE"
    assert "coercivity outlook --from 2025-12 --to 2027-11 --draws 64" in str(caught.value.faults[0].next)


def kept(point: int, first: str, last: str) -> bytes:
    """Returns a draw in which Germany has 20 files pending, and 10 or, in odd draws, 5 are granted a month."""
    months = tuple(month_text(month) for month in range(parse_month(first), parse_month(last) + 1))
    names = dict.fromkeys(AXIS, ()) | {
        "licences": tuple(f"magnet:DE:civil:{x}" for x in ("granted", "pending", "refused"))
    }
    values = {block: np.zeros((0, 0)) for block in AXIS}
    values["licences"] = np.array([[each] * len(months) for each in (10.0 - 5.0 * (point % 2), 20.0, 0.0)])
    return packed(KeptDraw(point, months, (), names, values, {}))  # type: ignore[arg-type]


def test_a_folder_of_draws_and_the_small_file_written_from_it_agree(tmp_path: Path) -> None:
    book, first, last = PACKED.book(), "2026-06", "2027-12"
    span, design = (parse_month(first), parse_month(last)), Design(2)
    runs = runs_asked(book, span[1])
    tasks = [DrawTask(PACKED, run, *span, 0, point) for run in runs for point in range(2)]
    keys = [key for run in runs for key in draw_keys(book, run, span, design)]
    folder = DrawsFolder(tmp_path / "whole", manifest_of(book, design, tasks[::2]), file_names(keys, tasks))
    for key, task in zip(keys, tasks, strict=True):
        folder.put(key, kept(task.point, first, last))
    whole = best_mix(FIRM, draws_folder=tmp_path / "whole")
    assert whole.drawn is not None
    assert whole.drawn.stale == ()
    write_mix_draws(tmp_path / "draws.json", whole.drawn)
    small = best_mix(FIRM, draws_folder=tmp_path / "draws.json")
    unlike = {"drivers", "hash"}  # they say what was read
    assert {k: v for k, v in whole.body.items() if k not in unlike} == {
        k: v for k, v in small.body.items() if k not in unlike
    }
