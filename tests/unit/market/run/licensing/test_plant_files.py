"""Files of plants abroad: one a year for each act that needs a licence, in queues for technology and service."""

from __future__ import annotations

from coercivity.base.months import Month, parse_month
from coercivity.market.run.industry.plants import Plant
from coercivity.market.run.law import PlantLawSeen
from coercivity.market.run.licensing.plant_files import PlantFiles
from coercivity.permission.gate import Gate, Way
from tests.oracles.market_toy import FREE, LICENCE, says

MAY = parse_month("2026-05")
DENIAL, SHUT = says(Way.DENIAL), says(Way.SHUT)


def plant(name: str, region: str, dependence: int, stage: str = "magnet") -> Plant:
    return Plant(name, region, stage, f"{stage}:{region}", "magnet", 10.0, MAY, MAY, dependence)


def law(**gates: Gate) -> PlantLawSeen:
    """A law that treats each act alike everywhere; free unless given."""

    def ask(seen_from: Month, act: str, region: str, stage: str, month: Month) -> tuple[Gate, float]:
        return gates.get(act, FREE), 1.0

    return ask


def test_a_plant_files_once_a_year_for_each_act_that_needs_a_licence() -> None:
    files = PlantFiles([plant("one", "EUR", 2), plant("two", "EUR", 3)], law(technology=LICENCE, service=LICENCE))
    assert files.buckets == (("service", "CN", "EUR", "civil"), ("technology", "CN", "EUR", "civil"))
    # Services and staff are one form: two acts of two plants a year at most, of which staff need no licence here.
    assert files.usual_files == (4 / 12, 2 / 12)
    filed, asked = files.filed(MAY)
    assert filed.tolist() == [2 / 12, 2 / 12]
    assert asked.tolist() == [1, 1]


def test_a_plant_that_hardly_depends_on_china_files_nothing() -> None:
    assert PlantFiles([plant("one", "EUR", 1)], law(technology=LICENCE)).buckets == ()


def test_regions_have_queues_of_their_own() -> None:
    files = PlantFiles([plant("one", "EUR", 2), plant("two", "JP", 2)], law(technology=LICENCE))
    assert [name[2] for name in files.buckets] == ["EUR", "JP", "EUR", "JP"]


def test_what_is_free_or_prohibited_is_not_filed() -> None:
    files = PlantFiles([plant("one", "EUR", 2)], law(technology=SHUT))
    filed, asked = files.filed(MAY)
    assert filed.tolist() == [0.0, 0.0]
    assert asked.tolist() == [0, 0]


def test_a_presumption_of_denial_counts_where_no_act_has_an_ordinary_requirement() -> None:
    only = PlantFiles([plant("one", "EUR", 2)], law(service=DENIAL, assistance=DENIAL))
    both = PlantFiles([plant("one", "EUR", 2)], law(service=DENIAL, assistance=LICENCE))
    assert only.filed(MAY)[1].tolist() == [2, 0]
    assert both.filed(MAY)[1].tolist() == [1, 0]
    assert both.filed(MAY)[0].tolist() == [2 / 12, 0.0]
