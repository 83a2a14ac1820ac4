"""The report of a backtest: hash, every row, pictures, files."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET

from coercivity.base.canonical import canonical_json, sha256
from coercivity.papers.backtest.files import backtest_csv, backtest_page, backtest_svg
from tests.unit.calibration.backtest.made_backtest import made_body


def test_the_same_rows_give_the_same_bytes_and_the_hash_is_that_of_the_content() -> None:
    body, again = made_body(), made_body()
    assert canonical_json(body) == canonical_json(again)
    assert sha256({**body, "hash": ""}) == body["hash"]


def test_every_row_of_the_horizon_is_scored_or_left_out_with_a_reason() -> None:
    body = made_body()
    for origin in body["origins"]:
        scored = {row["row"] for row in body["rows"] if row["origin"] == origin["origin"]}
        left = {row["row"]: row["left"] for row in body["left"] if row["origin"] == origin["origin"]}
        assert origin["scored"] == len(scored)
        assert not scored & left.keys()
        assert (left["X1"], left["X2"]) == ("not_modelled", "not_used")


def test_a_null_model_without_a_forecast_is_listed() -> None:
    assert {(row["null"], row["why"]) for row in made_body()["without"]} == {("seasonal", "no_year_ago")}


def test_the_table_for_files_has_every_forecast_of_every_row() -> None:
    body = made_body()
    rows = list(csv.DictReader(io.StringIO(backtest_csv(body)["whole.csv"].decode("utf-8-sig"))))
    assert len(rows) == sum(len(row["forecasts"]) for row in body["rows"])
    assert {row["forecaster"] for row in rows} == {"model", "no_law", "no_change"}
    first = rows[0]
    assert float(first["low_95"]) < float(first["low_50"]) < float(first["median"]) < float(first["high_80"])


def test_every_chart_is_an_xml_picture_beside_a_table() -> None:
    pictures = backtest_svg(made_body())
    assert {"backtest_scores.svg", "backtest_coverage.svg", "backtest_series_1.svg"} <= pictures.keys()
    for picture in pictures.values():
        assert ET.fromstring(picture).tag.endswith("svg")
    page = backtest_page(made_body())
    assert page.count("<svg") == len(pictures)
    assert page.count("<table") >= len(pictures)


def test_the_chinese_page_has_no_english_sentence() -> None:
    page = backtest_page(made_body(), "zh")
    assert "回测" in page
    assert "forecaster" not in page
