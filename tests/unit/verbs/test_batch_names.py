"""A table with a user's list: verdicts in each row, names to identify with counts, the same for any number of workers."""

from __future__ import annotations

import csv
import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.batches.request import Times, opened, plan_of
from coercivity.batches.run import book_of
from coercivity.cases.arguments import Law
from coercivity.verbs.batch import TableAsked, batch
from coercivity.verbs.decide import decide

NAMES = ("Example Rotor Works", "Exmple Rotor Works", "Muster Magnettechnik GmbH", "=Example+Works")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "date", "material", "from", "to", "consignee", "end user", "notify party"])
        for n in range(40):
            names = [NAMES[n % 3], NAMES[(n // 3) % 3], "" if n % 5 else NAMES[0]]
            writer.writerow([n, "2026-03-02", "ferrite magnets", "CN", "DE", *names])
    return path


@pytest.fixture
def law(tmp_path: Path) -> Law:
    path = tmp_path / "own.csv"
    path.write_text("id,name\n77,Example Rotor Works\n", encoding="utf-8")
    return Law(lists=(path,))


def test_names_of_a_users_list_are_counted_for_any_number_of_workers(tmp_path: Path, table: Path, law: Law) -> None:
    alone = batch(TableAsked(table), tmp_path / "one", law=law, workers=1, part_rows=7, formats=("csv", "xlsx"))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        both = batch(
            TableAsked(table), tmp_path / "two", law=law, executor=pool, workers=2, part_rows=7, formats=("csv", "xlsx")
        )
    for kind, path in alone.files.items():
        assert path.read_bytes() == both.files[kind].read_bytes(), kind
    with alone.files["decisions"].open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows[0]["screening"] == "consignee: match; end_user: match; intermediary: match"
    assert rows[7]["screening"] == "consignee: possible; end_user: none"
    assert {row["outcome"] for row in rows} == {"UNKNOWN"}
    assert len({row["decision_hash"] for row in rows}) == len({(n % 3, n // 3 % 3, n % 5 == 0) for n in range(40)})
    summary = json.loads(alone.files["summary_json"].read_bytes())
    counted = {(one["fact"], one["written"]): one["rows"] for one in summary["names_to_identify"]}
    assert counted == {
        ("consignee", NAMES[0]): 14, ("consignee", NAMES[1]): 13, ("end_user", NAMES[0]): 15,
        ("end_user", NAMES[1]): 13, ("intermediary", NAMES[0]): 8,
    }  # fmt: skip
    assert summary["names"] == len(counted)
    assert "Parties to identify" in "\n".join(alone.lines())


def test_a_list_changed_during_a_run_stops_the_workers(tmp_path: Path, table: Path, law: Law) -> None:
    asked = TableAsked(table)
    plan, book, _ = plan_of(asked, opened(asked), law, Times(None, None, None))
    assert book_of(plan) is book
    (path,) = law.lists
    assert isinstance(path, Path)
    path.write_text("id,name\n77,Example Stator Works\n", encoding="utf-8")
    with pytest.raises(CoercivityError, match="PARTY-FILE"):
        book_of(plan)


def test_an_earlier_run_with_another_list_is_not_resumed(tmp_path: Path, table: Path, law: Law) -> None:
    keys = []
    for one in (law, Law()):
        plan, book, _ = plan_of(TableAsked(table), opened(TableAsked(table)), one, Times(None, None, None))
        keys.append(plan.key(book))
    assert keys[0] != keys[1]


def test_all_faults_of_all_files_come_at_once(tmp_path: Path) -> None:
    files = {
        "lists": tmp_path / "own.csv",
        "judgements": tmp_path / "judged.jsonl",
        "ownership": tmp_path / "owners.csv",
    }
    for path in files.values():
        path.write_bytes(b"\xff\xfe\x00")
    law = Law(lists=(files["lists"],), judgements=files["judgements"], ownership=files["ownership"])
    with pytest.raises(CoercivityError) as error:
        decide({"act": "goods"}, on="2026-03-02", law=law)
    told = " ".join(fault.where for fault in error.value.faults)
    assert all(path.name in told for path in files.values()), told
