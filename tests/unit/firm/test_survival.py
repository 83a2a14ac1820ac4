"""Days of cover of a company solved by hand, and the effect of law and licences of its flows."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from coercivity.base.canonical import canonical_json
from coercivity.firm.amounts import mass_kg, number_text, parse_amount
from coercivity.firm.clock import licence_clock
from coercivity.firm.draws import NEVER
from coercivity.papers.firm.report_data import ElementData, Supplied, SurvivalReport
from coercivity.papers.firm.report_html import survival_html, survival_view
from coercivity.verbs.survive import survive
from tests.places import ROOT
from tests.support import BOOK

EXAMPLE = ROOT / "examples" / "ev-motor"
DAY = "2026-11-24"
CASE = """
id: toy
title: {en: A toy}
about: {en: A toy}
horizon: {from: '2026-01-01', to: '2026-12-31'}
standing:
  said_by: a test
  said_on: transaction date
  screened: {lists: [control_list, watch_list, unreliable_entity_list, countermeasures], version: '1', party_sets: []}
  facts: {party_sets: [], listed_owner_share: '0', military_user: 'false', military_use: 'false',
    raises_military_strength: 'false', wmd_use: 'false', terrorist_use: 'false', security_risk: 'false',
    knowledge: none, notice: 'false', chip_use: none, ai_military_rd: 'false', drone_item: 'false',
    under_end_user_promise: 'false', listed_elsewhere: 'false', to_be_separated: 'false', bars: [],
    licence_change: none, certificate_case: none}
"""
TABLE = """id,act,form,elements,magnet_type,from,to,origin,exporter_nationality,military_use
heavy,goods,magnet,Nd;Dy,NdFeB,CN,DE,CN,CN,false
light,goods,magnet,Nd;Pr,NdFeB,CN,DE,CN,CN,false
barred,goods,magnet,Nd;Dy,NdFeB,CN,US,CN,CN,true
"""
# Ten kilograms a day of each part. High: 200 kg, and 100 kg at sea that arrive on day 15. Low: 300 kg.
FIRM = """
id: toy
as_of: '2026-03-02'
days: calendar
items:
- id: high
  name: {en: high}
  grade: UH
  content: {shares: {Nd: '0.2', Dy: '0.02'}, quality: measured, source: test}
  use: {amount: '10', unit: kg, per: day, quality: measured, source: plan}
  stock: {amount: '0.25', unit: t, quality: measured, source: count}
  safety: {amount: '50000', unit: g, quality: assumed, source: rule}
  worth: {amount: '100', currency: EUR, per: kg, quality: estimated, source: margin}
- id: low
  name: {en: low}
  grade: N
  piece_kg: '0.5'
  content: {shares: {Nd: '0.3'}, quality: reported, source: sheet}
  use: {amount: '10', unit: kg, per: day, quality: measured, source: plan}
  stock: {amount: '600', unit: pieces, quality: measured, source: count}
  worth: {amount: '5', currency: EUR, per: pieces, quality: estimated, source: margin}
suppliers:
- {id: s, name: {en: a supplier}, role: {en: sells}, country: CN}
flows:
- id: h
  item: high
  supplier: s
  deal: DEAL
  lot: {amount: '140', unit: kg, quality: reported, source: plan}
  every_days: '14'
  next_leaves: '2026-03-04'
  transit: {days: '28', quality: measured, source: mean}
  licence: LICENCE
- id: l
  item: low
  supplier: s
  deal: light
  lot: {amount: '280', unit: pieces, quality: reported, source: plan}
  every_days: '14'
  next_leaves: '2026-03-04'
  transit: {days: '28', quality: measured, source: mean}
  licence: {state: none, kind: single, quality: reported, source: none}
