"""Journey J3: a messy table, decided row by row, killed and resumed. Checks 1 to 11."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from coercivity.cli.app import main
from coercivity.verbs.batch import TableAsked, batch, decide_row
from tests.journeys import j3_rows
from tests.sampling import sampled

pytestmark = pytest.mark.long

ROWS, SEED = 12_000, 3
OUTCOMES = ("PROCEED", "LICENCE", "STOP", "UNKNOWN")
BAD = ("blank", "unit", "formula")
LIVE = re.compile(r"[\s\ufeff\x00]*[=+\-@＝＋－＠]")


@dataclass(frozen=True)
class Run:
    """One run through the command line: what it printed and where it wrote."""

    out: Path
    printed: str

    @property
    def rows(self) -> list[dict[str, str]]:
        return read_csv(self.out / "decisions.csv")

    @property
    def summary(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.out / "summary.json").read_text(encoding="utf-8"))
        return found


@dataclass(frozen=True)
class Journey:
    """The files of the journey and the runs over them."""

    folder: Path
    extract: j3_rows.Extract
    plain: Run
    rows: list[dict[str, str]]

    def numbers(self, *kinds: str) -> list[int]:
        return [number for number, planted in self.extract.planted.items() if planted.kind in kinds]


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def run_batch(table: Path, out: Path, *words: str) -> Run:
    told = io.StringIO()
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(io.StringIO()):
        assert main(["batch", str(table), "--out", str(out), *words]) == 0
    return Run(out, told.getvalue())


def contents(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def judged(rows: list[dict[str, str]]) -> list[tuple[str, ...]]:
    names = ("row", "id", "outcome", "finding", "may_become", "rules", "missing", "duplicate_id", "decision_hash")
    return [(*(row[name] for name in names), row["input_error"][:12]) for row in rows]


@pytest.fixture(scope="session")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    folder = tmp_path_factory.mktemp("j3")
    found = j3_rows.write_all(folder, ROWS, SEED, xlsx=False)
    plain = run_batch(folder / "rows.csv", folder / "out", "--on-column", "date", "--format", "csv", "--format", "xlsx")
    return Journey(folder, found, plain, plain.rows)


@pytest.fixture(scope="session")
def clean(journey: Journey) -> list[dict[str, str]]:
    """The answers to the same rows without any dirt; only the ids are as they were."""
    path = journey.folder / "clean" / "rows.csv"
    path.parent.mkdir()
    rows = [journey.extract.clean_row(number) for number in range(1, ROWS + 1)]
    j3_rows.write_csv(path, {name: [row[name] for row in rows] for name in j3_rows.COLUMNS}, [*j3_rows.COLUMNS])
    return run_batch(path, path.parent / "out", "--standing", str(journey.folder / "standing.yaml")).rows


def test_1_one_answer_a_row_in_the_same_order_and_the_sum_balances(journey: Journey) -> None:
    rows, summary = journey.rows, journey.plain.summary
    assert [row["id"] for row in rows] == journey.extract.columns["id"]
    assert [int(row["row"]) for row in rows] == list(range(1, ROWS + 1))
    assert [int(row["line"]) for row in rows] == list(range(2, ROWS + 2))
    decided = [row for row in rows if not row["input_error"]]
    assert {row["outcome"] for row in decided} == set(OUTCOMES)
    assert all(re.fullmatch("[0-9a-f]{64}", row["decision_hash"]) for row in decided)
    assert not any(row["outcome"] or row["decision_hash"] for row in rows if row["input_error"])
    assert all(row["rules"] for row in decided if row["outcome"] in ("LICENCE", "STOP"))
    counts = Counter(row["outcome"] or "error" for row in rows)
    assert summary["outcomes"] == {name: counts[name] for name in OUTCOMES}
    assert summary["balances"] is True
    line = next(line for line in journey.plain.printed.splitlines() if " rows = " in line)
    told = [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", line)]
    assert told == [ROWS, *(counts[name] for name in OUTCOMES), counts["error"]]
    assert told[0] == sum(told[1:])


def test_1_rows_that_cannot_be_read_are_set_aside_with_the_reason(journey: Journey) -> None:
    aside = read_csv(journey.plain.out / "set-aside.csv")
    assert [row["row"] for row in aside] == [row["row"] for row in journey.rows if row["input_error"]]
    assert all(row["input_error"] for row in aside)


def test_2_commas_and_dates_are_noted_and_decided_like_clean_rows(
    journey: Journey, clean: list[dict[str, str]]
) -> None:
    numbers = journey.numbers("comma", "date")
    assert len(numbers) == round(ROWS * 0.02)
    for number in numbers:
        dirty, report = journey.rows[number - 1], clean[number - 1]
        planted = journey.extract.planted[number]
        assert (dirty["outcome"], dirty["decision_hash"]) == (report["outcome"], report["decision_hash"]), planted
        assert all(f"{column}: " in dirty["notes"] for column in planted.clean), (planted, dirty["notes"])
        assert "decimal comma" not in report["notes"]
    assert {clean[number - 1]["outcome"] for number in numbers} >= {"PROCEED", "LICENCE", "UNKNOWN"}


def test_2_a_blank_composition_and_an_unknown_unit_are_unknown(journey: Journey, clean: list[dict[str, str]]) -> None:
    """Unless no composition could free the row: what needs a licence or is prohibited whatever it holds stays so."""
    for kind, asked in (("blank", "elements"), ("unit", "unit")):
        numbers = journey.numbers(kind)
        assert len(numbers) == round(ROWS * j3_rows.SHARES[kind])
        for number in numbers:
            row = journey.rows[number - 1]
            stopped = (
                row["outcome"]
                == clean[number - 1]["outcome"]
                in {"unit": ("STOP",), "blank": ("STOP", "LICENCE")}[kind]
            )
            assert row["outcome"] == "UNKNOWN" or stopped, (kind, row)
            assert stopped or asked in row["missing"].split("; "), (kind, row)


def test_2_a_cell_that_begins_with_an_equals_sign_is_an_input_error(journey: Journey) -> None:
    numbers = journey.numbers("formula")
    assert len(numbers) == round(ROWS * 0.001)
    assert [int(row["row"]) for row in journey.rows if row["input_error"]] == numbers
    for number in numbers:
        error = journey.rows[number - 1]["input_error"]
        assert error.startswith("FORMULA-CELL")
        assert all(column in error for column in journey.extract.planted[number].clean)


def test_2_no_planted_bad_row_proceeds(journey: Journey, clean: list[dict[str, str]]) -> None:
    outcomes = {journey.rows[number - 1]["outcome"] for number in journey.numbers(*BAD)}
    assert "PROCEED" not in outcomes
    assert "PROCEED" in {clean[number - 1]["outcome"] for number in journey.numbers(*BAD)}


def test_2_nothing_that_was_not_planted_is_an_error_or_unread(journey: Journey, clean: list[dict[str, str]]) -> None:
    planted = set(journey.numbers(*BAD))
    for row in journey.rows:
        if int(row["row"]) not in planted:
            assert not row["input_error"]
            assert not {"composition", "material", "unit", "quantity"} & set(row["missing"].split("; ")), row
    assert not any(row["input_error"] for row in clean)


def test_3_duplicate_ids_are_decided_and_flagged_and_none_is_dropped(journey: Journey) -> None:
    counts = Counter(journey.extract.columns["id"])
    twice = {name for name, count in counts.items() if count > 1}
    assert len(twice) == round(ROWS * 0.002)
    flagged = [row for row in journey.rows if row["duplicate_id"] == "true"]
    assert Counter(row["id"] for row in flagged) == dict.fromkeys(twice, 2)
    assert all(row["outcome"] for row in flagged)
    assert journey.plain.summary["duplicates"] == len(flagged)
    assert re.search(rf"\b{len(flagged)}  rows with a duplicate id, all kept", journey.plain.printed)


def test_4_two_runs_give_the_same_bytes(journey: Journey, tmp_path: Path) -> None:
    words = ("--on-column", "date", "--format", "csv", "--format", "xlsx")
    again = run_batch(journey.folder / "rows.csv", tmp_path / "again", *words)
    assert contents(again.out) == contents(journey.plain.out)
    small = run_batch(journey.folder / "rows.csv", tmp_path / "small", *words, "--part-rows", "700")
    assert contents(small.out) == contents(journey.plain.out)


PARTS_WORDS = ["--part-rows", "1000", "--format", "parquet", "--format", "csv", "--format", "xlsx"]


@pytest.fixture(scope="session")
def long_table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table long enough for more than one process."""
    folder = tmp_path_factory.mktemp("j3-long")
    j3_rows.write_all(folder, 22_000, SEED, xlsx=False)
    return folder / "rows.csv"


