"""Days by which a company must act, counted back by hand from the days on which its lines stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from coercivity.base.days import Day
from coercivity.cases.arguments import PACKED
from coercivity.data.input import Content
from coercivity.firm.chain.calendar import ChainCalendar, chain_calendar
from coercivity.firm.company.model import CalendarRow, Company, Delay, Stock
from coercivity.firm.company.sources import company_of
from coercivity.firm.line_stop.actions.deadlines import UsualTransit, air_days, deadlines_of, single_days_within
from coercivity.firm.line_stop.actions.paperwork import Paperwork
from coercivity.firm.line_stop.results import LotLaw, OwnDeadline, PartDates
from tests.places import ROOT

FIRMS = ROOT / "examples" / "firms"
ON = Day(2026, 11, 20)
HALF, NINE = Fraction(1, 2), Fraction(9, 10)


def days(rows: Sequence[CalendarRow]) -> ChainCalendar:
    """Chinese working days with a user's rows."""
    return chain_calendar(PACKED.book(), rows, [ON])


def stops(plant: str, part: str, day: Day | None) -> PartDates:
    """A part with the day from which it is not met; nothing else of it matters here."""
    none = Fraction(0)
    return PartDates(plant, part, "", none, none, {"stock": day, "cleared": day, "licensed": day}, {}, {}, none)


def found(*parts: PartDates, company: Company | None = None) -> list[tuple[str, str, str, str]]:
    """Kind, day, confidence or licence, and whether it has passed, without licences that end and releases."""
    told = deadlines_of(company or company_of(FIRMS / "alpenmotor.yaml"), parts, on=ON)
    return [
        (each.kind, each.on.isoformat(), each.why.get("confidence", each.of.get("licence", "")), each.why.get("passed", ""))
        for each in told
        if each.kind not in ("licence_ends", "released")
    ]  # fmt: skip


def test_days_to_a_grant_that_are_enough_with_a_confidence() -> None:
    """40 % of the scenarios take 50 days, 32 % 75, 24 % 120, 4 % are refused: 96 % exactly is still reached."""
    delays = company_of(FIRMS / "alpenmotor.yaml").delays
    within = {share: single_days_within(delays, Fraction(share)) for share in ("0.4", "0.41", "0.72", "0.73", "0.96")}
    assert within == {"0.4": 50, "0.41": 75, "0.72": 75, "0.73": 120, "0.96": 120}
    assert single_days_within(delays, Fraction("0.97")) is None


def test_last_days_to_file_and_to_order_by_air() -> None:
    """GYR lacks M5 from 21 March 2027 on. Lots take 36 days, 5 go by from grant to leaving, 75 or 120 to the grant.

    116 days before is 25 November 2026, 161 before is 11 October. By air, 5 days: 85 and 130 days before.
    """
    assert found(stops("GYR", "M5", Day(2027, 3, 21))) == [
        ("file", "2026-10-11", "0.9", "yes"),
        ("order_air", "2026-11-11", "0.9", "yes"),
        ("file", "2026-11-25", "0.5", ""),
        ("order_air", "2026-12-26", "0.5", ""),
    ]


def test_a_part_that_needs_no_licence_waits_for_none() -> None:
    """Every lot of M1 leaves without a licence, so only transport counts: 4 June less 5 days."""
    assert found(stops("GRZ", "M1", Day(2027, 6, 4))) == [("order_air", "2027-05-30", "", "")]


def free_lot_on_hold(*, outcome: str, clauses: bool = True) -> list[str]:
    """Kinds of deadlines of M1, whose lots are entered without a licence, once the law has put them on hold."""
    company = company_of(FIRMS / "alpenmotor.yaml")
    company = replace(company, clauses=company.clauses[:1] if clauses else ())
    lots = [lot.lot for lot in company.in_transit if (lot.plant, lot.part) == ("GRZ", "M1")]
    law = [LotLaw(lot, outcome, (), ON, False, (), (), held="not checked so far") for lot in lots]
    parts = [stops("GRZ", "M1", Day(2027, 6, 4))]
    return sorted(
        {one.kind for one in deadlines_of(company, parts, on=ON, held=frozenset(lots), law=law)}
        - {"licence_ends", "released"}
    )


