"""The sentence on what differs between two runs, in English and Chinese, on small made differences."""

from __future__ import annotations

from html import escape
from typing import Any, cast

import pytest

from coercivity.law.rules.load import load_rulebook
from coercivity.market.results.difference import RunDifference
from coercivity.market.results.driver_difference import DriverDifference
from coercivity.papers.outlook.difference import pairs
from coercivity.papers.outlook.difference.pairs import differences, sentence_of, shown_differences
from coercivity.papers.outlook.report_data import DifferenceData, OutlookReport
from coercivity.papers.outlook.report_html import page, supply_fragment
from coercivity.papers.outlook.report_text import MOST_LINES, WIDTH, summary
from coercivity.papers.shared.terminal import columns_of
from tests.unit.papers.outlook.test_report_data import build

MONTHS = ["2026-10", "2026-11", "2026-12"]
LAW61 = "mofcom-2025-61"
OLD, NEW = "a18-1c905", "a61-1-1"
DEAREST = {
    "measure": "margin", "name": "ox_Dy", "region": "XCN", "month": "2026-12",
    "a": 600.0, "b": 300.0, "share": 0.5, "mean_share": 0.4,
}  # fmt: skip
SHARED = {"good": "ox_Y", "clauses": [OLD], "a": 190.0, "b": 190.0, "share": 0.99}


def report(*keys: tuple[str, str], assume: tuple[str, ...] = ()) -> OutlookReport:
    """A report whose runs have a scenario and a legal scenario, and nothing else that is read."""
    runs = [
        {
            "id": f"{scenario}/{branch}", "scenario": scenario, "branch": branch, "title": {"en": scenario},
            "assume": {LAW61: assume[place]} if assume else {},
        }
        for place, (scenario, branch) in enumerate(keys)
    ]  # fmt: skip
    names = {
        "goods": {"ox_Dy": {"en": "dysprosium oxide", "zh": "氧化镝"}},
        "regions": {"MM-LA": {"en": "Myanmar and Laos", "zh": "缅甸和老挝"}},
        "uses": {"wind": {"en": "wind turbines", "zh": "风电"}},
        "countries": {"DE": {"en": "Germany", "zh": "德国"}},
        "clauses": {NEW: {"short": "61/2025 Art. 1(1)", "short_zh": "第61号公告（2025）第一条第一项"}},
    }
    return cast(OutlookReport, {"months": MONTHS, "runs": runs, "names": names})


def found(verdict: str, **parts: object) -> RunDifference:
    plain: dict[str, object] = {
        "verdict": verdict, "kind": [], "from_month": "", "figures": [], "most_share": 0.0,
        "clauses": [], "drivers": [], "parts": [], "shared": None,
    }  # fmt: skip
    return cast(RunDifference, {**plain, **parts})


def clause(name: str, instrument: str, run: str = "a", month: str = "2026-11") -> dict[str, object]:
    return {"clause": name, "instrument": instrument, "run": run, "month": month, "flows": 3, "plants": 0}


