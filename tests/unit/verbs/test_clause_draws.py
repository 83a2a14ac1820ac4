"""The cost of a clause over draws: paired differences of two sets, worked by hand, and the lines that show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.errors import CoercivityError
from coercivity.base.months import parse_month
from coercivity.cases.arguments import PACKED
from coercivity.ensemble.design import Design
from coercivity.ensemble.results.report import rows_drawn
from coercivity.ensemble.runs.keeping import AXIS, Block, Floats, KeptDraw
from coercivity.ensemble.runs.sets import DrawSet, set_of
from coercivity.files.kept.store import Store
from coercivity.market.run.runs import runs_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import capacities
from coercivity.papers.market.draws_text import drawn_lines, drawn_notes, drawn_tables
from coercivity.papers.market.report_data import BranchPrice, ClausePriceData, PriceDraws, PriceRange
from coercivity.verbs import clause_drawn
from coercivity.verbs.clause_differences import Differences, design_for, differences, ranges, worth
from coercivity.verbs.clause_drawn import PriceDrawsAsked, price_draws
from coercivity.verbs.clause_kept import Words, keep_draws, kept_draws
from coercivity.verbs.clause_price import clause_price
from coercivity.verbs.draws import DrawsAsked
from coercivity.verbs.draws_options import DrawsOptions, DrawsRun
from coercivity.verbs.kept import taken
from coercivity.verbs.outlook import outlook_words
from coercivity.verbs.scenarios import legal_scenarios
from coercivity.verbs.told_again import drawn_mark

MONTHS = ("2026-01", "2026-02")
DY_HOME, DY_ABROAD = "flows", "ship|ox_Dy||CN|EUR|licence"
OTHER_WAY = "ship|ox_Dy||EUR|CN|free"
# Student's t, one degree of freedom, 95 %: tan(0.45 pi).
T_ONE = 6.313751514675


def kept(point: int, values: Mapping[Block, Mapping[str, Sequence[float]]]) -> KeptDraw:
    width = {"months": len(MONTHS), "years": 1, "once": 1}
    names = {block: tuple(sorted(values.get(block, {}))) for block in AXIS}
    arrays: dict[Block, Floats] = {
        block: np.array([values[block][name] for name in names[block]], dtype=np.float64)
        if names[block]
        else np.zeros((0, width[AXIS[block]]))
        for block in AXIS
    }
    return KeptDraw(point, MONTHS, ("2026",), names, arrays, {})


def made(*draws: tuple[int, float, float, float], run: str = "mine") -> DrawSet:
    """A set of draws, each with point, net benefit [USD], exports of dysprosium oxide [t] and its quote [USD/kg]."""
    found = [
        kept(
            point,
            {
                "welfare": {"whole": [usd], "maker:CN": [usd / 4]},
                "flows": {DY_ABROAD: [mass], OTHER_WAY: [1000.0 * point]},
                "quote": {"ox_Dy:XCN": [price, price + 2.0]},
                "use": {"wind:EUR:without_t": [1.0, 2.0], "wind:EUR:less_t": [50.0, 50.0]},
            },
        )
        for point, usd, mass, price in draws
    ]
    return set_of(run, Design(len(draws)), found, {})


def by_figure(found: Differences, usual: Mapping[str, float] | None = None) -> dict[str, PriceRange]:
    return {row["figure"]: row for row in ranges(found, usual or {}, "without a clause")}


def test_the_cost_is_the_difference_of_each_pair_of_draws() -> None:
    """With the clause 100 and 200 USD, without it 110 and 230: it costs 10 and 30.

    Their mean is 20, their standard deviation sqrt(200) = 14.1421, that of the mean 10. Student's t with one degree of
    freedom is 6.31375 at 95 %, so the 90 % interval is -20 -+ 63.1375. Exports of 5 and 4 t against 7 and 10 t: 2 and
    6 t are withheld, 4 on average. Quotes rise from (9 + 11)/2 = 10 to 11 and from 20 to 23: by 1 and 3.
    """
    with_it = made((0, 100.0, 5.0, 10.0), (1, 200.0, 4.0, 22.0))
    without = made((0, 110.0, 7.0, 9.0), (1, 230.0, 10.0, 19.0))
    rows = by_figure(differences(with_it, without, ["ox_Dy"]), {"whole_usd": -15.0})
    whole = rows["whole_usd"]
    assert (whole["mean"], whole["usual"], whole["draws"]) == (-20.0, -15.0, 2)
    assert [whole["low"], whole["high"]] == pytest.approx([-20 - 10 * T_ONE, -20 + 10 * T_ONE])
    assert (whole["share_negative"], whole["share_positive"]) == (1.0, 0.0)
    assert whole["quantiles"]["50"] == -20.0
    assert rows["held_back_t:oxides_and_metals"]["mean"] == 4.0
    assert rows["held_back_t:magnets"]["mean"] == 0.0
    assert rows["quote:ox_Dy:XCN"]["mean"] == 2.0
    assert rows["without_t"]["mean"] == 0.0
    assert rows["quote:ox_Dy:XCN"]["usual"] is None


def test_parties_add_up_to_the_whole_in_every_draw() -> None:
    """Producers lose a quarter of 10 and of 30; holders of stocks the remaining 7.5 and 22.5."""
    found = differences(
        made((0, 100.0, 5.0, 10.0), (1, 200.0, 4.0, 22.0)), made((0, 110.0, 7.0, 9.0), (1, 230.0, 10.0, 19.0)), []
    ).values
    assert found["kept_usd:maker:CN"].tolist() == [-2.5, -7.5]
    assert found["kept_usd:holders"].tolist() == [-7.5, -22.5]


def test_a_draw_without_a_partner_is_left_out() -> None:
    """Point 1 failed with the clause and point 2 without it: points 0 and 3 make pairs, 10 and 40 USD."""
    with_it = made((0, 100.0, 0.0, 1.0), (2, 0.0, 0.0, 1.0), (3, 100.0, 0.0, 1.0))
    without = made((0, 110.0, 0.0, 1.0), (1, 999.0, 0.0, 1.0), (3, 140.0, 0.0, 1.0))
    found = differences(with_it, without, [])
    assert found.points.tolist() == [0, 3]
    assert found.values["whole_usd"].tolist() == [-10.0, -40.0]


def test_general_licences_are_worth_the_difference_of_two_costs() -> None:
    """The clause costs 10 and 30 with them, 15 and 50 without: they are worth 5 and 20 USD."""
    points = np.array([0, 1])
    practised = Differences("mine", points, {"whole_usd": np.array([-10.0, -30.0])})
    single = Differences("mine", points, {"whole_usd": np.array([-15.0, -50.0])})
    assert worth(practised, single).values["whole_usd"].tolist() == [5.0, 20.0]


@given(st.lists(st.integers(-10_000, 10_000), min_size=2, max_size=8), st.integers(-(10**6), 10**6))
def test_luck_that_both_runs_share_does_not_widen_the_interval(costs: list[int], luck: int) -> None:
    """What moves both runs of a pair alike leaves no trace in their difference."""

    def cost_with(shared: int) -> PriceRange:
        sides = [
            made(*((point, float(usd + shared * point), 0.0, 1.0) for point, usd in enumerate(side)))
            for side in (costs, [0] * len(costs))
        ]
        return by_figure(differences(sides[0], sides[1], []))["whole_usd"]

    assert cost_with(luck) == cost_with(0)


def test_one_pair_has_no_interval() -> None:
    with pytest.raises(CoercivityError) as caught:
        ranges(differences(made((0, 1.0, 0.0, 1.0)), made((0, 2.0, 0.0, 1.0)), []), {}, "")
    assert caught.value.faults[0].code == "DRAWS-NONE"


@pytest.mark.parametrize(("draws", "branches"), [(0, 1), (-4, 1), (1, 1), (2, 2), (6, 2), (3, 1)])
def test_draws_that_do_not_fit_are_refused(draws: int, branches: int) -> None:
    with pytest.raises(CoercivityError) as caught:
        design_for(draws, branches)
    assert [fault.code for fault in caught.value.faults] == ["DRAWS"]


def test_every_error_in_a_question_with_draws_is_told_at_once() -> None:
    with pytest.raises(CoercivityError) as caught:
        clause_price("a18-1c905", "nowhere", first="2026-01", last="2026-02", draws=0, workers=0, scramble=-1)
    codes = [fault.code for fault in caught.value.faults]
    assert codes == ["DRAWS", "ARGUMENT", "ARGUMENT", "SCENARIO-UNKNOWN"]


def test_draws_begin_after_a_month_that_they_share() -> None:
    with pytest.raises(CoercivityError) as caught:
        clause_price("a18-1c905", "controls-back", first="2024-01", last="2024-02", draws=4, cache=False)
    (fault,) = caught.value.faults
    assert (fault.code, fault.where) == ("SPAN", "from")


def test_draws_that_do_not_fit_the_legal_scenarios_are_told_before_any_run() -> None:
    """From 2026-01 on, `as-known` has two legal scenarios: 2 draws would be one pair in each."""
    with pytest.raises(CoercivityError) as caught:
        clause_price("a18-1c905", first="2026-01", last="2026-12", draws=2, cache=False)
    (fault,) = caught.value.faults
    assert (fault.code, list(fault.nearest)) == ("DRAWS", ["4", "8"])


def test_draws_of_a_cost_begin_after_a_month_that_they_share() -> None:
    with pytest.raises(CoercivityError) as caught:
        clause_price("a18-1c905", first="2024-01", last="2024-02", draws=4, cache=False)
    assert [(fault.code, fault.where) for fault in caught.value.faults] == [("SPAN", "from")]


COST: BranchPrice = {
    "branch": "",
    "goods_held": ["ox_Dy"],
    "held_back_t": {"oxides_and_metals": 4.0, "magnets": 0.0},
    "shipped_t": {"ox_Dy": -4.0},
    "made_abroad_t": {},
    "less_t": {},
    "substituted_t": {},
    "without_t": {},
    "kept_usd": {"maker:CN": -5e6, "holders": -15e6},
    "whole_usd": -20e6,
    "payers": [],
    "prices": [{"good": "ox_Dy", "region": "XCN", "with_usd_per_kg": 12.0, "without_usd_per_kg": 10.0}],
    "plants": [],
}


def cost() -> ClausePriceData:
    words = outlook_words()
    return {
        "schema": "",
        "engine": "",
        "packs": {},
        "clause": "a18-1c905",
        "provisions": ["a18-1c905"],
        "name": {"en": "18/2025 1C905", "zh": ""},
        "scenario": "controls-back",
        "from": "2026-01",
        "to": "2026-02",
        "general_licences": "with",
        "branches": [COST],
        "without_general_licences": [],
        "general_licences_worth": [],
        "assumed": [],
        "limits": [],
        "names": {"goods": words["goods"], "regions": words["regions"], "uses": words["uses"]},
        "hash": "",
        "draws": None,
    }


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> tuple[list[DrawsAsked], ClausePriceData]:
    """What a cost asks of the market, and the cost with made-up draws: 10 and 30 million USD."""
    seen: list[DrawsAsked] = []

    def sets(book: Any, law: Any, wanted: DrawsAsked, **how: Any) -> list[DrawSet]:
        seen.append(wanted)
        costs = (0.0, 0.0) if wanted.lifted is not None else (-10e6, -30e6)
        return [made(*((point, usd, 5.0, 10.0) for point, usd in enumerate(costs)), run=run.id) for run in wanted.runs]

    monkeypatch.setattr(clause_drawn, "draw_sets", sets)
    book, (begin, end) = PACKED.book(), tuple(map(parse_month, MONTHS))
    ways = [runs_of(book, read_scenario("controls-back", capacities(), book), end)]
    body = cost()
    return seen, {
        **body,
        "draws": price_draws(
            book, PACKED, PriceDrawsAsked(DrawsOptions(2), "a18-1c905", (begin, end), ways), body, DrawsRun()
        ),
    }


def test_draws_made_for_an_outlook_serve_the_cost_of_a_clause(
    asked: tuple[list[DrawsAsked], ClausePriceData],
) -> None:
    """The runs with the clause are those of an outlook of the same months: the same keys, and so the same kept draws."""
    (with_it, without), book = asked[0], PACKED.book()
    end = parse_month("2026-02")
    runs = runs_of(book, read_scenario("controls-back", capacities(), book), end, None)
    outlook = DrawsAsked(runs, parse_month("2026-01"), end, Design(2))
    keys = [[task.key(book) for task in each.tasks(book, PACKED, None)] for each in (outlook, with_it, without)]
    assert keys[0] == keys[1]
    assert not set(keys[1]) & set(keys[2])
    assert len(set(keys[2])) == 2


def test_shared_months_and_rows_are_stated(asked: tuple[list[DrawsAsked], ClausePriceData]) -> None:
    draws = asked[1]["draws"]
    assert draws is not None
    assert (draws["design"], draws["draws"], draws["shared"]) == ("sobol-2-0", 2, ["2024-10", "2025-12"])
    assert draws["rows"] == rows_drawn()
    assert len(draws["hash"]) == 64
    (price,) = draws["prices"]
    assert (price["branch"], price["general_licences"]) == ("", "with")
    assert price["ranges"][0]["figure"] == "whole_usd"
    assert price["ranges"][0]["mean"] == -20e6


def test_the_lines_show_the_range_beside_the_figure_without_draws(
    asked: tuple[list[DrawsAsked], ClausePriceData],
) -> None:
    """Mean -20, interval -20 -+ 10 t = -83.14 to 43.14; a twentieth of the way from -30 to -10 is -29."""
    lines = list(drawn_lines("", asked[1], "en"))
    assert lines[1] == (
        "  net effect on all parties together: mean -20.00 M USD (90 % interval -83.14 M USD to +43.14 M USD); "
        "90 % of the draws -29.00 M USD to -11.00 M USD; without draws -20.00 M USD; a loss in 100 % of the draws"
    )
    chinese = list(drawn_lines("", asked[1], "zh"))
    assert len(chinese) == len(lines)
    assert chinese[1].startswith("  各方合计净影响：均值-")
    assert asked[1]["draws"] is not None
    assert "2024-10" in next(iter(drawn_notes(asked[1]["draws"], "en")))


def test_the_page_shows_all_that_is_said_of_draws(asked: tuple[list[DrawsAsked], ClausePriceData]) -> None:
    told = drawn_tables("", asked[1], "en")
    assert told is not None
    (table,) = told.tables
    assert table.title == "Ranges over 2 draws, 2026-01 to 2026-02"
    assert table.rows[0][1:3] == ("-20.00 M USD", "-83.14 M USD to +43.14 M USD")
    assert table.rows[0][3:] == ("-29.00 M USD to -11.00 M USD", "-20.00 M USD", "100 %")
    assert {len(row) for row in table.rows} == {len(table.head)}
    assert "fewer than 32 draws" in told.notes[-1]
    assert drawn_tables("", cost(), "en") is None
    chinese = drawn_tables("", asked[1], "zh")
    assert chinese is not None
    assert chinese.tables[0].rows[0][5] == "100%"


def test_a_cost_without_draws_has_no_lines_of_draws() -> None:
    assert list(drawn_lines("", cost(), "en")) == []


def test_legal_scenarios_are_counted_as_the_runs_are() -> None:
    """The suspension of 2025-11-10 ends within the planning horizon, and nobody knows what follows: two scenarios."""
    assert legal_scenarios(PACKED.book(), "as-known", "2026-12") == 2
    assert legal_scenarios(PACKED.book(), "controls-back", "2026-12") == 1


def test_the_largest_kept_draws_are_shown_without_being_asked_for(
    asked: tuple[list[DrawsAsked], ClausePriceData], tmp_path: Path
) -> None:
    """Four draws, then two: two are shown if two are asked for, and four if none are."""
    store = Store(tmp_path, 2**20)
    words: Words = ("a18-1c905", "controls-back", "2026-01", "2026-02", "with")
    two = asked[1]["draws"]
    assert two is not None
    four: PriceDraws = {**two, "design": "sobol-4-0", "draws": 4}
    assert kept_draws(store, words, PACKED, None) is None
    keep_draws(store, words, PACKED, DrawsOptions(4), four)
    keep_draws(store, words, PACKED, DrawsOptions(2), two)
    assert kept_draws(store, words, PACKED, None) == four
    assert kept_draws(store, words, PACKED, DrawsOptions(2)) == two
    assert kept_draws(store, words, PACKED, DrawsOptions(4, scramble=1)) is None
    mark = taken(store, drawn_mark(*words))
    assert mark["hash"] == four["hash"]
    assert taken(store, mark["key"]) == four
