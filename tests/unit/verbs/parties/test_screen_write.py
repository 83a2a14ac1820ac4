"""The files of a screening: the same rows as JSON, CSV without a live cell, and FollowTheMoney."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.batches.write.outputs import is_live
from coercivity.cases.arguments import Law
from coercivity.verbs.parties.rows import ScreenReport
from coercivity.verbs.parties.screen import screen
from coercivity.verbs.parties.write import COLUMNS, report_csv, report_entities, write_report

LIVE = '=HYPERLINK("http://example.com","x")'


@pytest.fixture
def report() -> ScreenReport:
    """A match, a possible match, nobody, a formula for a name, and an error."""
    parties: list[str | dict[str, str]] = [
        "Lockheed Martin Corp.",
        "Lokheed Martin Corp.",
        "tbc",
        {"name": LIVE, "id": "+1"},
        "",
    ]
    return screen(parties)


def test_a_line_of_json_per_row_has_id_query_verdict_entries_and_reason(report: ScreenReport, tmp_path: Path) -> None:
    """Also for the row with an error; ids are those of the input."""
    write_report(report, tmp_path / "out.jsonl", "text")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["verdict"]) for row in rows] == [
        ("1", "match"), ("2", "possible"), ("3", "possible"), ("+1", "none"), ("5", "error"),
    ]  # fmt: skip
    assert rows[0]["party_id"] == ["p-us-lockheed-martin-corporation"]
    assert rows[0]["query"] == "Lockheed Martin Corp."
    assert all(row["reason"] for row in rows if row["verdict"] != "none")
    assert rows[4]["fault"]["code"] == "NAME-EMPTY"
    assert all(isinstance(one["reasons"], list) for row in rows for one in row["findings"])


def test_no_cell_of_the_csv_is_a_formula(report: ScreenReport) -> None:
    """A line per finding, or per name without one."""
    lines = list(csv.reader(io.StringIO(report_csv(report).decode("utf-8-sig"))))
    assert tuple(lines[0]) == COLUMNS
    assert not any(is_live(cell) for line in lines for cell in line)
    held = [dict(zip(COLUMNS, line, strict=True)) for line in lines[1:]]
    assert {line["query"] for line in held} == {row.asked.name for row in report.rows if row.asked.name != LIVE} | {
        f"'{LIVE}"
    }
    assert len(held) == sum(max(len(row.findings), 1) for row in report.rows)
    assert all(line["version"] and line["as_of"] for line in held if line["list"])


def test_entities_are_those_of_follow_the_money(report: ScreenReport, tmp_path: Path) -> None:
    """Each is valid by its schema, each id stands for one entity, and each link has both ends."""
    model = pytest.importorskip("followthemoney").model
    path = tmp_path / "own.csv"
    path.write_text("id,name,country,lei\ne-1,Example Magnet Works Ltd,GB,529900T8BM49AURSDO55\n", encoding="utf-8")
    own = screen([{"name": "Exampel Magnet Works Ltd", "country": "GB"}], law=Law(lists=(path,)))
    entities = [*report_entities(report), *report_entities(own)]
    for entity in entities:
        schema = model.get(entity["schema"])
        schema.validate(entity)
        assert set(entity["properties"]) <= set(schema.properties)
    ids = {entity["id"] for entity in entities}
    links = [entity["properties"] for entity in entities if entity["schema"] == "Similar"]
    assert links
    assert all({*link["candidate"], *link["match"]} <= ids for link in links)
    listed = next(entity for entity in entities if "leiCode" in entity["properties"])
    assert listed["properties"]["leiCode"] == ["529900T8BM49AURSDO55"]


def test_the_name_of_the_file_says_the_format(report: ScreenReport, tmp_path: Path) -> None:
    """An unknown one is an error before anything is written."""
    write_report(report, tmp_path / "out.json", "text")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["counts"]["match"] == 1
    with pytest.raises(CoercivityError, match="does not say the format"):
        write_report(report, tmp_path / "out.doc", "text")
    assert not (tmp_path / "out.doc").exists()
    write_report(report, tmp_path / "out.doc", "csv")
    assert (tmp_path / "out.doc").read_bytes().startswith(b"\xef\xbb\xbfid,")
