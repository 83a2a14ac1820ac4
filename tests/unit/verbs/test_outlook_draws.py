"""`outlook` with draws: asked for, kept, shown beside the figures of the same question, and refused in bad form.

The draws are made up; the outlook is not.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import Law
from coercivity.ensemble.design import Design
from coercivity.ensemble.runs import runner
from coercivity.ensemble.runs import task as task_module
from coercivity.files.kept.store import Store
from coercivity.verbs.draws import DrawsAsked, draw_sets
from coercivity.verbs.draws_options import DrawsOptions
from coercivity.verbs.kept import user_store
from coercivity.verbs.law import PACKED
from coercivity.verbs.outlook import OutlookResult, outlook
from coercivity.verbs.outlook_kept import NotedDraws, Question, note_draws, noted_draws
from coercivity.verbs.scenarios import check_clause_price, check_outlook
from coercivity.verbs.told_again import outlook_told
from tests.places import ROOT
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
    return outlook("controls-back", **SPAN, draws=draws, workers=1 if draws is not None else None, **more)


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


@pytest.mark.long
def test_draws_that_were_removed_from_the_cache_are_shown_again_once_they_are_made_again() -> None:
    """The outlook that is kept without them meanwhile is that of another question."""
    drawn_outlook(2)
    store = user_store()
    assert store is not None
    drawn = noted_draws(store, QUESTION, None)
    assert drawn is not None
    (store.folder / f"{drawn.report}.kept").unlink()
    plain = outlook_told("controls-back", **SPAN)
    drawn_outlook(2)
    again = outlook_told("controls-back", **SPAN)
    plain_data, data = (json.loads(json.dumps(each.report.data)) for each in (plain, again))
    assert "draws" not in plain_data
    assert data["draws"]["draws"] == 2


@pytest.mark.long
def test_an_outlook_told_again_has_the_same_files(tmp_path: Path) -> None:
    first = outlook_told("controls-back", **SPAN, out=tmp_path / "first")
    again = outlook_told("controls-back", **SPAN, out=tmp_path / "again")
    names = [sorted(path.name for path in told.written) for told in (first, again)]
    assert names[0] == names[1]
    assert "outlook.xlsx" in names[0]


def test_the_largest_draws_are_noted_and_of_equal_ones_the_first_scramble() -> None:
    store = user_store()
    for draws, scramble in ((4, 1), (8, 1), (8, 0), (4, 0), (8, 2)):
        note_draws(
            store, QUESTION, PACKED, NotedDraws(DrawsOptions(draws, scramble), f"{draws}-{scramble}"), current=True
        )
    assert noted_draws(store, QUESTION, None) == NotedDraws(DrawsOptions(8, 0), "8-0")
    note_draws(store, QUESTION, PACKED, NotedDraws(DrawsOptions(2, 0), "2-0"), current=False)
    assert noted_draws(store, QUESTION, PACKED) == NotedDraws(DrawsOptions(2, 0), "2-0")


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


def scenario_file(folder: Path, share: float, name: str = "mine") -> str:
    folder.mkdir()
    path = folder / "mine.yaml"
    lines = (
        f"id: {name}",
        "title: {en: Mine, zh: 自有}",
        "about: {en: Mine., zh: 自有。}",
        "inherits: controls-back",
        "shocks:",
        "- capacity: mine:MYANMAR_IONIC:MM-LA",
        f"  share: '{share}'",
        "  from: 2024-10",
        "  to: 2024-10",
        "  reason: {en: A test., zh: 测试。}",
    )
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path.as_posix()


def test_two_scenarios_of_one_id_are_refused(tmp_path: Path) -> None:
    """Draws, files and figures are found by the id of the run: those of one scenario were taken for the other's."""
    one, other = scenario_file(tmp_path / "a", 0.9), scenario_file(tmp_path / "b", 0.8)
    with pytest.raises(CoercivityError, match="both scenarios have the id 'mine'"):
        outlook(one, other, **SPAN)


def test_an_id_with_a_slash_is_refused(tmp_path: Path) -> None:
    """What stands before a slash names the scenario of a legal scenario: legal scenarios would be mixed."""
    with pytest.raises(CoercivityError, match="has a slash"):
        outlook(scenario_file(tmp_path / "a", 0.9, "as-known/lapsed"), **SPAN)


