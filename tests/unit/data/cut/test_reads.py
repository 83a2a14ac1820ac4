"""What a run with a cut reads: no row of a data set that was not known on its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from coercivity.base.days import Day, parse_day
from coercivity.base.months import parse_month
from coercivity.data.cells import Period
from coercivity.data.cut.dating import Dating
from coercivity.data.packs import open_pack
from coercivity.law.rules.load import load_rulebook
from coercivity.market.inputs.figures import Figures, Row
from coercivity.market.results.mechanisms.quoted import quotes
from coercivity.market.results.run_answer import run_answer
from coercivity.market.run import simulate as running
from coercivity.market.run.question import RunQuestion
from coercivity.market.run.runs import runs_of, simulation_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.practice.desk_tables import load_desk

pytestmark = pytest.mark.long
DAYS = ("2025-04-30", "2025-06-30", "2025-08-31", "2025-10-20")
FIRST, LAST = parse_month("2024-10"), parse_month("2024-11")
Reads = set[tuple[str, str]]


class Watched(dict[str, str]):
    """A row that notes its name when a cell of it is read."""

    def __init__(self, row: Row, name: tuple[str, str], found: Reads) -> None:
        super().__init__(row)
        self.name, self.found = name, found

    def __getitem__(self, column: str) -> str:
        self.found.add(self.name)
        return super().__getitem__(column)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reads]:
    """Table and key of every row of which a cell is read through `Figures`, whether it is recorded there or not."""
    found: Reads = set()
    rows = Figures.rows

    def watched(self: Figures, table: str) -> Mapping[str, Row]:
        if table not in self._tables:
            each = rows(self, table)
            self._tables[table] = {key: Watched(row, (table, key), found) for key, row in each.items()}
        return self._tables[table]

    monkeypatch.setattr(Figures, "rows", watched)
    running._world.cache_clear()
    yield found
    running._world.cache_clear()


def dates() -> dict[tuple[str, str], Dating]:
    """Since when every row is known, by table and key."""
    found: dict[tuple[str, str], Dating] = {}
    for pack in (open_pack("world"), open_pack("practice")):
        for name in pack.schemas:
            table, dated = pack.dated(name)
            keys = table.text(table.schema.key[0])
            found |= {(name, key): dating for key, dating in zip(keys, dated, strict=True)}
    return found


def later(read: Reads, day: Day) -> list[str]:
    """The rows read that were not known on a day."""
    since = dates()
    return sorted(f"{table}:{key}" for table, key in read if not since[table, key].known(day))


@pytest.mark.parametrize("text", DAYS)
def test_a_run_reads_nothing_that_was_not_known(text: str, reads: Reads) -> None:
    """Through `Figures` the whole run and its tables; the desk row by row; the base year; quotes of all months."""
    day, book = parse_day(text), load_rulebook()
    scenario = read_scenario("as-known", frozenset(), book)
    run = runs_of(book, scenario, LAST, day)[0]
    simulation = simulation_of(book, run, FIRST, LAST, known=day)
    answer = run_answer(simulation, RunQuestion(run, FIRST, LAST, day))
    months = [f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13)]
    quoted = quotes(simulation.world.figures, months)
    reads |= {(name.partition(":")[0], name.partition(":")[2]) for name in simulation.world.figures.taken}
    reads |= {("prices", row) for quote in quoted for row in quote.rows}
    reads |= {(row["row"].partition(":")[0], row["row"].partition(":")[2]) for row in answer["assumed"]}
    assert {"prices", "economics", "substitution", "stocks", "plants", "contracts"} <= {table for table, _ in reads}
    assert later(reads, day) == []
    assert max(quote.month for quote in quoted) <= text[:7]
    assert ("economics", "E073") not in reads
    assert ("economics", "E086") in reads


@pytest.mark.parametrize("text", DAYS)
def test_the_desk_of_a_cut_has_no_later_report_and_no_later_end(text: str) -> None:
    """It is the desk that was known anyway, read from fewer rows."""
    day = parse_day(text)
    desk = load_desk(known=day)
    reported = [row.reported_on for row in desk.rows]
    reported += [row.reported_on for row in (*desk.events, *desk.general, *desk.holds)]  # type: ignore[attr-defined]
    ends = [*(row.ends_on for row in desk.rows), *(row.ends_on for row in desk.events)]
    ends += [row.ends_on for row in desk.holds]
    assert all(each is None or each <= day for each in (*reported, *ends))
    assert desk == load_desk().known_by(day)


@pytest.mark.parametrize("text", DAYS)
def test_a_cut_holds_no_contract_or_money_signed_later(text: str) -> None:
    day, pack = parse_day(text), open_pack("world", parse_day(text))
    for table in ("contracts", "funding"):
        signed = pack.tables[table].values("period")
        assert signed
        assert all(isinstance(period, Period) and period.last <= day for period in signed)
    assert pack.tables["contract_terms"].text("id") == pack.tables["contracts"].text("id")


def test_the_check_can_fail(reads: Reads) -> None:
    """Without a cut the same run reads rows that were not known on the first day."""
    running.world_once(recycling=True)
    found = later(reads, parse_day(DAYS[0]))
    assert {"economics:E073", "demand:D0012", "process_coefficients:CO216"} <= set(found)
