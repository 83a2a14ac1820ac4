"""The files of a mix of a case give the mix again: with its transactions the same one, without them with a word on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.papers.firm.mix.law.sections import none_asked
from coercivity.verbs.mix import MixAnswer, best_mix
from coercivity.verbs.mix_files import write_mix
from tests.places import ROOT

CASE = ROOT / "examples" / "ev-motor"


@pytest.fixture(scope="module")
def answer() -> MixAnswer:
    return best_mix(CASE)


@pytest.fixture(scope="module")
def folder(answer: MixAnswer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("mix") / "out"
    write_mix(out, answer, "zh", source=CASE)
    return out


def test_the_case_that_is_written_gives_the_same_answer_and_hash(answer: MixAnswer, folder: Path) -> None:
    assert sorted(path.name for path in (folder / "case").iterdir()) == [
        "case.yaml",
        "company.xlsx",
        "transactions.csv",
    ]
    assert best_mix(folder / "case").body == answer.body


def test_the_workbook_alone_says_which_transactions_it_lacks_and_how_to_give_them(folder: Path) -> None:
    body = best_mix(folder / "mix.xlsx").body
    told = list(none_asked(body, "en"))
    assert len(told) == 1
    assert told[0].startswith(
        "second source in Estonia, air freight, SH in rear axle motors need transactions of a case"
    )
    assert "t06, t07, t08, t09, t10, t01, t02, t03, t04" in told[0]
    assert "`coercivity mix CASE_DIR`" in told[0]


def test_nothing_is_said_of_transactions_where_there_are_some(answer: MixAnswer) -> None:
    assert list(none_asked(answer.body, "en")) == []


def test_a_workbook_without_a_case_has_no_folder_for_one(answer: MixAnswer, tmp_path: Path) -> None:
    write_mix(tmp_path / "out", answer, source=CASE / "company.yaml")
    assert not (tmp_path / "out" / "case").exists()
