"""Results as data frames and in a notebook: the same tables as the files, safe HTML, and clear errors."""

from __future__ import annotations

import json
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import coercivity
from coercivity.ministry.bottleneck.answer import bottleneck_answer
from coercivity.papers.shared.tables.tabled import MOST_COLUMNS, MOST_ROWS, Tabled
from coercivity.verbs.bottleneck import BottleneckAnswer
from coercivity.verbs.fund import write_fund
from coercivity.verbs.outlook import OutlookResult
from tests.places import ROOT
from tests.unit.ministry.bottleneck.invented import PLANTS, invented_runs
from tests.unit.papers.ministry.test_bottleneck_papers import report
from tests.unit.papers.outlook.test_report_data import build

EXAMPLES = ROOT / "examples"
FACTS = {"act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Dy"], "from": "CN", "to": "DE"}
TEXT = "sintered NdFeB magnets with 2 % Dy, Ningbo to Hamburg"
TABLE = "id,material,from,to\na,NdFeB magnets with Dy,CN,DE\nb,ferrite magnets,CN,DE\n"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Tabled]:
    folder = tmp_path_factory.mktemp("frames")
    (folder / "t.csv").write_text(TABLE, encoding="utf-8")
    return {
        "decide": coercivity.decide(FACTS, on="2025-08-15"),
        "text": coercivity.decide(text=TEXT, on="2025-08-15"),
        "fund": coercivity.fund(EXAMPLES / "ministry" / "fund", budget=150),
        "strategy": coercivity.strategy(EXAMPLES / "ministry" / "strategy"),
        "mix": coercivity.best_mix(EXAMPLES / "firms" / "wind.yaml", cvar=0.85),
        "survive": coercivity.company_stops(EXAMPLES / "firms" / "alpenmotor.yaml"),
        "batch": coercivity.batch(folder / "t.csv", out=folder / "out", on="2025-08-15", workers=1),
        "outlook": OutlookResult(build(), "", "", b"", (), ()),
        "bottleneck": BottleneckAnswer(bottleneck_answer(invented_runs(2), PLANTS, drawn=True), report(2)),
    }


NAMES = ("decide", "text", "fund", "strategy", "mix", "survive", "batch", "outlook", "bottleneck")


class Tags(HTMLParser):
    """Tags and attributes of a text, and whether each is closed in its order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.rows = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.rows += tag == "tr"

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", NAMES)
def test_each_table_is_the_same_in_polars_and_in_pandas(results: dict[str, Tabled], name: str) -> None:
    answer = results[name]
    assert answer.tables
    for table in answer.tables:
        frame, other = answer.to_polars(table), answer.to_pandas(table)
        assert frame.columns == list(other.columns)
        assert frame.height == len(other)
        for column in frame:
            if column.dtype == pl.Float64:
                assert str(other[column.name].dtype) == "float64"
                assert other[column.name].isna().sum() == column.null_count()
    assert answer.to_polars().equals(answer.to_polars(answer.tables[0]))


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_shows_a_short_table_without_script(results: dict[str, Tabled], name: str) -> None:
    answer: Any = results[name]
    text = answer._repr_html_()
    tags = Tags(text)
    assert tags.open == []
    assert tags.names == {"div", "p", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    assert tags.attributes <= {"style"}
    assert 1 < tags.rows <= MOST_ROWS + 1
    assert text.count("<th>") <= MOST_COLUMNS
    assert ", ".join(answer.tables) in text
    assert len(text) < 6000


def test_what_a_user_wrote_is_no_markup() -> None:
    answer = coercivity.decide(FACTS, on="2025-08-15")
    object.__setattr__(answer, "title", "<script>alert(1)</script>")
    object.__setattr__(answer, "id", "<b>&")
    text = answer._repr_html_()
    assert Tags(text).names.isdisjoint({"script", "b"})
    assert "&lt;script&gt;" in text


def test_a_wrong_name_is_told_with_the_names_there_are(results: dict[str, Tabled]) -> None:
    with pytest.raises(coercivity.CoercivityError) as caught:
        results["fund"].to_polars("rankings")
    (fault,) = caught.value.faults
    assert (fault.code, fault.nearest[0]) == ("TABLE-UNKNOWN", "ranking")
    assert fault.next == f"choose one of: {', '.join(results['fund'].tables)}"
    with pytest.raises(coercivity.CoercivityError, match="TABLE-UNKNOWN"):
        results["fund"].to_pandas("rankings")


def test_without_pandas_the_error_says_what_to_install(
    results: dict[str, Tabled], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(coercivity.CoercivityError) as caught:
        results["fund"].to_pandas()
    (fault,) = caught.value.faults
    assert (fault.code, fault.what) == ("PANDAS", "pandas is not installed")
    assert "`pip install pandas`" in fault.next
    assert results["fund"].to_polars().height


def test_frames_have_the_names_and_numbers_of_the_files(results: dict[str, Tabled], tmp_path: Path) -> None:
    answer: Any = results["fund"]
    write_fund(tmp_path, answer)
    assert {f"{name}.csv" for name in answer.tables} == {path.name for path in tmp_path.glob("*.csv")}
    for name in answer.tables:
        written = pl.read_csv(tmp_path / f"{name}.csv", infer_schema_length=None)
        frame = answer.to_polars(name)
        assert frame.columns == written.columns
        for column in frame:
            if column.dtype == pl.Float64:
                assert column.to_list() == written[column.name].cast(pl.Float64).to_list()


def test_the_decisions_of_a_batch_are_those_in_the_file(results: dict[str, Tabled]) -> None:
    frame = results["batch"].to_polars("decisions")
    assert dict(zip(frame["id"], frame["outcome"], strict=True)) == {"a": "LICENCE", "b": "UNKNOWN"}
    assert results["batch"].to_polars("outcomes").rows() == [("LICENCE", 1, None), ("UNKNOWN", 1, None)]


def test_a_deal_has_its_grounds_and_what_is_open(results: dict[str, Tabled]) -> None:
    answer: Any = results["decide"]
    row = answer.to_polars("answers").row(0, named=True)
    assert (row["outcome"], row["on"], row["hash"]) == ("LICENCE", "2025-08-15", answer.proof["hash"])
    assert answer.to_polars("grounds")["clause"][0] == answer.grounds[0].id
    assert set(answer.to_polars("reasons")["kind"]) == {reason.kind for reason in answer.reasons}


def test_an_outlook_has_its_tables_and_the_iamc_table(results: dict[str, Tabled]) -> None:
    answer: Any = results["outlook"]
    assert answer.tables[0] == "prices"
    assert answer.tables[-1] == "iamc"
    frame = answer.to_polars("iamc")
    assert frame.schema["time"] == pl.Date
    run = answer.report["runs"][0]
    prices = answer.to_polars("prices").filter(pl.col("run") == run["id"])
    assert prices["quote_usd_per_kg"].to_list() == [value for row in run["prices"] for value in row["quote"]]
    assert json.dumps(prices.row(0))