afloat:
- {id: a, flow: h, amount: '100', unit: kg, state: cleared, departed: '2026-02-17', arrives: '2026-03-17', quality: reported, source: bill}
"""
NONE = "{state: none, kind: single, quality: reported, source: none}"
GENERAL = "{state: granted, kind: general, valid_until: '2026-12-31', quality: reported, source: letter}"
SINGLE = (
    "{state: granted, kind: single, balance: {amount: '200', unit: kg, quality: reported, source: copy},"
    " valid_until: '2026-12-31', quality: reported, source: copy}"
)
T = TypeVar("T")


def toy(tmp_path: Path, *, licence: str = NONE, deal: str = "heavy", firm: str = FIRM) -> SurvivalReport:
    (tmp_path / "case.yaml").write_text(CASE, encoding="utf-8")
    (tmp_path / "transactions.csv").write_text(TABLE, encoding="utf-8")
    text = firm.replace("LICENCE", licence).replace("DEAL", deal)
    (tmp_path / "firm.yaml").write_text(text, encoding="utf-8")
    return survive(tmp_path, "2026-03-02").as_dict()


def reaches(entry: Supplied) -> dict[str, int | None]:
    return {reach["layer"]: reach["days"] for reach in entry["reaches"]}


def given(value: T | None) -> T:
    assert value is not None
    return value


def element(body: SurvivalReport, name: str) -> ElementData:
    return next(entry for entry in body["elements"] if entry["element"] == name)


def test_a_firm_solved_by_hand(tmp_path: Path) -> None:
    """200 kg are 20 days; 100 kg more on day 15 make it 30; nothing more is permitted. Low goes on, no licence needed."""
    body = toy(tmp_path)
    high, low = body["items"]
    assert reaches(high) == {"stock": 20, "afloat": 30, "permitted": 30, "if_open": 30}
    assert high["reaches"][0]["stop_on"] == "2026-03-23"
    assert high["safety_kg"]["value"] == "50"
    # 300 kg are 30 days; the first lot of 140 kg arrives on day 30 and each 14 days another.
    assert reaches(low) == {"stock": 30, "afloat": 30, "permitted": None, "if_open": None}
    assert [flow["passage"] for flow in body["flows"]] == ["waiting", "free"]


def test_a_balance_lets_out_what_it_holds_and_no_more(tmp_path: Path) -> None:
    """200 kg of balance: 140 kg arrive on day 30, in time, 60 kg on day 44: 500 kg in all are 50 days."""
    body = toy(tmp_path, licence=SINGLE)
    assert reaches(body["items"][0]) == {"stock": 20, "afloat": 30, "permitted": 50, "if_open": 50}
    assert body["items"][0]["reaches"][2]["added_kg"] == "200"
    early = toy(tmp_path, licence=SINGLE.replace("2026-12-31", "2026-03-10"))
    assert reaches(early["items"][0])["permitted"] == 44


def test_elements_are_what_the_parts_hold(tmp_path: Path) -> None:
    body = toy(tmp_path)
    dysprosium = element(body, "Dy")
    neodymium = element(body, "Nd")
    assert (dysprosium["stock_kg"], dysprosium["use_kg_per_use_day"]) == ("4", "0.2")
    assert neodymium["stock_kg_by_item"] == {"high": "40", "low": "90"}
    assert reaches(dysprosium) == reaches(body["items"][0])
    # 130 kg at 5 kg a day are 26 days as if the parts could stand in for each other; the first part stops after 20.
    assert reaches(neodymium)["stock"] == 26
    assert neodymium["first_item"] == {"id": "high", "stop_on": "2026-04-02"}


def test_the_gap_is_the_delivery_less_the_stop_and_the_chance_a_share_of_draws(tmp_path: Path) -> None:
    high = toy(tmp_path)["items"][0]
    stop = dt.date(2026, 3, 2).toordinal() + 21
    for level in ("10", "50", "90"):
        arrives = dt.date(2026, 3, 2).toordinal() + given(high["next_licensed_delivery_days"][level])
        assert high["reaches"][0]["gap_days"][level] == arrives - stop
    short = [Fraction(given(high["reaches"][0]["short_kg"][level])) for level in ("10", "50", "90")]
    assert short == [10 * given(high["reaches"][0]["gap_days"][level]) for level in ("10", "50", "90")]
    chances = [float(given(reach["chance_of_a_stop_before_the_next_licensed_delivery"])) for reach in high["reaches"]]
    assert 0 <= chances[1] <= chances[0] <= 1


def test_a_delivery_is_drawn_as_the_clock_draws_it(tmp_path: Path) -> None:
    """Hand-over of the simulated licence or the day on which the lot is ready, whichever is later, and 28 days at sea."""
    toy(tmp_path)
    (flow, free) = survive(tmp_path, "2026-03-02").found.flows
    assert flow.clock.desk is not None
    assert flow.clock.desk.queue == ("magnet", "DE", "civil")
    assert "LD015" in {row.id for row in flow.clock.rows}
    drawn = flow.clock.drawn
    assert drawn is not None
    ready = dt.date(2026, 3, 4).toordinal()
    assert (flow.next_days == np.maximum(drawn.handed, ready) + 28).all()
    alone = licence_clock(BOOK, flow.decision, start_on=dt.date(2026, 3, 2), key=("toy", "h")).drawn
    assert alone is not None
    assert (alone.handed == drawn.handed).all()
    assert (free.next_days == NEVER).all()


def test_a_general_licence_in_hand_needs_no_application_and_no_wait(tmp_path: Path) -> None:
    """22 lots of 140 kg leave from 4 March to 23 December and arrive in time: with 300 kg they last 338 days."""
    body = toy(tmp_path, licence=GENERAL)
    assert reaches(body["items"][0])["permitted"] == 338
    none = toy(tmp_path)
    assert reaches(none["items"][0])["permitted"] == 30


def test_a_clause_that_stops_a_flow_costs_the_use_it_stops(tmp_path: Path) -> None:
    """High: 300 kg are 30 days, then nothing until its licence; low stands under no clause."""
    body = toy(tmp_path, licence=SINGLE)
    (cut,) = body["clauses"]
    assert cut["flows"] == ["h"]
    assert cut["days_to_survive"] == {"high": 30, "low": None}
    back = dt.date.fromisoformat(given(cut["restored_on"]["h"]))
    short_days = (back - dt.date(2026, 4, 2)).days
    assert cut["lost_kg"] == {"high": str(10 * short_days), "low": "0"}
    assert cut["impact"]["value"] == str(1000 * short_days)
    assert cut["index"] == "1"


def test_a_barred_flow_brings_nothing_and_no_licence_opens_it(tmp_path: Path) -> None:
    """A military use is barred by 46/2024, Art. 1; what was licensed before does not leave either."""
    body = toy(tmp_path, licence=SINGLE, deal="barred")
    assert body["flows"][0]["passage"] == "barred"
    assert reaches(body["items"][0])["permitted"] == 30
    assert body["items"][0]["reaches"][0]["chance_of_a_stop_before_the_next_licensed_delivery"] is None
    assert set(body["items"][0]["next_licensed_delivery_days"].values()) == {None}


def test_more_stock_never_shortens_and_a_filed_licence_comes_earlier(tmp_path: Path) -> None:
    plain = toy(tmp_path)["items"][0]
    more = toy(tmp_path, firm=FIRM.replace("amount: '0.25'", "amount: '0.4'"))["items"][0]
    assert reaches(more)["stock"] == 35
    filed = toy(tmp_path, licence=NONE.replace("none, kind", "filed, filed: '2026-02-02', kind"))["items"][0]
    for level in ("10", "50", "90"):
        earlier, later = (given(item["next_licensed_delivery_days"][level]) for item in (filed, plain))
        assert earlier < later


def test_days_count_from_the_day_asked_and_stock_from_its_count(tmp_path: Path) -> None:
    toy(tmp_path)
    later = survive(tmp_path, "2026-03-12").as_dict()["items"][0]
    assert reaches(later)["stock"] == 10
    assert later["reaches"][0]["stop_on"] == "2026-03-23"
    assert reaches(survive(tmp_path, "2026-05-12").as_dict()["items"][0])["afloat"] == 0


def test_the_example_is_the_same_each_time_and_plain_data() -> None:
    first, again = (survive(EXAMPLE, DAY).as_dict() for _ in range(2))
    assert canonical_json(first) == canonical_json(again)
    stops = {item["grade"]: given(item["reaches"][2]["stop_on"]) for item in first["items"]}
    assert stops["UH"] < stops["SH"]
    assert [flow["passage"] for flow in first["flows"]] == ["licensed", "licensed", "licensed", "waiting", "open"]


def test_an_open_answer_counts_in_a_layer_of_its_own() -> None:
    """Grade N: nothing is called free on a day that nobody has checked; by the rules as checked it would be."""
    ring = survive(EXAMPLE, DAY).as_dict()["items"][2]
    layers = reaches(ring)
    assert layers["permitted"] == layers["afloat"]
    assert layers["if_open"] is None


def test_the_page_tells_every_part_element_and_clause_and_escapes_what_a_firm_writes(tmp_path: Path) -> None:
    body = survive(EXAMPLE, DAY).as_dict()
    html, chinese = survival_html(body), survival_html(body, "zh")
    for text in ("SH", "UH", "Dy", "Tb", "uh-s2", "18/2025 1C905", "Fictitious", "Days of cover"):
        assert text in html
    for text in ("SH", "UH", "Dy", "Tb", "uh-s2", "虚构", "库存可维持天数"):
        assert text in chinese
    assert html.count("<svg") == chinese.count("<svg") == 2 + 4
    odd = toy(tmp_path, firm=FIRM.replace("name: {en: high}", "name: {en: '<script>high</script>'}"))
    assert "<script>" not in survival_html(odd)
    assert "&lt;script&gt;" in survival_html(odd)


def test_bars_are_as_long_as_the_days_they_stand_for() -> None:
    body = survive(EXAMPLE, DAY).as_dict()
    for picture in survival_view(body)["pictures"]:
        lane = picture.lanes[0]
        days = [given(reach["days"]) for reach in body["items"][0]["reaches"][:3]]
        per_day = lane.segments[0].width / days[0]
        assert lane.segments[1].width == pytest.approx(per_day * (days[1] - days[0]), abs=0.2)
        assert lane.whisker is not None
        assert lane.whisker[0] < lane.whisker[1] < lane.whisker[2] <= picture.width


def test_amounts_are_exact() -> None:
    assert mass_kg(parse_amount("0.1"), "t", None) == 100
    assert mass_kg(parse_amount("3"), "pieces", Fraction(1, 8)) == Fraction(3, 8)
    for text in ("-1", "1e3", "1,5", "", "nan"):
        with pytest.raises(ValueError, match=r"decimal number|negative"):
            parse_amount(text)
    with pytest.raises(ValueError, match="weight"):
        mass_kg(Fraction(1), "pieces", None)
    assert [number_text(Fraction(text)) for text in ("0", "10", "1/3", "1234567890123")] == [
        "0",
        "10",
        "0.333333333",
        "1234567890000",
    ]