def driver(cause: str, **parts: object) -> DriverDifference:
    plain: dict[str, object] = {
        "cause": cause, "run": "b", "name": "", "stage": "", "region": "", "goods": [], "user": "", "amount": 0.0,
        "unit": "", "first": "", "last": "", "later": False,
    }  # fmt: skip
    return cast(DriverDifference, {**plain, **parts})


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Returns the sentence in both languages for a made difference between two runs."""

    def say(what: RunDifference, *, branches: bool = False, assume: tuple[str, ...] = ()) -> tuple[str, str]:
        monkeypatch.setattr(pairs, "difference", lambda *_: what)
        keys = (("x", "lapsed"), ("x", "extended")) if branches else (("x", ""), ("y", ""))
        (one,) = differences(load_rulebook(), report(*keys, assume=assume), cast(Any, [None, None]))
        return one["sentence"]["en"], one["sentence"]["zh"]

    return say


def test_nothing_differs(said: Any) -> None:
    assert said(found("same")) == (
        "A and B are the same until 2026-12: nothing in the period differs, because rules, supply, demand and plants "
        "are the same in both.",
        "截至2026年12月，A与B相同：两者的规则、供应、需求和工厂均无差异，期内无任何差别。",
    )


def test_the_suspension_ends_after_the_period(said: Any) -> None:
    assume = ("extended:2027-01-10", "extended:2027-11-10")
    english, chinese = said(found("later"), branches=True, assume=assume)
    assert english == (
        "A1 and A2 are the same until 2026-12: nothing in the period differs, because the suspensions that they treat "
        "differently last to 2027-01-10 or longer, after this period."
    )
    assert "2027年1月10日" in chinese
    english, _ = said(found("later", most_share=0.012), branches=True, assume=assume)
    assert english.startswith(
        "A1 and A2 show no difference that matters until 2026-12 (no main price, in China or on average outside, "
        "differs by more than 1.2 %)"
    )


def test_rules_that_part_in_the_period_and_touch_nothing(said: Any) -> None:
    """The suspension of 61/2025 ends on 2026-11-10; in this report no flow depends on it."""
    english, chinese = said(found("later"), branches=True, assume=("lapsed", "extended:2027-11-10"))
    assert english.endswith("because the rules that they treat differently touch nothing in this period.")
    assert chinese.endswith("因为两者处理不同的规则在期内不影响任何货物或工厂。")


def test_what_follows_moves_prices_before(said: Any) -> None:
    what = found("expected", figures=[DEAREST], drivers=[driver("demand", first="2027-03", later=True)])
    english, chinese = said(what)
    assert "although the rules and the market of A and B are the same until 2026-12" in english
    assert english.endswith("the scenarios part only in 2027-03, after this period.")
    assert "预期" in chinese


def test_a_law_that_changes_nothing_beside_one_that_was_never_suspended(said: Any) -> None:
    clauses = [clause(NEW, LAW61), clause("a57-1c909", "mofcom-gac-2025-57", month="2026-12")]
    what = found("immaterial", kind=["law"], most_share=0.013, shared=SHARED, clauses=clauses)
    assert said(what, branches=True) == (
        "A1 and A2 show no difference that matters, because 18/2025 drives the price gap in both and was never "
        "suspended (in force since 2025-04-04); only A1 is subject to 57 and 61/2025 from 2026-11, which moves no main "
        "price, in China or on average outside, by more than 1.3 %.",
        "A1与A2无重要差异，因为两者的价差均主要来自2025年第18号公告，其自2025年4月4日起实施，从未暂停；自2026年11月起"
        "仅A1适用2025年第57和61号公告，但对主要货物境内价格和境外均价的影响最多为1.3%。",
    )


def test_a_carrier_that_was_suspended_is_not_said_to_be_without_suspension(said: Any) -> None:
    shared = {**SHARED, "clauses": [NEW]}
    english, _ = said(found("immaterial", kind=["law"], shared=shared, clauses=[clause("x", "y")]))
    assert "61/2025 drives the price gap in both and applies either way (in force since 2025-12-01)" in english
    english, _ = said(found("immaterial", kind=["law"], clauses=[clause("x", "y")]))
    assert english == "A and B show no difference that matters, because only A is subject to y from 2026-11, which moves no main price, in China or on average outside."  # fmt: skip


def test_a_clause_and_its_part_of_the_gap(said: Any) -> None:
    parts = [{"good": "ox_Dy", "clauses": [NEW], "a": 240.0, "b": 0.0, "share": 0.0}]
    what = found("differs", kind=["law"], figures=[DEAREST], clauses=[clause(NEW, LAW61)], parts=parts)
    assert said(what) == (
        "The price of dysprosium oxide outside China is up to 50 % lower in B than in A (300 against 600 USD/kg in "
        "2026-12), because only A is subject to 61/2025 from 2026-11; 61/2025 Art. 1(1) accounts for 240 USD/kg of the "
        "price gap in A and 0 USD/kg in B on average.",
        "中国境外氧化镝价格，B比A最多低50%（2026年12月分别为300和600美元/千克），原因是自2026年11月起仅A适用2025年第61号"
        "公告；第61号公告（2025）第一条第一项在平均价差中占240美元/千克（A）和0美元/千克（B）。",
    )
    other = [{**parts[0], "clauses": [OLD]}]
    assert "accounts for" not in said(cast(RunDifference, {**what, "parts": other}))[0]


def test_a_law_that_moves_a_price_through_a_clause_in_both(said: Any) -> None:
    """The clauses that differ are no part of the gap themselves: what drives it in both is named too."""
    parts = [{"good": "ox_Dy", "clauses": [OLD], "a": 148.0, "b": 137.0, "share": 0.9}]
    what = found("differs", kind=["law"], figures=[DEAREST], clauses=[clause(NEW, LAW61)], parts=parts, shared=SHARED)
    english, chinese = said(what)
    assert english.endswith(
        "because only A is subject to 61/2025 from 2026-11; 18/2025 drives the price gap in both and was never suspended "
        "(in force since 2025-04-04)."
    )
    assert chinese.endswith("；两者的价差均主要来自2025年第18号公告，其自2025年4月4日起实施，从未暂停。")
    small = cast(RunDifference, {**what, "shared": {**SHARED, "share": 0.3}})
    assert said(small)[0].endswith("because only A is subject to 61/2025 from 2026-11.")


def test_each_run_has_rules_of_its_own_and_plants_alone(said: Any) -> None:
    both = [clause(NEW, LAW61), clause(OLD, "mofcom-gac-2025-18", run="b")]
    english, chinese = said(found("differs", kind=["law"], figures=[DEAREST], clauses=both))
    assert english.endswith("because from 2026-11 A is subject to 61/2025 and B to 18/2025.")
    assert chinese.endswith("原因是自2026年11月起A适用2025年第61号公告，B适用2025年第18号公告。")
    plants = [clause(NEW, LAW61, month="")]
    english, _ = said(found("differs", kind=["law"], figures=[DEAREST], clauses=plants))
    assert english.endswith("because only in A do plants depend on 61/2025.")


@pytest.mark.parametrize(
    ("entry", "english", "chinese"),
    [
        (driver("shock", name="mine:MYANMAR_IONIC:MM-LA", first="2026-11", last="2027-12"),
         "only B cuts mining in Myanmar and Laos to 0 % of capacity from 2026-11 to 2027-12",
         "2026年11月至2027年12月，仅B将缅甸和老挝采矿产能降至0%"),
        (driver("demand", name="wind", region="MM-LA", amount=1.5, last="2026-12"),
         "only B sets the demand of wind turbines (Myanmar and Laos) to 150 % of usual until 2026-12",
         "截至2026年12月，仅B将风电（缅甸和老挝）的需求设为常规的150%"),
        (driver("demand", name="wind", region="all", amount=1.5),
         "only B sets the demand of wind turbines (all regions) to 150 % of usual", "仅B将风电（所有地区）的需求设为常规的150%"),
        (driver("duty", name="d", goods=["ox_Dy"], amount=0.05, first="2026-11"),
         "only B has an export duty of 5.0 % on dysprosium oxide from 2026-11", "自2026年11月起，仅B对氧化镝征收5.0%的出口关税"),
        (driver("quota", name="q", goods=["ox_Dy"], region="MM-LA", amount=1500.0),
         "only B limits exports of dysprosium oxide from Myanmar and Laos to 1,500 t a month",
         "仅B将缅甸和老挝的氧化镝出口限制为每月1,500吨"),
        (driver("plant", name="p", stage="magnet", region="MM-LA", first="2026-11"),
         "only B has an additional plant for magnet making in Myanmar and Laos from 2026-11",
         "自2026年11月起，仅B在缅甸和老挝新增磁体工厂"),
        (driver("requirement", name="cars"), "only B requires cars", "仅B要求满足“cars”"),
        (driver("desk", name="general_licences"), "only B has no general licences in licensing",
         "仅B的许可审批不含通用许可"),
        (driver("desk", name="halt", region="all", amount=1.0, first="2027-01", last="2027-03"),
         "only B halts all licensing decisions for all regions from 2027-01 to 2027-03",
         "2027年1月至2027年3月，仅B全面暂停对所有地区的许可审批"),
        (driver("desk", name="halt", region="EU", amount=1.0),
         "only B halts all licensing decisions for the EU", "仅B全面暂停对欧盟的许可审批"),
        (driver("desk", name="halt", region="all", amount=0.5, goods=["metal"]),
         "only B halts 50 % of licensing decisions on metals for all regions", "仅B暂停对所有地区金属许可审批的50%"),
        (driver("desk", name="halt", region="DE", amount=0.5, goods=["oxide"], user="military"),
         "only B halts 50 % of licensing decisions on oxides (military users) for Germany",
         "仅B暂停对德国氧化物（军用）许可审批的50%"),
        (driver("desk", name="slow_down", region="MM-LA", amount=0.25),
         "only B leaves 25 % of licensing decisions for Myanmar and Laos untaken",
         "仅B中对缅甸和老挝的许可审批放缓，25%未作决定"),
        (driver("desk", name="unused_licences", region="MM-LA", amount=0.25),
         "only in B are 25 % of the licences for Myanmar and Laos not used", "仅B中对缅甸和老挝的许可有25%持证未用"),
        (driver("desk", name="unused_licences"), "only B has no licences held but not used in licensing",
         "仅B的许可审批不含持证未用"),
        (driver("desk"), "B and A differ in the practice of licensing", "B与A的许可审批实践不同"),
        (driver("behaviour", name="stocks"), "only B has no stocks", "仅B不设库存"),
        (driver("behaviour", name="cover", amount=3.0), "B aims at 300 % of the stock cover of A", "B的目标库存为A的300%"),
        (driver("behaviour"), "B and A plan in different ways", "B与A的规划方式不同"),
    ],
)  # fmt: skip
def test_entries_of_a_scenario(said: Any, entry: DriverDifference, english: str, chinese: str) -> None:
    told = said(found("differs", kind=[entry["cause"]], figures=[DEAREST], drivers=[entry]))
    assert told[0].endswith(f", because {english}.")
    assert told[1].endswith(f"，原因是{chinese}。")


def test_a_price_that_moves_before_its_cause_begins_is_said_to_do_so(said: Any) -> None:
    duty = driver("duty", name="d", goods=["ox_Dy"], amount=0.05, first="2026-12")
    moved = {**DEAREST, "month": "2026-11"}
    told = said(found("differs", kind=["duty"], figures=[moved], drivers=[duty], from_month="2026-12"))
    assert "(300 against 600 USD/kg in 2026-11, in anticipation), because only B has an export duty" in told[0]
    assert "（2026年11月分别为300和600美元/千克，属提前反应），原因是" in told[1]
    later = said(found("differs", kind=["duty"], figures=[DEAREST], drivers=[duty], from_month="2026-12"))
    assert "anticipation" not in later[0]


def test_more_causes_than_fit_are_counted(said: Any) -> None:
    entries = [driver("requirement", name=name) for name in ("r", "s", "t")]
    english, chinese = said(found("differs", kind=["requirement"], figures=[DEAREST], drivers=entries))
    assert english.endswith("because only B requires r, and only B requires s (and 1 more).")
    assert chinese.endswith("原因是仅B要求满足“r”，且仅B要求满足“s”（另有1项）。")


def test_demand_that_goes_without_and_exports_as_the_first_figure(said: Any) -> None:
    without = {**DEAREST, "measure": "without", "name": "wind", "month": "", "a": 0.1, "b": 0.0}
    english, chinese = said(found("differs", kind=["law"], figures=[without], clauses=[clause(NEW, LAW61)]))
    assert english.startswith("10 % of the demand of wind turbines outside China goes without in A, against 0 % in B,")
    assert chinese.startswith("中国境外风电的短缺占需求的比例，A为10%，B为0%")
    shipped = {**DEAREST, "measure": "shipped", "name": "magnets", "month": "", "a": 1600.0, "b": 2000.0, "share": 0.2}
    english, chinese = said(found("differs", figures=[shipped]))
    assert english.startswith(
        "Exports of magnets from China are 20 % lower in A than in B (1,600 against 2,000 t in the"
    )
    assert english.endswith("; no rule and no entry of the scenarios explains the difference.")
    assert chinese.startswith("中国磁体出口量，A比B低20%（期内分别为1,600吨和2,000吨）")


def test_pairs_and_what_a_summary_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two scenarios with two legal scenarios each: first against first, then each inside, then the rest."""
    monkeypatch.setattr(pairs, "difference", lambda *_: found("same"))
    four = report(("x", "lapsed"), ("x", "extended"), ("y", "lapsed"), ("y", "extended"))
    held = differences(load_rulebook(), four, cast(Any, [None] * 4))
    assert [one["a"] + one["b"] for one in held] == ["A1B1", "A1A2", "B1B2", "A1B2", "A2B1", "A2B2"]
    told: OutlookReport = {**four, "difference": held}
    assert [text[:9] for text in shown_differences(told, "en")] == ["A1 and B1", "A1 and A2", "B1 and B2"]
    assert sentence_of(told, "B2", "A1", "zh") == held[3]["sentence"]["zh"]
    assert sentence_of(four, "A1", "B1", "en") == ""
    one = report(("x", ""))
    assert differences(load_rulebook(), one, cast(Any, [None])) == []
    assert shown_differences(one, "en") == []


