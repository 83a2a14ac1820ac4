"""Prices of a run with contracts: what is paid, under a licence and on average, whether there is a market, the gap."""

from __future__ import annotations

import pytest

from coercivity.base.months import parse_month
from coercivity.law.rules.load import load_rulebook
from coercivity.market.inputs.coefficients import CHINA
from coercivity.market.network.network import WITHOUT, Good
from coercivity.market.results.mechanisms.rows import ContractRow
from coercivity.market.results.price_gap import priced
from coercivity.market.results.prices import Prices, PricesPaid, mean_abroad
from coercivity.market.results.rows import ALL_ABROAD, PriceRow
from coercivity.market.results.tables import Tables
from coercivity.market.run.runs import runs_of, simulation_of
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import BEGIN, capacities

LAST = parse_month("2025-09")
FILE = """\
id: from-china
title: {en: From China, zh: 中国}
about: {en: Contracts with makers in China., zh: 与中国生产商的合同。}
inherits: controls-back
policies:
  contracts:
  - {id: low, buyer: a, seller: b, good: mag_low, origin: CN, destination: EUR, tonnes_a_year: '12000', index: china,
     lag_months: '2', floor: '50', take_or_pay: '1', from: 2025-01, published: 2025-01}
  - {id: none, buyer: a, seller: b, good: mag_none, origin: CN, destination: NAM, tonnes_a_year: '24000', index: china,
     lag_months: '0', take_or_pay: '1', refusal: buyer, from: 2025-01, published: 2025-01}
"""


def tables_of(name: str) -> Tables:
    book = load_rulebook()
    (asked, *_) = runs_of(book, read_scenario(name, capacities()), LAST)
    return Tables(simulation_of(book, asked, BEGIN, LAST), BEGIN, LAST)


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    path = tmp_path_factory.mktemp("scenario") / "from-china.yaml"
    path.write_text(FILE, encoding="utf-8")
    return tables_of(path.as_posix())


@pytest.fixture(scope="module")
def plain() -> Tables:
    return tables_of("controls-back")


def price_of(tables: Tables, name: str, region: str) -> PriceRow:
    return next(row for row in tables.prices() if (row["good"], row["region"]) == (name, region))


def contract_of(tables: Tables, name: str) -> ContractRow:
    return next(row for row in tables.contracts() if row["contract"] == name)


def place(tables: Tables, text: str) -> int:
    return tables.months.index(text)


# Under a licence.


def test_without_a_control_the_border_price_is_the_index_with_tax(plain: Tables) -> None:
    """November 2024: 70 % at the quote of three months before, the base year, and 30 % at that of the month, plus 13 %."""
    months, n = plain.simulation.months, place(plain, "2024-11")
    base, now = plain.simulation.network.prices[Good("ox_Dy", CHINA)], months[n].quote[Good("ox_Dy", CHINA)]
    found = price_of(plain, "ox_Dy", "JP")["licensed"][n]
    assert found == pytest.approx(1.13 * (0.7 * base + 0.3 * now), rel=1e-6)


def test_a_licence_adds_documents_and_the_exporters_share_on_the_spot_part(plain: Tables) -> None:
    """Half of what the licence is worth, on the 30 % that no contract fixes."""
    n = place(plain, "2025-07")
    done, name = plain.simulation.months[n], ("ox_Dy", CHINA, "JP", "civil")
    bucket = [bucket.name for bucket in plain.simulation.network.buckets].index(name)
    papers = plain.window.rates.papers[name] / float(done.seen.granted[bucket])
    quotes = [month.quote[Good("ox_Dy", CHINA)] for month in plain.simulation.months]
    index = 1.13 * (0.7 * quotes[n - 3] + 0.3 * quotes[n])
    worth = done.permission_value[name]
    assert worth > 50
    assert price_of(plain, "ox_Dy", "JP")["licensed"][n] == pytest.approx(index + papers + 0.3 * 0.5 * worth, rel=1e-6)


