"""Journey J1 on the command line: documents, time limits, languages, hashes. Checks 2, 3, 5, 10 (command line) and 11."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path

import pytest

from coercivity.cli.app import main
from coercivity.law.explain.proof import proof
from coercivity.papers.deal.report_data import SheetData
from coercivity.papers.deal.sheet import sheet
from coercivity.papers.deal.sheet_text import sheet_lines
from coercivity.verbs.decide import decide as decide_one
from coercivity.verbs.decide import decide_file
from tests.support import BOOK, on

LOT = "act: goods, form: magnet, magnet_type: [NdFeB], from: CN, exporter_nationality: CN, origin: CN"
D1 = f"{LOT}, elements: [Nd, Pr, Dy], dy_mass_share: 0.018, tb_mass_share: 0, to: DE"
DEALS = """
standing: worked_cases
deals:
- id: D1
  on: '2025-08-15'
  facts: {%s}
- id: D3
  on: '2025-08-15'
  facts: {%s, dy_mass_share: '0.0006', tb_mass_share: '0', to: DE}
  claims: {order: {elements: [Nd, Pr]}}
"""


@pytest.fixture
def d1() -> SheetData:
    """What comes with D1."""
    return sheet(BOOK, on(D1, "2025-08-15"))


def test_2_papers_are_listed_each_by_law_or_practice(d1: SheetData) -> None:
    """Contract, technical description, end-user certificate and identity documents by law; the profile in practice."""
    by_law = {paper["name"]["en"] for track in d1["law"]["tracks"] for paper in track["papers"]}
    assert d1["practice"] is not None
    in_practice = {paper["name"]["en"] for paper in d1["practice"]["papers"]}
    for word in ("contract", "technical description", "end-user and end-use certificate", "identity documents"):
        assert any(word in name for name in by_law), word
    assert any("end user" in name for name in in_practice)
    assert not by_law & in_practice
    lines = list(sheet_lines(d1, "en"))
    assert all(line.startswith(("law, ", "practice, ", "control codes: ")) for line in lines)


def test_3_the_limit_of_the_law_and_the_range_of_practice_stand_apart(d1: SheetData) -> None:
    """45 working days, and a range with its sample size and source; no line holds both."""
    lines = list(sheet_lines(d1, "en"))
    law = [line for line in lines if line.startswith("law, time limit: decision")]
    practice = [line for line in lines if line.startswith("practice, time: time to obtain a licence")]
    assert len(law) == 1
    assert "45 working days" in law[0]
    assert "acceptance" in law[0]
    assert practice
    assert d1["practice"] is not None
    for entry in d1["practice"]["times"]:
        assert entry["sample"]["reports"] >= 1
        assert entry["sample"]["urls"]
    assert not any("law, time limit" in line for line in practice)


def test_5_the_proof_of_d3_shows_the_share_that_was_measured(tmp_path: Path) -> None:
    """0.0006 stands among the facts, and no number of practice enters the proof."""
    path = tmp_path / "deals.yaml"
    path.write_text(DEALS % (D1, LOT), encoding="utf-8")
    d3 = decide_file(path)[1]
    facts = {entry["fact"]: entry["value"] for entry in d3.proof["facts"]}
    assert facts["dy_mass_share"] == ["0.0006"] or facts["dy_mass_share"] == "0.0006"
    assert "practice" not in json.dumps(d3.proof)
    assert '"order"' not in json.dumps(d3.proof)
    (told,) = d3.disagreements
    assert (told.claim.by, told.claim.fact, set(told.against)) == ("order", "elements", {"dy_mass_share"})


def test_4_a_proceed_says_what_it_rests_on_and_that_customs_may_ask(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """D2: the composition that was measured, the screening and the use, and who said so."""
    path = tmp_path / "deals.yaml"
    path.write_text(DEALS % (f"{LOT}, elements: [Nd, Pr], dy_mass_share: 0, tb_mass_share: 0, to: DE", LOT))
    main(["decide", str(path)])
    printed = " ".join(capsys.readouterr().out.split("D3 ")[0].split())
    assert "based on: goods; permanent magnet" in printed
    assert "mass share of dysprosium: 0 %" in printed
    assert "customs may still query the declaration" in printed
    assert "compliance declarations by the exporter or provider" in printed


def test_10_the_same_hash_from_python_a_file_and_the_command_line_with_the_network_off(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One hash by four doors; no socket is ever opened."""

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refused)
    path = tmp_path / "deals.yaml"
    path.write_text(DEALS % (D1, LOT), encoding="utf-8")
    by_file = decide_file(path)[0]
    main(["decide", str(path), "--json"])
    by_command = json.loads(capsys.readouterr().out)[0]["proof"]["hash"]
    law_alone = proof(BOOK, by_file.decision)["hash"] if by_file.decision else ""
    assert len({by_file.proof["hash"], by_command, law_alone}) == 1
    facts = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Dy"], "from": "CN", "to": "DE"}
    one = decide_one(facts, on="2025-08-15", standing={"party_sets": []}, said_by="desk", said_on="transaction date")
    words = [word for name, value in facts.items() for word in ("--fact", f"{name}={_cell(value)}")]
    main(
        [
            "decide",
            *words,
            "--standing",
            "party_sets=[]",
            "--said-by",
            "desk",
            "--said-on",
            "transaction date",
            "--on",
            "2025-08-15",
            "--json",
        ]
    )
    assert json.loads(capsys.readouterr().out)[0]["proof"]["hash"] == one.proof["hash"]


def _cell(value: object) -> str:
    return ";".join(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_11_another_language_changes_no_outcome_and_no_hash(
    lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The clause has its title and gist in Chinese, the outcome its label in Japanese; the hash stays."""
    path = tmp_path / "deals.yaml"
    path.write_text(DEALS % (D1, LOT), encoding="utf-8")
    codes, printed = [], {}
    for tongue in ("en", lang):
        codes.append(main(["decide", str(path), "--lang", tongue, "--papers", "--explain"]))
        printed[tongue] = capsys.readouterr().out
    hashes = {tuple(re.findall(r"^    \S.* ([0-9a-f]{64})$", text, re.MULTILINE)) for text in printed.values()}
    assert codes == [10, 10]
    assert len(hashes) == 1
    assert {"zh": "须许可", "ja": "事前の許可"}[lang] in printed[lang]
    assert {"zh": "金属镝、氧化镝、含镝化合物", "ja": "1C905"}[lang] in printed[lang]