def test_the_sentence_comes_first_in_summary_and_pages() -> None:
    english = (
        "The price of dysprosium oxide outside China is up to 98 % lower in B than in A1 (4.71 against 284 USD/kg), "
    )
    english += "because only A1 is subject to 18/2025 from 2025-04 & B is not."
    chinese = "中国境外氧化镝价格，B比A1最多低98%（2025年6月分别为4.71和284美元/千克），原因是自2025年4月起仅A1适用2025年第18号公告；"
    chinese += "第18号公告（2025）1C908在平均价差中占277美元/千克（A1）和0美元/千克（B）。"
    found = cast(DifferenceData, {"a": "A1", "b": "B", "sentence": {"en": english, "zh": chinese}})
    told = cast(OutlookReport, {**build(), "difference": [found]})
    for lang, text, joint in (("en", english, " "), ("zh", chinese, "")):
        lines = summary(told, lang)  # type: ignore[arg-type] # a language
        place = next(n for n, line in enumerate(lines) if line.startswith("  A1 "))
        assert joint.join(line.strip() for line in lines[1:place]) == text
        assert len(lines) <= MOST_LINES
        assert all(columns_of(line) <= WIDTH for line in lines)
        made = page(told, lang)  # type: ignore[arg-type] # a language
        assert made.index(f"<b>{escape(text)}</b>") < made.index("<table")
        assert f"<b>{escape(text)}</b>" in supply_fragment(told, lang)  # type: ignore[arg-type] # a language


def test_an_unannounced_event_after_the_month_of_the_figure_is_not_its_cause(said: Any) -> None:
    after = driver("desk", name="halt", region="all", amount=0.5, first="2027-01")
    figure = {**DEAREST, "month": "2026-11"}
    english, _ = said(found("differs", kind=["desk"], figures=[figure], drivers=[after, driver("desk")]))
    assert english.endswith("because B and A differ in the practice of licensing.")
    alone, _ = said(found("differs", kind=["desk"], figures=[figure], drivers=[after]))
    assert alone.endswith("because only B halts 50 % of licensing decisions for all regions from 2027-01.")


def test_contracts_are_told_after_what_concerns_a_whole_market(said: Any) -> None:
    """A contract of one buyer came before the halt that moved the price, which was among "2 more"."""
    contracts = [driver("policy", name=f"K{n}", stage="contracts") for n in range(2)]
    halt = driver("desk", name="halt", region="EU", amount=1.0)
    english, _ = said(found("differs", kind=["policy", "desk"], figures=[DEAREST], drivers=[*contracts, halt]))
    assert (
        "because only B halts all licensing decisions for the EU, and only B has the contract K0 (and 1 more)"
        in english
    )
