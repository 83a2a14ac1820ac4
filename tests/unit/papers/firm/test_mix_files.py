"""The files of a mix: pages, CSV, and a workbook that loads again to the same answer."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

import coercivity
from coercivity.base.words import Lang
from coercivity.data.input import Content
from coercivity.papers.firm.mix.files import mix_workbook
from coercivity.papers.firm.mix.pictures import cost_picture, frontier_picture
from coercivity.papers.firm.mix.wording import wording
from coercivity.verbs.mix import MixAnswer, best_mix
from coercivity.verbs.mix_files import write_mix
from tests.places import ROOT

WIND = ROOT / "examples" / "firms" / "wind.yaml"


@pytest.fixture(scope="module")
def answer() -> MixAnswer:
    return best_mix(WIND, cvar=0.85, frontier=True)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_workbook_loads_again_to_the_same_answer_and_hash(answer: MixAnswer, lang: Lang) -> None:
    content = Content("mix.xlsx", mix_workbook(answer.body, answer.company, lang))
    again = best_mix(content, cvar=0.85, frontier=True)
    assert again.body == answer.body
    assert len(again.body["hash"]) == 64


def test_the_hash_is_another_for_another_input_or_question(answer: MixAnswer) -> None:
    text = WIND.read_text(encoding="utf-8")
    other = Content.of("wind.yaml", text.replace("loss_keur_per_t: '150'", "loss_keur_per_t: '150.5'"))
    hashes = {
        answer.body["hash"],
        best_mix(other, cvar=0.85, frontier=True).body["hash"],
        best_mix(WIND, cvar=0.85).body["hash"],
        best_mix(WIND, cvar=0.8, frontier=True).body["hash"],
    }
    assert len(hashes) == 4


def test_the_plan_comes_first_and_no_cell_is_a_formula(answer: MixAnswer) -> None:
    book = zipfile.ZipFile(io.BytesIO(mix_workbook(answer.body, answer.company)))
    names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    assert names[0] == "Plan"
    assert {"Grades", "Options", "Scenarios", "Monthly use"} <= set(names)
    assert not [name for name in book.namelist() if name.startswith("xl/worksheets/") and b"<f>" in book.read(name)]
    shown = book.read("xl/sharedStrings.xml").decode()
    assert f"Hash of inputs and result: {answer.body['hash']}" in shown
    assert "Minimised: (1 - weight) x mean cost + weight x CVaR." in shown


def test_the_files_of_a_folder_are_the_same_bytes_again(answer: MixAnswer, tmp_path: Path) -> None:
    written = write_mix(tmp_path / "one", answer)
    write_mix(tmp_path / "two", best_mix(WIND, cvar=0.85, frontier=True))
    names = {path.name for path in written}
    assert {"mix.json", "mix.html", "mix.zh.html", "mix.xlsx", "choices.csv", "parts.csv", "frontier.csv"} <= names
    for path in written:
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_file_in_place_of_the_folder_is_a_fault(answer: MixAnswer, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(coercivity.CoercivityError) as caught:
        write_mix(tmp_path / "out", answer)
    assert [fault.code for fault in caught.value.faults] == ["OUT"]
    assert (tmp_path / "out").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_has_both_pictures_beside_their_tables(answer: MixAnswer, lang: Lang) -> None:
    page = answer.page(lang)
    assert page.count("<svg xmlns=") == 2
    for told in (wording(lang)("picture_costs"), wording(lang)("picture_frontier")):
        assert f"<figcaption>{told}" in page
    assert answer.body["hash"] in page


def test_pictures_show_the_numbers_of_the_result(answer: MixAnswer) -> None:
    """Doing nothing costs 0, 4,500 and 9,000; the plan 920, 920 and 1,640."""
    w = wording("en")
    shown = [part.text for part in ElementTree.fromstring(cost_picture(answer.body, w).svg).iter() if part.text]
    assert {"4,500", "9,000", "920", "1,640", "no stop", "3 months"} <= set(shown)
    assert answer.body["frontier"] is not None
    root = ElementTree.fromstring(frontier_picture(answer.body["frontier"], w).svg)
    circles = [part for part in root.iter() if part.tag.endswith("circle")]
    plans = {(one["plan"]["mean_keur"], one["plan"]["cvar_keur"]) for one in answer.body["frontier"]}
    assert len(circles) == len(plans)


def test_a_name_cannot_change_a_picture(answer: MixAnswer) -> None:
    scenarios = [{**row, "scenario": "<b>&'\"\x1b"} for row in answer.body["scenarios"]]
    body = {**answer.body, "scenarios": scenarios}
    root = ElementTree.fromstring(cost_picture(body, wording("en")).svg)  # type: ignore[arg-type] # the same keys
    assert not [part for part in root.iter() if part.tag.rpartition("}")[2] == "b"]
