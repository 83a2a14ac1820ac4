"""What is read in a text is shown with its words, as data and in one line for each text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cli.app import main
from coercivity.data.input import Content
from coercivity.verbs.texts.explain import explain, explain_file


def test_every_fact_has_its_words() -> None:
    found = explain("sintered NdFeB magnets with dysprosium", context={"from": "CN", "to": "DE", "date": "2025-10-15"})
    told = found.as_dict()
    deal = told["read"]["deals"][0]
    assert deal["facts"]["form"] == "magnet"
    by_fact = {one["fact"]: one for one in deal["statements"]}
    assert [span["words"] for span in by_fact["form"]["words"]] == ["sintered NdFeB"]
    for one in deal["statements"]:
        for span in one["words"]:
            assert told["text"][span["start"] : span["end"]] == span["words"]
    assert told["asks"][0]["fact"]


def test_one_line_for_each_text() -> None:
    """Sets are lists with `...` for more, and shares are numbers."""
    lines = [one.as_line() for one in explain_file(Content.of("texts.txt", "NdFeB magnets\n\ndysprosium oxide\n"))]
    assert [line["id"] for line in lines] == ["1", "3"]
    assert lines[0]["facts"]["elements"] == ["Nd", "..."]
    assert lines[1]["facts"]["elements"] == ["Dy"]
    several = explain("one sintering furnace, the drawings for it", id="m").as_line()
    assert [part["form"] for part in several["parts"]] == ["equipment", "technology"]


def test_a_file_of_cases_takes_its_context() -> None:
    text = "cases:\n- id: w1\n  text: NdFeB magnets\n  context: {from: CN, to: DE, date: 2025-10-15}\n"
    found = explain_file(Content.of("cases.yaml", text))[0]
    assert (found.id, found.answer.answers[0].on is not None) == ("w1", True)
    assert found.answer.parts[0].facts["to"] == "DE"


def test_every_fault_of_a_file_is_told_with_its_line() -> None:
    text = "cases:\n- id: a\n- {id: b, text: magnets, context: {frm: CN}}\n- {id: c, text: magnets, context: [CN]}\n"
    with pytest.raises(CoercivityError) as caught:
        explain_file(Content.of("cases.yaml", text))
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [
        ("CASE-FORM", "cases.yaml:2"),
        ("KEY-UNKNOWN", "cases.yaml:3"),
        ("CASE-FORM", "cases.yaml:4"),
    ]
    with pytest.raises(CoercivityError) as caught:
        explain_file(Content.of("cases.yaml", "cases: [{text: magnets, context: {date: 2025-13-01}}]"))
    assert [fault.code for fault in caught.value.faults] == ["DATE"]


def test_the_command_shows_words_and_questions(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert (
        main(
            [
                "words",
                "explain",
                "magnets of neodymium iron boron, ref blurp",
                "--from",
                "CN",
                "--to",
                "DE",
                "--on",
                "2025-10-15",
            ]
        )
        == 0
    )
    printed = capsys.readouterr().out
    assert '"magnets": form of the item [form] = magnet' in printed
    assert 'Not understood: "blurp"' in printed
    assert "Would ask:" in printed
    file = tmp_path / "mail.txt"
    file.write_text("NdFeB magnets\n", encoding="utf-8")
    assert main(["words", "explain", str(file), "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["facts"]["form"] == "magnet"


def test_decide_prints_what_was_read_before_the_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    line = ["--from", "China", "--to", "Deutschland", "--on", "2025-10-15"]
    assert main(["decide", "NdFeB magnets with 2 % Dy", *line]) == 10
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "Read in the text:"
    assert next(row for row in printed if row.startswith("deal")).startswith("deal  LICENCE")
    file = tmp_path / "mail.txt"
    file.write_text("NdFeB magnets with 2 % Dy", encoding="utf-8")
    assert main(["decide", str(file), *line, "--json"]) == 10
    told = json.loads(capsys.readouterr().out)
    assert told[0]["facts_read"]["to"] == "DE"


@pytest.mark.parametrize("path", ["deels.yaml", "my deals.yaml", "folder/deals", "order.pdf"])
def test_a_mistyped_path_is_no_text(capsys: pytest.CaptureFixture[str], path: str) -> None:
    assert main(["decide", path, "--on", "2025-10-15"]) == 2
    assert "looks like a path" in capsys.readouterr().err


def test_places_beside_a_file_are_an_error(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "deals.yaml"
    file.write_text("deals: [{id: a, facts: {form: magnet}}]", encoding="utf-8")
    assert main(["decide", str(file), "--from", "CN", "--on", "2025-10-15"]) == 2
    assert "--from cannot be combined" in capsys.readouterr().err


def test_places_beside_facts_are_facts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["decide", "--fact", "form=magnet", "--from", "China", "--on", "2025-10-15", "--json"]) == 30
    told = json.loads(capsys.readouterr().out)
    assert {"fact": "from", "value": "CN", "said_by": "deal"} in told[0]["proof"]["facts"]