def test_magnets_leave_without_tax_and_china_has_the_mean_of_the_border(plain: Tables) -> None:
    n = place(plain, "2024-11")
    quote = Good("mag_none", CHINA)
    base, now = plain.simulation.network.prices[quote], plain.simulation.months[n].quote[quote]
    assert price_of(plain, "mag_none", "EUR")["licensed"][n] == pytest.approx(0.7 * base + 0.3 * now, rel=1e-6)
    for name in ("ox_Dy", "mag_none", "ox_NdPr"):
        assert price_of(plain, name, CHINA)["licensed"] == price_of(plain, name, ALL_ABROAD)["licensed"]


# Paid on average.


def test_the_mean_paid_weights_what_comes_from_china_at_the_border_price_and_the_rest_at_the_index(
    plain: Tables,
) -> None:
    n = place(plain, "2025-07")
    paid, done = PricesPaid(plain.simulation), plain.simulation.months[n]
    flows = [(flow, flow.mass * done.activity_t.get(flow.name, 0.0)) for flow in paid.flows["mag_high", "EUR"]]
    whole = sum(mass for _, mass in flows)
    own = paid.blend(Good("mag_high", "EUR", "bound"), n)
    border = price_of(plain, "mag_high", "EUR")["licensed"][n]
    value = sum(mass * (border + flow.freight if flow.origin == CHINA else own) for flow, mass in flows)
    assert any(flow.origin == CHINA and mass > 0 for flow, mass in flows)
    assert price_of(plain, "mag_high", "EUR")["traded"][n] == pytest.approx(value / whole, rel=1e-6)


def test_without_a_flow_the_mean_paid_is_the_index(plain: Tables) -> None:
    n = place(plain, "2025-04")
    paid, done = PricesPaid(plain.simulation), plain.simulation.months[n]
    empty = [
        key
        for key, flows in paid.flows.items()
        if key[0] in ("ox_Dy", "ox_Tb", "ox_Y", "ox_Gd") and not any(done.activity_t.get(f.name, 0.0) for f in flows)
    ]
    assert empty
    for name, region in empty:
        own = paid.blend(priced(name, region), n)
        assert paid.traded(name, region, n) == pytest.approx(own)


def test_a_named_contract_counts_at_its_own_price(held: Tables) -> None:
    """January 2025: Europe buys under the contract at 50 at least, where the index from China is 51."""
    n = place(held, "2025-07")
    row, paid = contract_of(held, "low"), PricesPaid(held.simulation)
    ((contract, mass),) = paid.contracts.taken("mag_low", "EUR", n)
    assert contract.id == "low"
    assert mass == pytest.approx(row["delivered_t"][n])
    price = row["price_usd_per_kg"][n]
    quotes = [month.quote[Good("mag_low", CHINA)] for month in held.simulation.months]
    assert price == pytest.approx(max(50.0, quotes[n - 2]))


# Contracts by month.


def test_what_is_due_is_delivered_or_short_and_short_is_paid(held: Tables) -> None:
    row = contract_of(held, "none")
    first = place(held, "2025-01")
    assert row["due_t"][:first] == [0.0] * first
    assert row["due_t"][first:] == pytest.approx([2000.0] * (len(row["due_t"]) - first))
    for due, came, short, price, paid in zip(
        row["due_t"], row["delivered_t"], row["short_t"], row["price_usd_per_kg"], row["paid_usd"], strict=True
    ):
        assert short == pytest.approx(max(due - came, 0.0), abs=1e-5)
        assert paid == pytest.approx(short * (price or 0.0) * 1000, rel=1e-6)
    assert max(row["short_t"]) > 1000


def test_a_refused_licence_releases_the_seller_until_licences_come(held: Tables) -> None:
    """Three of the thirty days of April are free; in May no licence is out yet."""
    row = contract_of(held, "low")
    due = {text: row["due_t"][n] for n, text in enumerate(held.months)}
    assert due["2025-03"] == pytest.approx(1000.0)
    assert due["2025-04"] == pytest.approx(100.0, rel=0.01)
    assert due["2025-05"] < 50
    assert due["2025-05"] < due["2025-07"] < due["2025-09"] < 1000