@pytest.fixture(scope="session")
def whole(long_table: Path) -> dict[str, bytes]:
    """What an uninterrupted run without other processes writes."""
    return contents(run_batch(long_table, long_table.parent / "whole", *PARTS_WORDS, "--workers", "1").out)


def _parts(out: Path) -> int:
    return len([*(out / ".batch" / "parts").glob("part-*.parquet")])


def _killed(table: Path, out: Path, workers: int) -> int:
    """Kills a run, with all of its processes, once some parts are there; returns how many are."""
    words = ["batch", str(table), "--out", str(out), *PARTS_WORDS, "--workers", str(workers)]
    command = [sys.executable, "-m", "coercivity", *words]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet, start_new_session=True) as process:
        last = time.monotonic() + 60
        while process.poll() is None and _parts(out) < 4 and time.monotonic() < last:
            time.sleep(0.002)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    return _parts(out)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="kills a group of processes")
@pytest.mark.whole
@pytest.mark.parametrize("workers", [1, 2])
def test_4_a_killed_run_taken_up_again_equals_an_uninterrupted_one(
    long_table: Path, whole: dict[str, bytes], tmp_path: Path, workers: int
) -> None:
    out = tmp_path / "out"
    assert 0 < _killed(long_table, out, workers) < 22
    assert not (out / "decisions.csv").exists()
    kept = {path: path.stat().st_mtime_ns for path in (out / ".batch" / "parts").glob("part-*.parquet")}
    command = ["batch", str(long_table), "--out", str(out), *PARTS_WORDS, "--workers", str(workers), "--resume"]
    done = subprocess.run([sys.executable, "-m", "coercivity", *command], capture_output=True, check=False, text=True)
    assert (done.returncode, done.stderr if "Traceback" in done.stderr else "") == (0, "")
    assert contents(out) == whole
    moved = {path.name: path.stat().st_mtime_ns for path in (out / "decisions").iterdir()}
    assert all(moved[path.name] == at for path, at in kept.items())  # done parts are taken over, not decided again