def test_goods_that_no_clause_touches_have_no_last_day_to_file_though_they_are_on_hold() -> None:
    assert free_lot_on_hold(outcome="UNKNOWN") == ["order_air"]


def test_goods_that_need_a_licence_or_may_need_one_keep_their_last_day_to_file() -> None:
    assert free_lot_on_hold(outcome="LICENCE") == ["file", "order_air"]
    assert free_lot_on_hold(outcome="UNKNOWN", clauses=False) == ["file", "order_air"]


def test_a_licence_that_is_held_serves_until_its_last_day() -> None:
    """M2 for GRZ may leave under G-S1 through 31 January 2027, sooner than 5 days before the stop on 23 March."""
    told = found(stops("GRZ", "M2", Day(2027, 3, 23)))
    assert ("order_air", "2027-01-31", "G-S1", "") in told
    sooner = found(stops("GRZ", "M2", Day(2027, 1, 30)))
    assert ("order_air", "2027-01-25", "G-S1", "") in sooner


def test_a_part_that_is_met_has_no_deadline_and_without_delays_only_transport_counts() -> None:
    assert found(stops("GYR", "M5", None)) == []
    company = replace(company_of(FIRMS / "alpenmotor.yaml"), delays=())
    assert found(stops("GYR", "M5", Day(2027, 3, 21)), company=company) == []
    refused = replace(company, delays=(Delay("never", Fraction(1), "refused", "refused"),))
    assert found(stops("GYR", "M5", Day(2027, 3, 21)), company=refused) == []


def test_expiry_of_licences_and_days_of_release() -> None:
    company = company_of(FIRMS / "alpenmotor.yaml")
    released = Stock("BRN", "M5", Fraction(10), Fraction(0), Day(2026, 11, 20), "M2")
    told = deadlines_of(replace(company, stock=(*company.stock, released)), [], on=ON)
    assert told == (
        OwnDeadline("released", Day(2026, 11, 20), {"plant": "BRN", "part": "M5"}, {"serves": "M2"}),
        OwnDeadline("licence_ends", Day(2026, 12, 31), {"licence": "N-S2a", "supplier": "S2"}, {"licence_kind": "single"}),
        OwnDeadline("released", Day(2027, 1, 4), {"plant": "GRZ", "part": "M2"}, {}),
        OwnDeadline("licence_ends", Day(2027, 1, 31), {"licence": "G-S1", "supplier": "S1"}, {"licence_kind": "general"}),
    )  # fmt: skip
    assert deadlines_of(company, [], on=Day(2027, 2, 1)) == ()


def test_days_of_transport_and_by_air_come_from_the_workbook() -> None:
    company = company_of(FIRMS / "alpenmotor.yaml")
    transit = UsualTransit(company.in_transit)
    found_days = [
        transit.days(*pair) for pair in (("GRZ", "M2"), ("GRZ", "M3"), ("BRN", "M3"), ("GYR", "M9"), ("X", "M9"))
    ]
    assert found_days == [36, 38, 38, 38, None]
    assert air_days(company, "GRZ", "M3") == (5, True)
    stages = company_of(FIRMS / "nordlicht.yaml").stages
    assert air_days(replace(company, stages=stages), "GRZ", "M3") == (5, False)
    text = (FIRMS / "alpenmotor.yaml").read_text(encoding="utf-8")
    row = "options:\n- {option: fly, kind: air freight, plant: GRZ, part: M3, days: '7'}\n"
    own = company_of(Content.of("alpenmotor.yaml", text + row))
    assert (air_days(own, "GRZ", "M3"), air_days(own, "GYR", "M3")) == ((7, False), (5, True))


