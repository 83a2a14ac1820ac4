"""Lexicon files of a user come before the built-in words, at every door, and cannot contradict the catalogue."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import PACKED, Law
from coercivity.cli.app import main
from coercivity.data.input import Content
from coercivity.verbs.api import batch
from coercivity.verbs.batch import TableAsked
from coercivity.verbs.deal import decide_cells
from coercivity.verbs.texts.decide import decide_text
from coercivity.verbs.texts.read import read_words

HEAD = "terms,lang,role,states,cues,strength,reason\n"
OWN = f"{HEAD}Rotorscheibe X7|X7 disc,any,item,form=equipment; goods_kind=magnet_jet_mill,,,house name\n"
ON, ROUTE = "2025-10-15", {"from": "CN", "to": "DE"}


def law(text: str, name: str = "house.csv") -> Law:
    return Law(words=(Content.of(name, text),))


def test_a_word_of_the_users_own_is_read() -> None:
    assert read_words("200 X7 disc").deals[0].facts.get("form") is None
    found = read_words("200 X7 disc", law=law(OWN)).deals[0]
    assert found.facts["form"] == "equipment"
    assert {one.by for one in found.statements} == {"house.csv:2"}


def test_every_door_takes_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "house.csv"
    path.write_text(OWN, encoding="utf-8")
    mine = Law(words=(path,))
    expected = decide_text("X7 disc", on=ON, cells=ROUTE, law=mine).parts[0].answer.proof["hash"]
    cell = decide_cells({**ROUTE, "material": "X7 disc"}, on=ON, law=mine)
    assert cell.answer.proof["hash"] == expected
    assert cell.facts["goods_kind"] == "magnet_jet_mill"
    line = ["--from", "CN", "--to", "DE", "--on", ON, "--words", str(path), "--json"]
    main(["decide", "X7 disc", *line])
    assert json.loads(capsys.readouterr().out)[0]["proof"]["hash"] == expected
    rows = {"id": ["a"], "material": ["X7 disc"], "from": ["CN"], "to": ["DE"]}
    assert batch(rows, on=ON, law=mine)["decision_hash"].to_list() == [expected]
    table = tmp_path / "table.csv"
    table.write_text("id,material,from,to\na,X7 disc,CN,DE\n", encoding="utf-8")
    batch(TableAsked(table), out=tmp_path / "out", on=ON, law=mine)
    assert any(expected in path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.csv"))


def test_equal_files_give_the_same_rulebook() -> None:
    """Otherwise the lexicon would be built for every request."""
    assert law(OWN).book() is law(OWN).book()
    assert law(OWN).book() is not PACKED.book()
    assert law(OWN).book().content_hash == PACKED.book().content_hash


@pytest.mark.parametrize(
    ("line", "code", "near"),
    [
        ("dysprosium,any,item,elements=Nd,,,", "WORDS-CONTRARY", "Dy"),
        ("China,any,route,from=CN,,,", "", ""),
        ("sintered magnet,any,item,form=oxide,,,", "WORDS-CONTRARY", "magnet"),
        ("Dysprosium,any,neutral,,,,", "WORDS-CONTRARY", ""),
        ("永磁体,any,other_item,,,,", "WORDS-CONTRARY", ""),
        ("SmCo magnets,any,neutral,,,,", "WORDS-CONTRARY", ""),
        ("magnets,any,purpose_after,,,,", "WORDS-CONTRARY", ""),
        ("torpedoes,any,use,military_use=false,,,", "WORDS-CONTRARY", ""),
        ("In stock,any,neutral,,,,", "", ""),
        ("terbium,any,substance,,element=Dy,,", "WORDS-CONTRARY", "Tb"),
        ("X7,any,thing,form=magnet,,,", "WORDS-VALUE", ""),
        ("X7,any,item,form=magnett,,,", "FACT-VALUE", "magnet"),
        ("X7,any,item,fromm=CN,,,", "FACT-UNKNOWN", "from"),
        ("X7,any,item,form,,,", "WORDS-FORM", ""),
        ("X\u202e7,any,item,form=magnet,,,", "WORDS-TERM", ""),
        (",any,item,form=magnet,,,", "WORDS-TERM", ""),
    ],
)
def test_a_fault_of_a_line_is_told_with_its_place(line: str, code: str, near: str) -> None:
    if not code:
        law(HEAD + line + "\n").book()
        return
    with pytest.raises(CoercivityError) as caught:
        law(HEAD + line + "\n").book()
    assert [(fault.code, fault.where[:11]) for fault in caught.value.faults] == [(code, "house.csv:2")]
    assert not near or near in caught.value.faults[0].nearest


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n", 'terms,role\n"' + "x" * 200_000 + '",item\n', " \n", "terms,role\n\0,item\n"]
)
def test_a_file_that_is_no_lexicon_is_told(text: str) -> None:
    with pytest.raises(CoercivityError):
        law(text).book()


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(CoercivityError) as caught:
        Law(
            words=(Content.of("a.csv", "x\n"), tmp_path / "none.csv", Content.of("b.csv", f"{HEAD}X,any,thing,,,,\n"))
        ).book()
    assert [fault.code for fault in caught.value.faults] == ["WORDS-COLUMNS", "FILE-MISSING", "WORDS-VALUE"]
