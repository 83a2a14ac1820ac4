"""A statement is the same bytes each time, and one that was changed is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.papers.forecast.data import hash_of, statement
from coercivity.papers.forecast.files import forecast_lines, forecast_markdown
from coercivity.papers.forecast.read import read_statement, statement_of
from coercivity.verbs.forecast_check import forecast_check
from tests.unit.calibration.forecast.made_forecast import made_statement


def test_the_same_forecast_gives_the_same_bytes_and_is_read_back() -> None:
    held = statement(made_statement())
    assert held == statement(made_statement())
    assert statement_of(held, "x.json") == json.loads(held)


@pytest.mark.parametrize(
    ("old", "new"), [(b'"median":"', b'"median":"9'), (b'"known":"2029-07-31"', b'"known":"2029-07-30"')]
)
def test_a_statement_that_was_changed_is_refused(old: bytes, new: bytes) -> None:
    changed = statement(made_statement()).replace(old, new, 1)
    with pytest.raises(CoercivityError) as error:
        statement_of(changed, "x.json")
    assert error.value.code == "FORECAST-FILE"
    assert "was changed" in error.value.faults[0].what


@pytest.mark.parametrize("held", [b"", b"{}", b"[1]", b"\xff", b'{"hash":1.5}', b"[" * 100_000])
def test_what_is_no_statement_is_refused(held: bytes) -> None:
    with pytest.raises(CoercivityError) as error:
        statement_of(held, "x.json")
    assert error.value.code == "FORECAST-FILE"


def test_a_number_in_place_of_text_is_a_change() -> None:
    body = json.loads(statement(made_statement()))
    body["draws"] = 1.5
    with pytest.raises(CoercivityError, match="was changed"):
        statement_of(json.dumps(body).encode(), "x.json")


@pytest.mark.parametrize(
    ("name", "value"), [("known", "yesterday"), ("last", "2026-13"), ("series", [{}]), ("paths", 1)]
)
def test_false_content_with_a_hash_that_fits_is_refused(tmp_path: Path, name: str, value: object) -> None:
    body = json.loads(statement(made_statement()))
    body[name] = value
    body["hash"] = hash_of(body)
    file = tmp_path / "forged.json"
    file.write_text(json.dumps(body), encoding="utf-8")
    with pytest.raises(CoercivityError) as error:
        forecast_check(str(file))
    assert error.value.code == "FORECAST-FILE"


def test_half_a_character_and_a_folder_are_told(tmp_path: Path) -> None:
    held = statement(made_statement()).replace(b"as-known", b"as\\ud800known", 1)
    with pytest.raises(CoercivityError, match="was changed"):
        statement_of(held, "x.json")
    with pytest.raises(CoercivityError, match="not a file"):
        read_statement(tmp_path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CoercivityError, match="cannot be read"):
        read_statement(tmp_path / "none.json")


def test_the_page_names_day_law_hash_and_every_legal_scenario() -> None:
    body = made_statement(branches=True)
    page = forecast_markdown(body)
    assert body["hash"] in page
    assert "suspension lapsed" in page
    assert "magnets CN>World" in page
    assert "as known on" in page
    assert "without probabilities" in next(line for line in forecast_lines(body) if "probabilities" in line)
