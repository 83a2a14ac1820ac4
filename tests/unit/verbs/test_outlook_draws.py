"""`outlook` with draws: asked for, kept, shown beside the figures of the same question, and refused in bad form.

The draws are made up; the outlook is not.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.ensemble.runs import runner
from coercivity.verbs.kept import user_store
from coercivity.verbs.law import PACKED
from coercivity.verbs.outlook import OutlookResult, outlook
from coercivity.verbs.outlook_draws import Beside, DrawsOptions, Question, beside, note
from coercivity.verbs.told_again import outlook_told
from tests.unit.ensemble.runs import made_up

SPAN: dict[str, Any] = {"first": "2024-10", "last": "2024-10"}
QUESTION = Question(["controls-back"], "2024-10", "2024-10", None, ())


@pytest.fixture(autouse=True)
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The points that were drawn; the cache is empty at first."""
    monkeypatch.setenv("COERCIVITY_CACHE", str(tmp_path / "cache"))
    points: list[int] = []

    def drawn(task: Any) -> bytes:
        points.append(task.point)
        return made_up.drawn(task)

    monkeypatch.setattr(runner, "drawn", drawn)
    return points


def drawn_outlook(draws: int | None, **more: Any) -> OutlookResult:
    return outlook("controls-back", **SPAN, draws=draws, workers=1, **more)


@pytest.mark.long
def test_draws_that_are_kept_are_shown_beside_the_figures_of_the_same_question(
    asked: list[int], tmp_path: Path
) -> None:
    """The largest of them; neither another question nor one without the cache has them."""
    plain = drawn_outlook(None)
    told_plain = outlook_told("controls-back", **SPAN)
    four = drawn_outlook(4, draws_folder=tmp_path / "draws")
    assert asked == [0, 1, 2, 3]
    two = drawn_outlook(2)
    assert asked == [0, 1, 2, 3, 0, 1]  # the four are in the folder, and not in the cache
    again = drawn_outlook(None)
    told_again = outlook_told("controls-back", **SPAN)
    assert "draws" not in plain.report
    assert (four.report["draws"]["draws"], two.report["draws"]["draws"]) == (4, 2)
    assert four.report["draws"]["shared"] == ["2024-09", "2024-09"]
    assert again.json == four.json
    assert {**again.report, "draws": None} == {**plain.report, "draws": None}
    assert told_again.report.data == json.loads(four.json)
    assert told_plain.report.data == json.loads(plain.json)
    assert drawn_outlook(None, cache=False).json == plain.json
    assert len(asked) == 6


def test_a_draw_that_is_damaged_is_told_and_solved_again(asked: list[int], tmp_path: Path) -> None:
    place = tmp_path / "draws"
    whole = drawn_outlook(2, draws_folder=place)
    (place / "1-controls-back-00001.draw").write_bytes(b"cut")
    again = drawn_outlook(2, draws_folder=place)
    assert asked == [0, 1, 1]
    assert again.json == whole.json
    assert [(notice.code, notice.what) for notice in again.notices] == [
        ("DRAWS-FOLDER", "the draw was not used: it is cut off")
    ]
    with pytest.raises(CoercivityError) as caught:
        outlook("controls-back", first="2024-10", last="2024-11", draws=2, workers=1, scramble=1, draws_folder=place)
    assert [fault.what for fault in caught.value.faults] == [
        "months.last is 2024-10 there and 2024-11 here",
        "scramble is 0 there and 1 here",
    ]


def test_the_largest_draws_are_noted_and_of_equal_ones_the_first_scramble() -> None:
    store = user_store()
    for draws, scramble in ((4, 1), (8, 1), (8, 0), (4, 0), (8, 2)):
        note(store, QUESTION, PACKED, Beside(DrawsOptions(draws, scramble), f"{draws}-{scramble}"), current=True)
    assert beside(store, QUESTION, None) == Beside(DrawsOptions(8, 0), "8-0")
    note(store, QUESTION, PACKED, Beside(DrawsOptions(2, 0), "2-0"), current=False)
    assert beside(store, QUESTION, PACKED) == Beside(DrawsOptions(2, 0), "2-0")


@pytest.mark.parametrize(("failed", "refused"), [(1, False), (2, True)])
def test_more_than_one_draw_in_twenty_without_a_plan_is_an_error(
    monkeypatch: pytest.MonkeyPatch, failed: int, refused: bool
) -> None:
    """Of 32 draws one may have none (3 %), and is listed; two (6 %) are too many."""

    def drawn(task: Any) -> bytes:
        if task.point < failed:
            raise CoercivityError.of("INFEASIBLE", "no feasible plan in 2024-10")
        return made_up.drawn(task)

    monkeypatch.setattr(runner, "drawn", drawn)
    if refused:
        with pytest.raises(
            CoercivityError, match=r"DRAWS-FAILED: .*2 of 32 draws have no result: point 0: no feasible"
        ):
            drawn_outlook(32)
    else:
        said = drawn_outlook(32).report["draws"]
        assert said["failed"] == ["controls-back: point 0: no feasible plan in 2024-10"]


@pytest.mark.parametrize(
    ("given", "codes"),
    [
        ({"draws": 0}, ["DRAWS"]),
        ({"draws": -4}, ["DRAWS"]),
        ({"draws": 1_000_000}, ["DRAWS"]),
        ({"draws": 100}, ["DRAWS"]),
        ({"draws": 4, "workers": 0}, ["ARGUMENT"]),
        ({"draws": 4, "scramble": -1}, ["ARGUMENT"]),
        ({"scramble": 1}, ["ARGUMENT"]),
        ({"draws": 0, "workers": 0, "scramble": -1, "first": "2024-13"}, ["MONTH", "DRAWS", "ARGUMENT", "ARGUMENT"]),
        ({"draws": 4, "first": "2024-01"}, ["SPAN"]),
    ],
)
def test_bad_arguments_are_told_together(given: dict[str, Any], codes: list[str], tmp_path: Path) -> None:
    with pytest.raises(CoercivityError) as caught:
        outlook("controls-back", **{**SPAN, **given})
    assert [fault.code for fault in caught.value.faults] == codes


def test_a_number_that_is_not_a_power_of_two_names_the_nearest() -> None:
    with pytest.raises(CoercivityError) as caught:
        drawn_outlook(100)
    assert caught.value.faults[0].nearest == ("64", "128")


def test_a_file_in_place_of_the_folder_is_told_with_the_rest(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CoercivityError) as caught:
        drawn_outlook(0, draws_folder=tmp_path / "file")
    assert [fault.code for fault in caught.value.faults] == ["DRAWS", "DRAWS-FOLDER"]
