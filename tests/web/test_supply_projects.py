"""Projects on a time line: bars between planned and modelled start, colours by clause, filters."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from coercivity.web.supply.found import Shown
from coercivity.web.supply.projects import Projects, projects_of
from coercivity.web.view import View
from coercivity.web.words import screen_words


def plant(name: str, planned: str, start: str, delay: float = 0.0, clauses: tuple[str, ...] = (), **more: str) -> Any:
    """A plant as an outlook has it."""
    row = {"plant_id": name, "region": "EUR", "stage": "metal", "capacity_t": 100.0, "decision": "tabulated"}
    return {**row, "start_planned": planned, "start": start, "delay_months": delay, "clauses": [*clauses], **more}


PLANTS = [
    plant("old", "1998-01", "1998-01"),
    plant("held", "2027-01", "2027-09", 6.0, ("a62-1-a",)),
    plant("slow", "2027-03", "2027-05"),
    plant("never", "2028-01", "", stage="magnet", region="JP"),
]


def line(query: tuple[tuple[str, str], ...] = (), lang: str = "en") -> Projects:
    """The time line of one run."""
    body = {"plants": PLANTS, "title": {"en": "T", "zh": "题"}, "branch": "", "id": "t"}
    run = SimpleNamespace(key="A", body=body, branch={"en": "", "zh": ""})
    regions = {"EUR": {"en": "Europe", "zh": "欧洲"}, "JP": {"en": "Japan", "zh": "日本"}}
    names = {"regions": regions, "clauses": {"a62-1-a": {"short": "62/2025 Art. 1", "short_zh": "第62号公告"}}}
    report = {"months": ["2026-11", "2027-12"], "names": names, "runs": []}
    found = Shown(cast(Any, report), cast(Any, run), None, "ox_Dy", "XCN", "2027")
    return projects_of(View("/supply", query, cast(Any, lang), "2026-11-28", "", "", "2026-11-28"), found)


def bars(found: Projects) -> list[tuple[str, str, str, str]]:
    """Plant, first and last month, and colour of each bar."""
    values = found.charts[0].spec["layer"][0]["data"]["values"]
    return [(bar["p"], bar["m"][:7], bar["m2"][:7], bar["fill"]) for bar in values]


def test_a_delay_by_a_clause_has_its_colour_and_the_rest_another() -> None:
    found = line()
    fill = found.causes[0].fill
    assert found.causes[0].clauses == ("a62-1-a",)
    assert bars(found) == [
        ("held", "2027-01", "2027-07", fill),
        ("held", "2027-07", "2027-09", "var(--edge)"),
        ("slow", "2027-03", "2027-05", "var(--edge)"),
    ]


def test_the_table_has_every_plant_also_those_that_are_not_drawn() -> None:
    found = line()
    assert [row[0] for row in found.charts[0].rows] == ["old", "held", "slow", "never"]
    assert found.charts[0].spec["encoding"]["y"]["sort"] == ["held", "slow", "never"]
    assert (found.shown, found.all, found.before) == (4, 4, 1)
    assert found.charts[0].rows[1][4:8] == ["2027-01", "2027-09", "6.00", "[1] 62/2025 Art. 1"]
    assert found.charts[0].rows[3][5] == "no start in the run"


def test_stage_and_region_are_chosen_in_the_address() -> None:
    assert [row[0] for row in line((("stage", "magnet"),)).charts[0].rows] == ["never"]
    assert [row[0] for row in line((("place", "EUR"),), "zh").charts[0].rows] == ["old", "held", "slow"]
    assert line((("stage", "magnet"), ("place", "EUR"))).charts == []
    assert line((("stage", "nothing"),)).shown == 4


def test_a_count_of_one_plant_reads_as_well_as_one_of_many() -> None:
    assert [screen_words()["supply.plants_count"]["en"].format(count) for count in (1, 3)] == ["plants: 1", "plants: 3"]