def test_4_another_executor_and_more_workers_give_the_same_bytes(
    long_table: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    formats = ("parquet", "csv", "xlsx")
    with ThreadPoolExecutor(3) as threads:
        batch(TableAsked(long_table), tmp_path, formats=formats, executor=threads, workers=3, part_rows=1000)
    assert contents(tmp_path) == whole


def test_4_a_run_is_not_taken_up_by_another(
    journey: Journey, long_table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"

    class BrokenOffError(Exception):
        pass

    def stop(label: str, done: int, total: int) -> None:
        if label == "parts decided" and done == 2:
            raise BrokenOffError

    with pytest.raises(BrokenOffError):
        batch(TableAsked(long_table), out, part_rows=1000, workers=1, progress=stop)
    assert _parts(out) == 2
    assert main(["batch", str(long_table), "--out", str(out), "--part-rows", "500", "--resume"]) == 2
    assert "BATCH-RESUME" in capsys.readouterr().err
    assert main(["batch", str(journey.folder / "rows.csv"), "--out", str(out), "--part-rows", "1000", "--resume"]) == 2
    assert "--resume" in capsys.readouterr().err
    assert _parts(out) == 2


@pytest.fixture(scope="session")
def sample() -> list[int]:
    return sorted(random.Random(SEED).sample(range(1, ROWS + 1), 200))


def test_5_rows_decided_one_by_one_give_the_same_outcome_and_hash(journey: Journey, sample: list[int]) -> None:
    asked = TableAsked(journey.folder / "rows.csv", on_column="date")
    for number in sampled(sample[::4]):  # the other ways cover all of them
        row = journey.rows[number - 1]
        alone, said = decide_row(asked, number)
        if row["input_error"]:
            assert alone is None
            assert said[0] == row["input_error"]
            continue
        if row["not_a_deal"]:
            assert alone is None
            continue
        assert alone is not None
        assert (alone.outcome.value, alone.proof["hash"]) == (row["outcome"], row["decision_hash"]), number


def test_5_one_row_can_be_asked_for_at_the_command_line(
    journey: Journey, sample: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["batch", str(journey.folder / "rows.csv"), "--json", "--row"]
    for number in (sample[0], journey.numbers("comma")[0], journey.numbers("formula")[0]):
        assert main([*words, str(number)]) == (2 if number in journey.numbers("formula") else 0)
        told, row = json.loads(capsys.readouterr().out), journey.rows[number - 1]
        if row["input_error"]:
            assert (told["answer"], told["said"][0]) == (None, row["input_error"])
        else:
            assert told["answer"]["proof"]["hash"] == row["decision_hash"]
            assert "; ".join(told["said"]) == row["notes"]


# fmt: off
THINGS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "Sintered NdFeB magnet": ({"form": "magnet", "magnet_type": ["NdFeB"]}, {"Nd"}),
    "NdFeB magnet, block": ({"form": "magnet", "magnet_type": ["NdFeB"]}, {"Nd"}),
    "Bonded NdFeB magnet": ({"form": "magnet", "magnet_type": ["NdFeB"]}, {"Nd"}),
    "SmCo magnet": ({"form": "magnet", "magnet_type": ["SmCo"]}, {"Sm"}),
    "Ferrite magnet": ({"form": "magnet", "magnet_type": ["ferrite"]}, set()),
    "NdFeB magnet powder": ({"form": "magnet_powder", "magnet_type": ["NdFeB"]}, {"Nd"}),
    "NdPr metal": ({"form": "metal"}, {"Nd", "Pr"}),
    "Dysprosium oxide": ({"form": "oxide"}, {"Dy"}),
    "Terbium metal": ({"form": "metal"}, {"Tb"}),
    "Dysprosium-iron alloy": ({"form": "alloy", "alloy_system": "DyFe"}, {"Dy"}),
    "Lanthanum carbonate": ({"form": "compound"}, {"La"}),
    "Yttrium oxide": ({"form": "oxide"}, {"Y"}),
    "Cerium oxide": ({"form": "oxide"}, {"Ce"}),
    "Samarium metal": ({"form": "metal"}, {"Sm"}),
    "Electric motor": ({"form": "finished_good", "goods_kind": "motor"}, set()),
    "Rotor with magnets": ({"form": "assembly", "goods_kind": "rotor_or_stator"}, set()),
}
# fmt: on
WHOLE_OF_NAME = ("metal", "oxide", "compound")


def by_hand(row: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The raw facts of a row as a person reads it, its elements as far as they are known, and what is unread."""
    thing, named = THINGS[row["material"]]
    facts: dict[str, Any] = {**thing, "from": row["from"], "to": row["to"], "end_user": row["end_user"]}
    if row["from"] == "CN":
        facts["act"] = "goods"
    elif row["to"] != "CN":
        facts["act"] = "reexport"
    unread = ["unit"] if row["unit"] in j3_rows.BAD_UNITS else []
    shares = {}
    for symbols, share in re.findall(r"([A-Z][A-Za-z0-9+]*) (\d+(?:[.,]\d+)?) %", row["composition"]):
        shares[symbols] = float(share.replace(",", "."))
    has = {s for key, share in shares.items() if share for s in re.findall("[A-Z][a-z]?", key)}
    rare = named | (has & {"Y", "La", "Ce", "Pr", "Nd", "Sm", "Tb", "Dy"})
    for symbol in ("Dy", "Tb"):
        if symbol in shares:
            facts[f"{symbol.lower()}_mass_share"] = f"{shares[symbol] / 100:.6f}".rstrip("0").rstrip(".") or "0"
    if not row["composition"]:
        unread.append("composition")
    complete = sum(shares.values()) >= 99.95 or facts["form"] in WHOLE_OF_NAME
    if complete:
        facts["elements"] = sorted(rare)
    elif rare or shares:
        facts["elements"] = [*sorted(rare), *(f"not {s}" for s in ("Dy", "Tb") if shares.get(s) == 0), "..."]
    return facts, unread


def _day(text: str) -> str:
    return "-".join(reversed(text.split("."))) if "." in text else text


def test_5_deals_written_by_hand_give_the_same_outcome_and_hash(
    journey: Journey, sample: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deals = []
    for number in sample:
        facts, unread = by_hand(journey.extract.row(number)) if _readable(journey, number) else ({}, [])
        if facts:
            deal = {"id": str(number), "on": _day(journey.extract.row(number)["date"]), "facts": facts}
            deals.append(deal | ({"unread": unread} if unread else {}))
    assert len(deals) > 150
    standing = yaml.safe_load((journey.folder / "standing.yaml").read_text(encoding="utf-8"))
    path = tmp_path / "deals.yaml"
    path.write_text(json.dumps({**standing, "deals": deals}, ensure_ascii=False), encoding="utf-8")  # JSON is YAML
    main(["decide", str(path), "--json"])
    answers = json.loads(capsys.readouterr().out)
    assert [found["id"] for found in answers] == [deal["id"] for deal in deals]
    for found in answers:
        row = journey.rows[int(found["id"]) - 1]
        hashes = (found["proof"]["hash"], row["decision_hash"])
        assert (found["outcome"], hashes[0]) == (row["outcome"], hashes[1]), (row, found["proof"]["facts"])


def _readable(journey: Journey, number: int) -> bool:
    return not journey.rows[number - 1]["input_error"]


def test_6_the_report_states_rows_per_second(journey: Journey) -> None:
    assert re.search(r"\d\.\d s, [\d,]+ rows per second", journey.plain.printed)
    for name in ("summary.txt", "summary.json"):  # a file that stated it would differ between two runs
        assert "second" not in (journey.plain.out / name).read_text(encoding="utf-8")


def test_7_chinese_column_names_in_gb18030_give_the_same_answers(journey: Journey, tmp_path: Path) -> None:
    path = journey.folder / "rows_zh.csv"
    assert "日期".encode("gb18030") in path.read_bytes()[:200]
    found = run_batch(path, tmp_path)
    assert judged(found.rows) == judged(journey.rows)
    assert "GB18030" in found.printed.upper()


def test_7_chinese_words_in_the_cells_give_the_same_answers(journey: Journey, tmp_path: Path) -> None:
    columns = j3_rows.in_chinese(journey.extract.columns)
    path = tmp_path / "rows_zh.csv"
    j3_rows.write_csv(path, columns, [*j3_rows.COLUMNS.values()], "gb18030")
    found = run_batch(path, tmp_path / "out", "--standing", str(journey.folder / "standing.yaml"))
    assert judged(found.rows) == judged(journey.rows)


def test_7_the_workbook_gives_the_answers_of_the_first_rows(journey: Journey, tmp_path: Path) -> None:
    most = 3000
    j3_rows.write_xlsx(tmp_path / "rows.xlsx", journey.extract.columns, most)
    words = ("--standing", str(journey.folder / "standing.yaml"), "--format", "csv")
    found = run_batch(tmp_path / "rows.xlsx", tmp_path / "out", *words).rows
    assert len(found) == most
    parts = [[(*row[:8], *row[9:]) for row in judged(rows)] for rows in (found, journey.rows[:most])]
    assert parts[0] == parts[1]  # but for the flag of ids whose other row lies further down


def _odd_table(folder: Path) -> Path:
    """Ids and words that a spreadsheet would run, and Chinese ones."""
    path = folder / "rows.csv"
    ids = ["订单-0001", "+49 170", "-1", "@home", "=1+1", "ＳＯ－６", " +7"]
    row = "2026-03-02,烧结钕铁硼磁体,Nd+Pr 30 %,CN,DE"
    lines = ["id,date,material,composition,from,to,unit", *(f"{name},{row},kg" for name in ids)]
    lines += [f"订单-8,{row},桶", f"x9,{row.replace('烧结钕铁硼磁体', '+磁体')},kg"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_8_exported_files_keep_chinese_and_hold_no_live_cell(journey: Journey, tmp_path: Path) -> None:
    path = _odd_table(tmp_path)
    out = run_batch(path, tmp_path / "out", "--format", "csv", "--format", "xlsx").out
    for folder in (out, journey.plain.out):
        for name in ("decisions.csv", "set-aside.csv", "readings.csv"):
            assert (folder / name).read_bytes().startswith(b"\xef\xbb\xbf"), name  # or a spreadsheet takes it for ANSI
            cells = [cell for row in read_csv(folder / name) for cell in row.values()]
            assert not [cell for cell in cells if LIVE.match(cell)], name
    ids = [row["id"] for row in read_csv(out / "decisions.csv")]
    assert ids == ["订单-0001", "'+49 170", "'-1", "'@home", "'=1+1", "ＳＯ－６", "'+7", "订单-8", "x9"]
    assert "桶" in read_csv(out / "decisions.csv")[7]["notes"]
    assert any("烧结钕铁硼磁体" in row["text"] for row in read_csv(out / "readings.csv"))


def test_8_a_sign_behind_a_blank_or_of_full_width_is_dead_in_the_readings_too(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    row = "2026-03-02,{},Nd 30 %,CN,DE\n"
    names = (" +磁体", "＋磁体", "\u3000@磁体")
    path.write_text("date,material,composition,from,to\n" + "".join(map(row.format, names)), encoding="utf-8")
    readings = read_csv(run_batch(path, tmp_path / "out").out / "readings.csv")
    assert len(readings) == len(names)
    assert not [cell for told in readings for cell in told.values() if LIVE.match(cell)]


def test_8_the_workbook_has_texts_only_and_no_formula(journey: Journey, tmp_path: Path) -> None:
    out = run_batch(_odd_table(tmp_path), tmp_path / "out", "--format", "xlsx").out
    for folder in (out, journey.plain.out):
        with zipfile.ZipFile(folder / "decisions.xlsx") as book:
            names = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
            sheets = "".join(book.read(name).decode() for name in names)
            styles = book.read("xl/styles.xml").decode()
        assert len(names) == 4  # summary, actions, rows, sources
        assert "<f>" not in sheets
        assert "<hyperlink" not in sheets
        assert folder != out or 'quotePrefix="1"' in styles  # the mark that keeps a text a text when it is edited
    sheet = _sheet(out / "decisions.xlsx", 2)
    ids = [row[2] for row in sheet[1:]]
    # The cells of the table come back as they were sent.
    assert [str(one).strip() for one in ids] == [
        "订单-0001",
        "+49 170",
        "-1",
        "@home",
        "=1+1",
        "ＳＯ－６",
        "+7",
        "订单-8",
        "x9",
    ]
    assert "桶" in "".join(cell or "" for cell in sheet[8])


def _sheet(path: Path, place: int) -> list[tuple[str | None, ...]]:
    import fastexcel

    sheet = fastexcel.read_excel(path).load_sheet(place, header_row=None, dtypes="string")
    return sheet.to_polars().rows()


def test_9_the_summary_counts_by_outcome_rule_and_missing_fact(journey: Journey) -> None:
    decided = [row for row in journey.rows if row["outcome"]]
    rules = Counter(name for row in decided for name in row["rules"].split("; ") if name)
    missing = [[n for n in row["missing"].split("; ") if n] for row in decided if row["outcome"] == "UNKNOWN"]
    open_in = Counter(name for names in missing for name in names)
    alone = Counter(names[0] for names in missing if len(names) == 1)
    summary = journey.plain.summary
    assert summary["rules"] == rules
    assert summary["missing"] == open_in
    assert summary["nothing_missing"] == sum(not names for names in missing)
    ranked = sorted(open_in, key=lambda name: (-alone[name], -open_in[name], name))[:10]
    assert summary["settling"] == [{"fact": n, "alone": alone[n], "open_in": open_in[n]} for n in ranked]
    assert 5 <= len(ranked) <= 10
    sheet = _sheet(journey.plain.out / "decisions.xlsx", 0)
    told = [(row[0], row[1]) for row in sheet]
    assert all((str(count), name) in told for name, count in summary["outcomes"].items())
    triples = [row[:3] for row in sheet]
    places = [triples.index((str(alone[name]), str(open_in[name]), name)) for name in ranked]
    assert places == sorted(places)
    assert all(sheet[place][3] for place in places)
    sources = _sheet(journey.plain.out / "decisions.xlsx", 3)
    assert all(any(row[0] == str(count) and row[2] == name for row in sources) for name, count in rules.most_common(10))


def test_9_the_summary_is_a_workbook_of_its_own_where_the_rows_are_not_one(journey: Journey, tmp_path: Path) -> None:
    out = run_batch(journey.folder / "rows.csv", tmp_path).out
    assert _sheet(out / "summary.xlsx", 0) == _sheet(journey.plain.out / "decisions.xlsx", 0)


def test_10_distinct_cases_are_the_distinct_hashes(journey: Journey) -> None:
    hashes = {row["decision_hash"] for row in journey.rows if row["decision_hash"]}
    summary = journey.plain.summary
    assert summary["distinct_cases"] == len(hashes) < ROWS
    assert 1 < summary["kinds"] < 100
    assert re.search(rf"{len(hashes):,}  distinct cases", journey.plain.printed)
    by_hash: dict[str, set[tuple[str, ...]]] = {}
    for row in journey.rows:
        by_hash.setdefault(row["decision_hash"], set()).add((row["outcome"], row["rules"], row["missing"]))
    assert all(len(found) == 1 for name, found in by_hash.items() if name)


def _with_header(journey: Journey, path: Path, **renamed: str) -> Path:
    names = [renamed.get("from_" if name == "from" else name, name) for name in j3_rows.COLUMNS]
    j3_rows.write_csv(path, {name: cells[:500] for name, cells in journey.extract.columns.items()}, names)
    return path


def test_11_a_mapping_made_once_is_saved_and_used_again(journey: Journey, tmp_path: Path) -> None:
    table = _with_header(journey, tmp_path / "t.csv", date="Feld 7", composition="X1", id="Z")
    mapping = (journey.plain.out / "mapping.yaml").read_text(encoding="utf-8")
    for old, new in (("date", "Feld 7"), ("composition", "X1"), ("id", "Z")):
        mapping = re.sub(rf"^  {old}: ", f"  {new}: ", mapping, flags=re.M)
    saved = tmp_path / "map.yaml"
    saved.write_text(mapping, encoding="utf-8")
    standing = ("--standing", str(journey.folder / "standing.yaml"))
    first = run_batch(table, tmp_path / "first", "--map", str(saved), *standing)
    assert [row[2:7] for row in judged(first.rows)] == [row[2:7] for row in judged(journey.rows[:500])]
    assert [row["decision_hash"] for row in first.rows] == [row["decision_hash"] for row in journey.rows[:500]]
    second = run_batch(table, tmp_path / "second", "--map", str(tmp_path / "first" / "mapping.yaml"), *standing)
    parts = [contents(run.out) for run in (first, second)]
    assert all(parts[0][name] == parts[1][name] for name in ("decisions.csv", "mapping.yaml", "summary.json"))


def test_11_the_order_in_a_map_has_no_say(journey: Journey, tmp_path: Path) -> None:
    text = (journey.plain.out / "mapping.yaml").read_text(encoding="utf-8")
    lines = text.splitlines()
    start, end = lines.index("columns:") + 1, lines.index("constants:")
    turned = tmp_path / "map.yaml"
    turned.write_text("\n".join([*lines[:start], *reversed(lines[start:end]), *lines[end:]]), encoding="utf-8")
    table = _with_header(journey, tmp_path / "t.csv")
    standing = ("--standing", str(journey.folder / "standing.yaml"))
    first = run_batch(table, tmp_path / "first", *standing)
    second = run_batch(table, tmp_path / "second", *standing, "--map", str(turned))
    assert contents(second.out) == contents(first.out)


@pytest.mark.parametrize(("column", "lost"), [("date", "Feld 7"), ("from_", "Feld 8")])
def test_11_an_unmapped_required_column_stops_before_the_first_row(
    journey: Journey, tmp_path: Path, capsys: pytest.CaptureFixture[str], column: str, lost: str
) -> None:
    table = _with_header(journey, tmp_path / "t.csv", **{column: lost})
    assert main(["batch", str(table), "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr()
    assert column.rstrip("_") in told.err or "day" in told.err
    assert lost in told.err
    assert told.out == ""
    assert {path.name for path in (tmp_path / "out").glob("*")} <= {"mapping.draft.yaml"}


def test_11_a_mapped_column_that_is_gone_stops_before_the_first_row(
    journey: Journey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = _with_header(journey, tmp_path / "t.csv", composition="Zus.")
    mapping = journey.plain.out / "mapping.yaml"
    assert main(["batch", str(table), "--out", str(tmp_path / "out"), "--map", str(mapping)]) == 2
    assert "'composition'" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
