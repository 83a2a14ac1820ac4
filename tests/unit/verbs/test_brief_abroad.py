"""The section of a report on other jurisdictions, and on the documents of lots: there only if the case asks for it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import coercivity
from coercivity.base.errors import CoercivityError

EXAMPLE = Path("examples/smco-defence")
ON = "2026-10-01"


def case(folder: Path, key: str = "", *, column: str = "", value: str = "") -> Path:
    """A copy of an example, with a key in case.yaml and one more column whose first row has a value."""
    shutil.copytree(EXAMPLE, folder)
    if key:
        with (folder / "case.yaml").open("a", encoding="utf-8") as file:
            file.write(f"\n{key}\n")
    if column:
        table = folder / "transactions.csv"
        head, first, *rest = table.read_text(encoding="utf-8").splitlines()
        lines = [f"{head},{column}", f"{first},{value}", *(f"{row}," for row in rest)]
        table.write_text("\n".join((*lines, "")), encoding="utf-8")
    return folder


def report(folder: Path) -> dict[str, Any]:
    """The report data of a case."""
    found: dict[str, Any] = json.loads(coercivity.brief(folder, ON, supply=False, cache=False).json)
    return found


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The report of the example as it is."""
    return report(case(tmp_path_factory.mktemp("plain") / "case"))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> coercivity.BriefResult:
    """The report of the example with the United States, under a US defence contract in the first row."""
    folder = tmp_path_factory.mktemp("asked") / "case"
    case(folder, "jurisdictions: [CN, US]", column="us_defence_contract", value="true")
    return coercivity.brief(folder, ON, supply=False, cache=False)


def test_without_the_key_there_is_no_section(plain: dict[str, Any]) -> None:
    assert "abroad" not in plain
    assert "papers" not in plain


def test_results_for_china_are_the_same_to_the_last_byte(plain: dict[str, Any], asked: coercivity.BriefResult) -> None:
    body = json.loads(asked.json)
    assert body["transactions"] == plain["transactions"]
    assert set(body) - set(plain) == {"abroad"}
    own = {deal["id"]: deal for deal in body["abroad"]["deals"]}
    for row in plain["transactions"]:
        (china,) = [side for side in own[row["id"]]["sides"] if side["jurisdiction"] == "CN"]
        assert (china["outcome"], china["hash"]) == (row["outcome"], row["proof"]["hash"])


def test_each_transaction_has_the_result_of_every_law_and_its_conflicts(asked: coercivity.BriefResult) -> None:
    deals = json.loads(asked.json)["abroad"]["deals"]
    assert {tuple(sorted(side["jurisdiction"] for side in deal["sides"])) for deal in deals} == {
        ("CN", "CN-foreign-rules", "US")
    }
    (first, *_) = deals
    us = next(side for side in first["sides"] if side["jurisdiction"] == "US")
    assert us["grounds"]
    met = {one["id"] for deal in deals for one in deal["conflicts"]}
    assert met
    for deal in deals:
        for one in deal["conflicts"]:
            assert one["ask"]["en"]
            assert bool(one["both"]) is (one["sure"] and one["kind"] == "clash")


@pytest.mark.parametrize(("lang", "heading"), [("en", "Other jurisdictions"), ("zh", "其他法域")])
def test_both_pages_have_the_section(asked: coercivity.BriefResult, lang: str, heading: str) -> None:
    page = asked.html if lang == "en" else asked.html_zh
    assert 'id="abroad"' in page
    assert heading in page
    for deal in json.loads(asked.json)["abroad"]["deals"]:
        for one in deal["conflicts"]:
            assert one["title"][lang] in page


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("jurisdictions: [CN, USA]", {"JURISDICTION"}),
        ("jurisdictions: [US]", {"JURISDICTION"}),
        ("jurisdictions: [CN]", {"JURISDICTION"}),
        ("jurisdictions: [CN, US, US]", {"JURISDICTION"}),
    ],
)
def test_a_jurisdiction_that_does_not_exist_is_an_error(tmp_path: Path, key: str, codes: set[str]) -> None:
    with pytest.raises(CoercivityError) as caught:
        report(case(tmp_path / "case", key))
    assert {fault.code for fault in caught.value.faults} == codes


def test_a_column_of_another_law_needs_the_key(tmp_path: Path) -> None:
    with pytest.raises(CoercivityError) as caught:
        report(case(tmp_path / "case", column="us_defence_contract", value="true"))
    assert [fault.code for fault in caught.value.faults] == ["COLUMN-UNKNOWN"]


def test_the_documents_of_lots_have_a_section(tmp_path: Path) -> None:
    folder = case(tmp_path / "case")
    rows = [
        "lot,kind,id,end_use,end_user,deal",
        "L-1,contract,C-1,civil,A GmbH,t04",
        "L-1,invoice,INV-1,民用,B GmbH,t04",
    ]
    (folder / "papers.csv").write_text("\n".join((*rows, "")), encoding="utf-8")
    found = coercivity.brief(folder, ON, supply=False, cache=False)
    body = json.loads(found.json)
    kinds = ["end_user", "end_use_of_deal"]  # the deal states a military use
    assert [one["kind"] for one in body["papers"]] == kinds
    told = {row["id"]: [one["kind"] for one in row.get("papers", [])] for row in body["transactions"]}
    assert told["t04"] == kinds
    assert told["t01"] == []
    for page, words in (
        (found.html, "end users differ"),
        (found.html_zh, "最终用户不一致"),
        (found.annex, "end users differ"),
    ):
        assert words in page
