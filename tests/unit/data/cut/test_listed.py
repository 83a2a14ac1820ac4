"""`data cut`: what a cut removes and keeps, by table, in both languages, as text and as rows."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.cli.app import main
from coercivity.data.packs import list_packs, open_pack
from coercivity.papers.shared.words import paper_words
from coercivity.verbs.data_cut import CutList, cut_text, data_cut, nothing_cut

DAYS = ("2025-04-30", "2025-06-30", "2025-08-31", "2025-10-20")


@pytest.fixture(scope="module")
def cuts() -> dict[str, CutList]:
    return {day: data_cut(day) for day in DAYS}


def test_what_is_removed_by_day_and_table(cuts: dict[str, CutList], golden: Callable[[str, str], None]) -> None:
    """Rows, removed rows, rows without a date, and later ends, by table; replaced rows; ends that become blank."""
    lines = []
    for day, found in cuts.items():
        lines.append(day)
        for row in found["tables"]:
            counts = (
                f"{row['rows']} rows, {row['removed']} removed, {row['undated']} no date, {row['opened']} later ends"
            )
            lines.append(f"  {row['pack']}/{row['table']}: {'not cut' if row['uncut'] else counts}")
        lines += [f"  {row['id']} replaced by {row['replaced_by']}" for row in found["removed"] if row["replaced_by"]]
        lines += [f"  {row['id']} {row['column']} {row['end']} blank" for row in found["opened"]]
    golden("data-cut.txt", "\n".join(lines) + "\n")


def test_a_later_cut_removes_less(cuts: dict[str, CutList]) -> None:
    """Every row that a later cut removes is removed by an earlier one; rows for a test of the past by any."""
    removed = [{(row["pack"], row["table"], row["id"]) for row in cuts[day]["removed"]} for day in DAYS]
    assert all(later < earlier for earlier, later in pairwise(removed))
    tests = {row["id"] for row in data_cut("2099-01-01")["removed"]}
    assert {"E073", "E070"} <= tests
    assert {row["basis"] for row in data_cut("2099-01-01")["removed"]} == {"held"}


def test_every_row_removed_has_a_day_after_the_cut_and_its_column(cuts: dict[str, CutList]) -> None:
    for day, found in cuts.items():
        for row in found["removed"]:
            assert row["known_on"] > day or (row["known_on"], row["basis"]) == ("", "held"), row
            assert row["by"], row


def test_kept_rows_tell_the_later_rows_on_which_they_rest(cuts: dict[str, CutList]) -> None:
    """The capacity that the desk learns is assumed, with reports of autumn 2025 beside it."""
    resting = {row["id"]: row["rests_on"] for row in cuts["2025-04-30"]["kept"] if row["rests_on"]}
    assert "licence_practice:LP032" in resting["LD015"]
    assert all(row["why"] for row in cuts["2025-04-30"]["kept"])


def test_every_reason_has_words_in_both_languages() -> None:
    """Reasons of tables that are not cut, of rows without a date, and of parameters of our own."""
    reasons = paper_words("data_cut", "reasons")
    rules = [rule for pack in map(open_pack, list_packs()) for name in pack.rules if (rule := pack.known_rule(name))]
    told = {text for rule in rules for text in (rule.uncut, rule.undated) if text}
    told |= {kept.why for rule in rules for kept in rule.kept}
    assert set(reasons) == told


def test_the_text_in_chinese_has_no_english_words(cuts: dict[str, CutList]) -> None:
    """Names of tables, columns and rows apart."""
    lines = cut_text(cuts["2025-06-30"], "zh")
    names = {word for entry in cuts["2025-06-30"]["tables"] for word in (entry["pack"], *entry["table"].split("_"))}
    columns = {
        part
        for row in cuts["2025-06-30"]["removed"]
        for name in row["by"].split("+")
        for part in re.split(r"[_.]", name)
    }
    columns |= {"ends", "on", "licence", "practice"}
    words = {word for line in lines for word in re.findall(r"[a-z]{3,}", line)}
    assert words <= names | columns


def test_rows_as_csv_and_everything_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The same rows in both, under the names of the JSON."""
    assert main(["data", "cut", "--known", "2025-10-20", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert main(["data", "cut", "--known", "2025-10-20", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert rows == found["removed"]
    assert {row["table"] for row in rows} >= {"prices", "trade", "economics", "practice_events", "contracts", "funding"}


def test_a_cut_after_everything_is_known_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """A notice names the day; nothing but rows for a test of the past is removed."""
    assert nothing_cut("2025-10-20") == []
    assert nothing_cut(None) == []
    (notice,) = nothing_cut("2099-01-01")
    assert (notice.code, notice.where) == ("CUT-NOTHING", "known")
    assert main(["data", "cut", "--known", "2099-01-01", "--lang", "zh"]) == 0
    assert "截至2099-01-01全部数据行均已可知" in capsys.readouterr().out


def test_a_day_that_does_not_exist_is_told() -> None:
    with pytest.raises(CoercivityError, match="DATE"):
        data_cut("2025-02-30")