def draws_asked(points: int) -> DrawsAsked:
    return DrawsAsked([made_up.run_named("controls-back")], made_up.FIRST, made_up.LAST, Design(points))


def test_a_cache_too_small_for_all_draws_solves_none_of_them_twice(asked: list[int], tmp_path: Path) -> None:
    """Draws kept earlier may be removed by those kept now: they are solved again, over the same workers."""
    book, small = PACKED.book(), Store(tmp_path / "small", 2_000)
    found = draw_sets(book, PACKED, draws_asked(16), store=small, at_once=1)
    assert asked == list(range(16))
    assert found[0].points.tolist() == list(range(16))
    assert small.entries()[0] < 16


def test_a_worker_with_another_rulebook_solves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its draws would be kept as those of the rulebook that was asked for."""
    task = draws_asked(1).tasks(PACKED.book(), PACKED, None)[0]
    other = replace(task, shared="0" * 64)
    monkeypatch.setattr("coercivity.ensemble.runs.task.simulate", lambda *_, **__: pytest.fail("it solved months"))
    with pytest.raises(CoercivityError, match=r"DRAWS-WORKER.*another rulebook"):
        task_module.drawn(other)


def test_a_notice_that_was_edited_is_read_again_in_the_same_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server or a notebook asks again after a file was edited: the draws are those of the file as it is now."""
    path = tmp_path / "mine.yaml"
    text = (ROOT / "examples" / "overlays" / "extension-2027.yaml").read_text("utf-8")
    law, read = Law(overlays=(path,)), list[str]()

    def solved(book: Any, *_: Any, **__: Any) -> Any:
        read.append(book.content_hash)
        raise CoercivityError.of("INFEASIBLE", "no feasible plan")

    monkeypatch.setattr("coercivity.ensemble.runs.task.simulate", solved)
    for more in ("", "# edited\n"):
        path.write_text(text + more, "utf-8")
        book = law.book()
        task = draws_asked(1).tasks(book, law, None)[0]
        with pytest.raises(CoercivityError, match="INFEASIBLE"):
            task_module.drawn(task)
        assert read[-1] == book.content_hash
    assert len(set(read)) == 2


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
        ({"draws": True}, ["DRAWS"]),
        ({"draws": 10**5000}, ["DRAWS"]),
        ({"draws": "64"}, ["DRAWS"]),
        ({"draws": 4, "scramble": True}, ["ARGUMENT"]),
        ({"draws": 4, "scramble": 10**5000}, ["ARGUMENT"]),
        ({"draws": 4, "scramble": "1", "workers": True}, ["ARGUMENT", "ARGUMENT"]),
        ({"draws": np.int64(100), "scramble": np.int64(1), "workers": np.int64(1)}, ["DRAWS"]),
    ],
)
def test_bad_arguments_are_told_together(given: dict[str, Any], codes: list[str], tmp_path: Path) -> None:
    with pytest.raises(CoercivityError) as caught:
        outlook("controls-back", **{**SPAN, **given})
    assert [fault.code for fault in caught.value.faults] == codes


def test_a_server_refuses_draws_without_a_month_that_they_share_before_it_runs() -> None:
    with pytest.raises(CoercivityError) as outlook_said:
        check_outlook(["controls-back"], "2024-01", "2024-02", draws=4)
    with pytest.raises(CoercivityError) as price_said:
        check_clause_price("a18-1c905", "controls-back", "2024-01", "2024-02", draws=4)
    for caught in (outlook_said, price_said):
        assert [(fault.code, fault.where) for fault in caught.value.faults] == [("SPAN", "from")]


def test_a_number_that_is_not_a_power_of_two_names_the_nearest() -> None:
    with pytest.raises(CoercivityError) as caught:
        drawn_outlook(100)
    assert caught.value.faults[0].nearest == ("64", "128")


def test_a_file_in_place_of_the_folder_is_told_with_the_rest(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CoercivityError) as caught:
        drawn_outlook(0, draws_folder=tmp_path / "file")
    assert [fault.code for fault in caught.value.faults] == ["DRAWS", "DRAWS-FOLDER"]