@pytest.mark.parametrize(
    ("confidence", "day"),
    [("0.3", "2026-12-09"), ("0.48", "2026-12-07"), ("0.5", "2026-12-04"), ("0.8", "2026-12-04"), ("0.9", "2026-12-02")],
)  # fmt: skip
def test_last_day_to_sign(confidence: str, day: str) -> None:
    """The file must be ready on Friday 18 December 2026: courier 4, 6 or 9 days, then 5 or 8 working days.

    Signed on Friday the 4th the courier brings it by the 8th, 10th or 13th; five working days always suffice, eight
    only from the 8th: 0.6 + 0.4 x 0.5 = 0.8. Signed on the 2nd, six days by courier are early enough as well:
    0.6 + 0.4 x 0.8 = 0.92. From the 5th to the 7th only two couriers and five days are: 0.6 x 0.8 = 0.48.
    """
    company = company_of(FIRMS / "nordlicht.yaml")
    paperwork = Paperwork(company.stages, days(company.calendar))
    assert paperwork.sign_by(Day(2026, 12, 18), Fraction(confidence)) == Day.fromisoformat(day)


def test_days_off_and_made_up_count_and_an_assumed_calendar_is_marked() -> None:
    """Two working days before Monday 21 December: the 17th; with Friday off the 16th; with Saturday made up the 18th."""
    company = company_of(FIRMS / "nordlicht.yaml")
    office = replace(company.stages[3], days=2, probability=Fraction(1))
    stages = (office, company.stages[5])
    monday, friday, saturday = Day(2026, 12, 21), Day(2026, 12, 18), Day(2026, 12, 19)
    assert Paperwork(stages, days(())).sign_by(monday, HALF) == Day(2026, 12, 17)
    off = Paperwork(stages, days((CalendarRow(friday, friday, made_up=False, assumed=True),)))
    assert off.sign_by(monday, HALF) == Day(2026, 12, 16)
    made_up = Paperwork(stages, days((CalendarRow(saturday, saturday, made_up=True, assumed=False),)))
    assert made_up.sign_by(monday, HALF) == Day(2026, 12, 18)
    assert (off.note(friday, monday), made_up.note(friday, monday)) == ({"calendar": "assumed"}, {})


def test_stages_may_be_named_in_chinese() -> None:
    company = company_of(FIRMS / "nordlicht.yaml")
    rows = tuple(
        replace(row, stage={"ministry": "商务部", "air": "空运"}.get(row.stage, row.stage)) for row in company.stages
    )
    assert Paperwork(rows, days(())).sign_by(Day(2026, 12, 18), HALF) == Day(2026, 12, 4)
    assert air_days(replace(company, stages=rows), "GRZ", "M3") == (5, False)


def test_without_stages_or_calendar_the_last_day_to_sign_is_not_said() -> None:
    company, stages = company_of(FIRMS / "alpenmotor.yaml"), company_of(FIRMS / "nordlicht.yaml").stages
    assert Paperwork(company.stages, days(())).sign_by(Day(2026, 12, 18), NINE) is None
    assert Paperwork(stages, None).sign_by(Day(2026, 12, 18), NINE) is None
    part = stops("GYR", "M6", Day(2027, 7, 2))
    told = deadlines_of(replace(company, stages=stages), [part], on=ON, calendar=days(()))
    counted = [each for each in told if "confidence" in each.why]
    assert [each.kind for each in counted] == ["sign", "file", "order_air", "sign", "file", "order_air"]
    assert all(counted[at].on < counted[at + 1].on for at in (0, 3))
    assert all(counted[at].why["file_on"] == counted[at + 1].on.isoformat() for at in (0, 3))
    assert counted[0].why["calendar"] == "assumed"


def test_a_general_licence_that_names_no_plant_gives_no_day_to_order_by_air() -> None:
    """G-S1 names Graz and Brno and ends on 31 January 2027. Without names it lets nothing leave."""
    company = company_of(FIRMS / "alpenmotor.yaml")
    unnamed = tuple(replace(held, names=()) if held.kind == "general" else held for held in company.licences)
    part = stops("GRZ", "M2", Day(2027, 3, 23))
    assert ("order_air", "2027-01-31", "G-S1", "") in found(part)
    assert "G-S1" not in [who for _, _, who, _ in found(part, company=replace(company, licences=unnamed))]
