"""Licences of deals that are read one by one: those of a case folder and of a YAML file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import coercivity
from coercivity.base.days import parse_day
from coercivity.cases.brief.brief import make_brief
from coercivity.papers.brief.report_json import report_data
from tests.unit.batches.impact.drafts import EXAMPLES, EXTENSION, MAGNETS

LICENCES = "licence,valid_until,remaining_kg\nL-1,2026-12-05,1000\nL-9,,\n"
HEAD = "id,on,act,form,magnet_type,elements,from,to,quantity,unit,price,currency,licence"
ROWS = (
    "a,2026-12-06,goods,magnet,NdFeB,Nd,CN,DE,400,kg,80,EUR,L-1\n"
    "b,2026-12-05,goods,magnet,NdFeB,Nd,CN,DE,2,t,80,EUR,L-1\n"
    "c,2026-12-06,goods,magnet,NdFeB,Nd,CN,DE,1,t,80,EUR,L-3\n"
    "d,2026-12-06,goods,magnet,NdFeB,Nd,CN,DE,1,t,80,EUR,\n"
)
DEALS = "".join(
    f"- id: {id}\n  on: {on}\n{licence}"
    "  facts: {act: goods, form: magnet, magnet_type: [NdFeB], elements: [Nd], from: CN, to: DE}\n"
    for id, on, licence in (
        ("a", "2026-12-06", "  licence: L-1\n"),
        ("b", "2026-12-05", "  license: 4711\n"),
        ("c", "2026-12-06", ""),
    )
)


def _case(folder: Path, licences: str = LICENCES, rows: str = ROWS) -> Path:
    case = folder / "case"
    case.mkdir()
    standing = (EXAMPLES / "impact" / "standing.yaml").read_text(encoding="utf-8")
    (case / "case.yaml").write_text(f"title: {{en: Magnets}}\n{standing}", encoding="utf-8")
    (case / "transactions.csv").write_text(f"{HEAD}\n{rows}", encoding="utf-8")
    if licences:
        (case / "licences.csv").write_text(licences, encoding="utf-8")
    return case


def _deals(folder: Path, text: str = DEALS) -> Path:
    path = folder / "deals.yaml"
    standing = (EXAMPLES / "impact" / "standing.yaml").read_text(encoding="utf-8")
    path.write_text(f"{standing}\ndeals:\n{text}", encoding="utf-8")
    return path


def _impact(deals: Path | coercivity.TableAsked, **more: object) -> coercivity.Impact:
    return coercivity.rules_impact([MAGNETS], deals, **more)  # type: ignore[arg-type]


def test_a_case_folder_tells_the_licences_as_a_table_does(tmp_path: Path) -> None:
    """The same rows, once as a case folder and once as a table with declarations beside it."""
    case = _case(tmp_path)
    table = tmp_path / "deals.csv"
    shutil.copy(EXAMPLES / "impact" / "standing.yaml", tmp_path / "standing.yaml")
    table.write_text((case / "transactions.csv").read_text(encoding="utf-8"), encoding="utf-8")
    own, other = _impact(case), _impact(table, licences=case / "licences.csv", workers=1)
    assert own.licences is not None
    assert own.licences == other.licences
    assert [deal.licence for deal in own.deals] == [deal.licence for deal in other.deals]
    (one,) = own.licences.moved
    assert (one.deals.mass_kg, one.late.deals, one.enough_after) == (2400, 1, False)
    assert own.licences.not_in_table == {"L-3": 1}
    assert (own.licences.without_deal, own.licences.without_licence) == (("L-9",), 1)


def test_licences_csv_of_a_case_folder_is_found_and_told(tmp_path: Path) -> None:
    case = _case(tmp_path)
    found = _impact(case)
    assert found.licences is not None
    assert found.licences.source == "licences.csv"
    other = tmp_path / "other.csv"
    other.write_text("licence\nL-3\n", encoding="utf-8")
    named = _impact(case, licences=other)
    assert named.licences is not None
    assert (named.licences.source, list(named.licences.not_in_table)) == ("other.csv", ["L-1"])


def test_without_licences_nothing_is_told_of_them(tmp_path: Path) -> None:
    found = _impact(_case(tmp_path, licences=""))
    assert found.licences is None
    assert {deal.licence for deal in found.deals} == {""}


def test_a_fault_of_the_table_found_is_told(tmp_path: Path) -> None:
    with pytest.raises(coercivity.CoercivityError, match=r"licences\.csv, row 2: LICENCE-TWICE"):
        _impact(_case(tmp_path, licences="licence\nL-1\nL-1\n"))


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    case = _case(tmp_path, licences="")
    (tmp_path / "elsewhere.csv").write_text(LICENCES, encoding="utf-8")
    (case / "licences.csv").symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(coercivity.CoercivityError, match="FILE-LINK"):
        _impact(case)


def test_deals_of_a_yaml_file_name_their_licence(tmp_path: Path) -> None:
    licences = tmp_path / "own.csv"
    licences.write_text(LICENCES, encoding="utf-8")
    found = _impact(_deals(tmp_path), licences=licences)
    assert found.licences is not None
    (one,) = found.licences.licences
    assert (one.licence, one.deals.deals, one.deals.without_mass, one.late.deals) == ("L-1", 1, 1, 1)
    assert found.licences.not_in_table == {"4711": 1}
    assert found.licences.without_licence == 1


@pytest.mark.parametrize("wrong", ["[L-1, L-2]", "{number: L-1}", "' '"])
def test_anything_but_one_number_is_a_fault(tmp_path: Path, wrong: str) -> None:
    deals = _deals(tmp_path, DEALS.replace("licence: L-1", f"licence: {wrong}"))
    with pytest.raises(coercivity.CoercivityError) as error:
        _impact(deals)
    (fault,) = error.value.faults
    line = deals.read_text(encoding="utf-8").splitlines().index(f"  licence: {wrong}") + 1
    assert (fault.code, fault.where) == ("CASE-FORM", f"deals.yaml:{line}")
    assert "must be the number of one licence" in fault.what
    assert fault.next


def test_two_spellings_with_different_numbers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(coercivity.CoercivityError, match="CASE-TWICE"):
        _impact(_deals(tmp_path, DEALS.replace("  licence: L-1\n", "  licence: L-1\n  license: L-2\n")))


def test_licences_that_no_deal_names_are_refused(tmp_path: Path) -> None:
    case = _case(tmp_path, rows=ROWS.replace("L-1", "").replace("L-3", ""))
    with pytest.raises(coercivity.CoercivityError, match="no deal names a licence"):
        _impact(case, licences=case / "licences.csv")
    found = _impact(case)  # found, not named: told, and no reason to refuse the folder
    assert found.licences is not None
    assert found.licences.without_licence == 4


def test_a_column_cannot_be_named_for_deals_without_columns(tmp_path: Path) -> None:
    with pytest.raises(coercivity.CoercivityError, match="--licence-column 'permit' applies to a table of deals only"):
        _impact(_case(tmp_path), licence_column="permit")


@pytest.mark.parametrize("draft", [MAGNETS, EXTENSION])
def test_a_licence_changes_no_decision_proof_or_question(tmp_path: Path, draft: Path) -> None:
    law = coercivity.Law(overlays=(draft,))
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    case = _case(tmp_path / "with")
    bare = _case(tmp_path / "without", licences="")
    columns = [line.rpartition(",")[0] for line in (case / "transactions.csv").read_text("utf-8").splitlines()]
    (bare / "transactions.csv").write_text("\n".join(columns) + "\n", encoding="utf-8")
    noted = _deals(tmp_path / "with")
    plain = _deals(tmp_path / "without", DEALS.replace("  licence: L-1\n", "").replace("  license: 4711\n", ""))
    for one, other in ((case, bare), (noted, plain)):
        rows, others = (coercivity.replay(path, law=law) for path in (one, other))
        assert [json.dumps(row.as_dict()) for row in rows] == [json.dumps(row.as_dict()) for row in others]
    told, others_told = (coercivity.decide_file(path, law=law) for path in (noted, plain))
    assert [json.dumps(answer.as_dict()) for answer in told] == [json.dumps(answer.as_dict()) for answer in others_told]


@pytest.mark.parametrize("option", ["mapping", "on_column", "sheet", "encoding", "delimiter", "header_rows"])
def test_how_to_read_a_table_is_not_passed_over_for_a_case_folder(tmp_path: Path, option: str) -> None:
    given = {"mapping": tmp_path / "map.yaml", "header_rows": 2}.get(option, "x")
    with pytest.raises(coercivity.CoercivityError, match="ARGUMENT") as error:
        _impact(coercivity.TableAsked(_case(tmp_path), **{option: given}))  # type: ignore[arg-type]
    (fault,) = error.value.faults
    assert fault.where == {"mapping": "map"}.get(option, option.replace("_", "-"))


def test_declarations_are_not_passed_over_for_a_file_of_deals(tmp_path: Path) -> None:
    standing = EXAMPLES / "impact" / "standing.yaml"
    with pytest.raises(coercivity.CoercivityError, match="--standing applies to a table or a case folder"):
        _impact(_deals(tmp_path), standing=standing)
    assert _impact(_case(tmp_path), standing=standing).rows == 4


def test_the_folder_one_is_in_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(_case(tmp_path))
    assert _impact(Path()).source == "case"


def test_the_report_on_a_case_is_the_same_with_licences(tmp_path: Path) -> None:
    """Facts, proofs, questions and next steps: the hash of a report covers all of it."""
    bare, case = EXAMPLES / "magnet-jv", Path(shutil.copytree(EXAMPLES / "magnet-jv", tmp_path / "magnet-jv"))
    head, *rows = (bare / "transactions.csv").read_text(encoding="utf-8").splitlines()
    text = "\n".join([f"{head},licence", *(f"{row},L-1" for row in rows if row.strip())])
    (case / "transactions.csv").write_text(text + "\n", encoding="utf-8")
    (case / "licences.csv").write_text(LICENCES, encoding="utf-8")
    book, day = coercivity.Law().book(), parse_day("2026-11-24")
    one, other = (report_data(book, make_brief(book, folder, day), {}) for folder in (bare, case))
    assert one["hash"] == other["hash"]