def test_contracts_of_the_data_set_are_listed_with_their_parties(plain: Tables) -> None:
    rows = plain.contracts()
    assert [row["contract"] for row in rows] == ["C001", "C002", "C005", "C007", "C011"]
    jare = contract_of(plain, "C007")
    assert (jare["good"], jare["from_region"], jare["to_region"]) == ("ox_NdPr", "SEA", "JP")
    assert all(due == 0.0 for due in jare["due_t"])
    assert all(price is None for price in jare["price_usd_per_kg"])


# The gap.


def test_the_part_of_a_contract_closes_the_gap(held: Tables) -> None:
    """Test 2: the parts add up, and the part is what one tonne less to deliver would save."""
    seen = set()
    for done, gaps in zip(held.done, held.gaps_by_month, strict=True):
        for key, gap in gaps.items():
            assert sum(part.usd_per_kg for part in gap.parts) == pytest.approx(gap.gap, abs=1e-9 * max(1, gap.outside))
            (rest,) = [part.usd_per_kg for part in gap.parts if part.part == "residual"]
            assert abs(rest) <= 1e-6 * max(1.0, gap.outside)
            for part in gap.parts:
                if part.part == "contract" and ":" in key:
                    (name,) = part.clauses
                    worth = float(done.plan.dual[held.window.row("require", name, 0)])
                    assert part.usd_per_kg == pytest.approx(-worth)
                    seen.add((key, name))
    assert seen == {("mag_low:EUR", "contract:low"), ("mag_none:NAM", "contract:none")}


def test_before_they_are_published_contracts_change_nothing(held: Tables, plain: Tables) -> None:
    for n in range(place(held, "2025-01")):
        for name in ("mag_low", "mag_none", "ox_Dy"):
            for region in (CHINA, "EUR", "NAM"):
                theirs, ours = price_of(held, name, region), price_of(plain, name, region)
                assert theirs["margin"][n] == pytest.approx(ours["margin"][n], rel=1e-6)


# No market.


def test_yttrium_has_no_market_abroad_while_uses_give_up(plain: Tables) -> None:
    """Its price in China is 6; abroad it stands at what the first use would give up at, 15 times 7 or more."""
    row = price_of(plain, "ox_Y", "JP")
    demand = next(d for d in plain.simulation.network.demands if (d.use, d.region) == ("nonmagnet_Y", "JP"))
    lowest = min(step.worth for step in demand.steps if step.kind == WITHOUT)
    for text, margin, market in zip(plain.months, row["margin"], row["market"], strict=True):
        if margin >= lowest * (1 - 1e-6):
            assert not market, text
    markets = dict(zip(plain.months, row["market"], strict=True))
    assert all(markets[text] for text in ("2024-10", "2025-01", "2025-03"))
    assert not markets["2025-06"]
    assert not markets["2025-09"]
    assert all(price_of(plain, "ox_Y", CHINA)["market"])


def test_dysprosium_and_magnets_keep_a_market(plain: Tables) -> None:
    """They are dear in 2025, but no assumed choke price sets what they cost."""
    for name in ("ox_Dy", "mag_high", "mag_low", "ox_NdPr"):
        assert all(price_of(plain, name, ALL_ABROAD)["market"])


def test_abroad_as_a_whole_there_is_a_market_where_more_than_half_of_the_turnover_has_one() -> None:
    def one(price: float, market: bool) -> Prices:
        return Prices([price], [price], [price], [price], [market])

    series = {"JP": one(10.0, True), "EUR": one(20.0, False)}
    for weights, market, mean in (({"JP": 3.0, "EUR": 1.0}, True, 12.5), ({"JP": 1.0, "EUR": 1.0}, False, 15.0)):
        found = mean_abroad(series, weights)
        assert (found.market, found.traded) == ([market], [mean])
