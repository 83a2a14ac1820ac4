"""A complete synthetic outlook report, and the functions shared by all its documents."""

from __future__ import annotations

import copy
import math
from typing import Any

import pytest

from coercivity.market.results.rows import GapRow
from coercivity.papers.outlook.read import (
    GapShown,
    PartShown,
    between,
    branch_text,
    gap_series,
    gaps,
    headline_goods,
    leading,
    num,
    percent,
    runs_of,
    scenarios,
    shifts,
)
from coercivity.papers.outlook.report_data import OutlookReport, RunData

MONTHS = [f"{2025 + n // 12}-{n % 12 + 1:02d}" for n in range(15)]
GOODS = {"ox_Dy": 230.0, "ox_Tb": 810.0, "ox_Y": 6.2, "ox_NdPr": 56.0, "mag_high": 78.0, "mag_none": 44.0}
REGIONS = ("CN", "JP", "KR", "NAM", "EUR", "IN", "SEA", "MM-LA", "AU", "ROW")
USES = ("ev_traction", "wind", "defence", "electronics", "industry", "other_automotive", "nonmagnet")
DY, NEXT, TARIFF = "a18-1c905", "a61-part2", "us-301"
NAMES: dict[str, dict[str, Any]] = {
    "goods": {
        "ox_Dy": {"en": "dysprosium oxide", "zh": "氧化镝"},
        "ox_Tb": {"en": "terbium oxide", "zh": "氧化铽"},
        "ox_Y": {"en": "yttrium oxide", "zh": "氧化钇"},
        "ox_NdPr": {"en": "neodymium-praseodymium oxide", "zh": "氧化镨钕"},
        "mag_high": {"en": "magnets with much heavy rare earth", "zh": "高重稀土磁体"},
        "mag_none": {"en": "magnets without heavy rare earths", "zh": "无重稀土磁体"},
    },
    "regions": {
        "CN": {"en": "China", "zh": "中国"},
        "JP": {"en": "Japan", "zh": "日本"},
        "KR": {"en": "Korea", "zh": "韩国"},
        "NAM": {"en": "North America", "zh": "北美"},
        "EUR": {"en": "Europe", "zh": "欧洲"},
        "IN": {"en": "India", "zh": "印度"},
        "SEA": {"en": "South-East Asia", "zh": "东南亚"},
        "MM-LA": {"en": "Myanmar and Laos", "zh": "缅甸和老挝"},
        "AU": {"en": "Australia", "zh": "澳大利亚"},
        "ROW": {"en": "rest of the world", "zh": "其他地区"},
    },
    "countries": {"DE": {"en": "Germany", "zh": "德国"}, "JP": {"en": "Japan", "zh": "日本"}},
    "uses": {"ev_traction": {"en": "traction motors", "zh": "驱动电机"}, "wind": {"en": "wind", "zh": "风电"}},
    "clauses": {
        DY: {
            "short": "18/2025, 1C905 dysprosium",
            "instrument": "announcement-18-2025",
            "gist": {"en": "Dysprosium and what holds it needs a licence.", "zh": "镝及含镝物项须许可。"},
        },
        NEXT: {
            "short": "61/2025, part 2",
            "instrument": "announcement-61-2025",
            "gist": {"en": "Magnets made abroad."},
        },
        TARIFF: {"short": "US tariff on magnets", "instrument": "us-301", "gist": {}},
    },
}


def _prices(good: str, base: float, lift: float) -> list[dict[str, Any]]:
    inside = [base * (1 + 0.08 * math.sin(n / 3)) for n in range(15)]
    outside = [
        price * (1.1 if n < 3 else 1 + lift * (0.4 + math.exp(-((n - 8) ** 2) / 9))) for n, price in enumerate(inside)
    ]
    rows = []
    for region, margin, factor in (("CN", inside, 1.0), ("XCN", outside, 0.93), ("EUR", outside, 0.97)):
        quote = [price * factor for price in margin]
        licensed = [price * 0.9 for price in inside]
        row = {"good": good, "region": region, "margin": margin, "quote": quote, "licensed": licensed, "traded": quote}
        rows.append({**row, "market": [True] * 15})
    return rows


def _gaps(good: str, prices: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for n, month in enumerate(MONTHS):
        gap = prices[1]["margin"][n] - prices[0]["margin"][n]
        law = 0.0 if n < 3 else 0.6 * gap
        clause = DY if n < 9 else NEXT
        parts = [("freight", "", "", 0.1 * gap), ("duty", TARIFF, "", 0.05 * gap)]
        parts += [("permission", clause, "waiting", 0.75 * law), ("permission", clause, "halt", 0.25 * law)]
        parts += [("permission", NEXT if clause == DY else DY, "refusal", 0.1 * gap if n > 6 else 0.0)]
        parts += [("timing", "", "", -0.04 * gap), ("residual", "", "", 0.0)]
        parts.append(("capacity", "", "", gap - sum(usd for *_, usd in parts)))
        told = [
            {"part": part, "clause": clause, "cause": cause, "usd_per_kg": usd} for part, clause, cause, usd in parts
        ]
        rows.append({"good": good, "region": "XCN", "month": month, "gap": gap, "parts": told})
    return rows


def _flows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []

    def add(stage: str, good: str, use: str, way: str, tonnes: dict[tuple[str, str], float]) -> None:
        for (source, goal), mass in tonnes.items():
            for year, share in (("2025", 1.0), ("2026", 0.25)):
                row = {"stage": stage, "good": good, "use": use, "from_region": source, "to_region": goal, "way": way}
                rows.append({**row, "year": year, "mass_t": mass * share})

    mined = {"CN": 270e3, "NAM": 45e3, "MM-LA": 31e3, "AU": 16e3, "ROW": 14e3, "SEA": 11e3, "IN": 2.9e3}
    add("mine", "feed:MANY", "", "free", {(r, r): m for r, m in mined.items()})
    add("feed", "feed:MANY", "", "free", {("CN", "CN"): 270e3, ("NAM", "NAM"): 30e3, ("NAM", "CN"): 15e3})
    add("feed", "feed:MANY", "", "free", {("MM-LA", "CN"): 31e3, ("AU", "SEA"): 15e3, ("ROW", "EUR"): 2e3})
    separated = {"CN": 300e3, "SEA": 14e3, "NAM": 12e3, "EUR": 3e3, "IN": 1.5e3, "JP": 400.0}
    add("separate", "ox_NdPr", "", "free", {(r, r): m for r, m in separated.items()})
    add("ship", "ox_NdPr", "", "free", {("SEA", "JP"): 5e3, ("CN", "JP"): 3e3, ("SEA", "CN"): 1e3})
    add("ship", "ox_Dy", "", "licence", {("CN", "JP"): 210.0, ("CN", "EUR"): 90.0})
    add(
        "metal",
        "met_NdPr",
        "",
        "free",
        {("CN", "CN"): 72e3, ("JP", "JP"): 2e3, ("SEA", "SEA"): 5e3, ("EUR", "EUR"): 300.0},
    )
    add("ship", "met_NdPr", "", "free", {("CN", "JP"): 9e3, ("SEA", "JP"): 3e3, ("CN", "EUR"): 500.0})
    magnets = {"CN": 230e3, "JP": 17e3, "EUR": 1.2e3, "SEA": 2.5e3, "NAM": 900.0}
    add("magnet", "mag_high", "", "free", {(r, r): m for r, m in magnets.items()})
    ships = {"EUR": 21e3, "NAM": 12e3, "KR": 9e3, "JP": 4e3, "SEA": 8e3, "IN": 3e3, "ROW": 2e3, "AU": 120.0}
    add("ship", "mag_high", "", "licence", {("CN", r): m for r, m in ships.items()})
    add("ship", "mag_none", "", "general", {("JP", "NAM"): 1e3, ("JP", "EUR"): 2e3})
    used = {"CN": 150e3, "JP": 14e3, **{r: m * 0.98 for r, m in ships.items() if r != "JP"}}
    add("use", "mag_high", "ev_traction", "", {(r, r): m for r, m in used.items()})
    add("recycle", "feed:swarf", "", "free", {("CN", "CN"): 24e3, ("JP", "JP"): 300.0})
    return rows


def _use(weight: float) -> list[dict[str, Any]]:
    rows = []
    for r, region in enumerate(REGIONS):
        for u, use in enumerate(USES):
            wanted = [10.0 * (r + 1) * (1 + u / 5)] * 15 if region not in ("MM-LA",) else [0.0] * 15
            share = [0.0 if region == "CN" or n < 3 else weight * (u + r) / 40 for n in range(15)]
            parts = {
                "less_t": [want * part / 2 - want / 50 for want, part in zip(wanted, share, strict=True)],
                "substituted_t": [want * n / 40 for n, want in enumerate(wanted)],
                "without_t": [want * part for want, part in zip(wanted, share, strict=True)],
            }
            usual = [want - sum(held[n] for held in parts.values()) for n, want in enumerate(wanted)]
            recipes = {"usual": [1 - n / 40 for n in range(15)], "lean": [n / 40 for n in range(15)], "without": []}
            row = {"region": region, "use": use, "wanted_t": wanted, "usual_t": usual, **parts}
            rows.append({**row, "recipes": recipes})
    return rows


def _run(name: str, title: dict[str, str], branch: str, lift: float) -> dict[str, Any]:
    prices = {good: _prices(good, base, lift) for good, base in GOODS.items()}
    by_month = {"finding": ["case_by_case"] * 15, "way": ["licence"] * 15, "clauses": [[DY]] * 12 + [[DY, NEXT]] * 3}
    columns = ("applied_t", "granted_t", "used_t", "balance_t")
    amounts = {column: [9.0 - at + n / 10 for n in range(15)] for at, column in enumerate(columns)}
    worth = [0.0] * 3 + [lift * 90 * (1 + n % 4) for n in range(12)]
    buckets = [
        {
            "good": good,
            "origin": "CN",
            "region": region,
            "user": use,
            **by_month,
            **amounts,
            "value_usd_per_kg": [v * (k + 1) for v in worth],
        }
        for k, good in enumerate(("ox_Dy", "mag_high"))
        for region in ("EUR", "JP", "NAM", "KR")
        for use in ("ev_traction", "defence", "wind", "industry")
    ]
    plants = [
        {"plant_id": f"PLANT_{n}", "region": "EUR", "stage": "magnet", "capacity_t": 900.0 * n, "start_planned": "2026-01",
         "start": "2026-01" if n == 1 else "2027-03", "delay_months": 0 if n == 1 else 14, "clauses": [] if n == 1 else [NEXT],
         "finding": "" if n == 1 else "presumed_denial", "upkeep_share": 1.0, "decided": "2024-06" if n == 1 else "",
         "decision": ("price", "tabulated", "none")[n - 1], "work_speed": 0.8 if n == 2 else None,
         "margin_usd_per_kg": 12.0 if n != 2 else None, "charge_usd_per_kg": 9.0 * n if n != 2 else None}
        for n in (1, 2, 3)
    ]  # fmt: skip
    return {
        "id": name,
        "title": title,
        "about": {"en": "What was published by then, and nothing else.", "zh": "仅按当时已公布者。"},
        "branch": branch,
        "assume": {"announcement-18-2025": branch} if branch else {},
        "practice": {"off": [], "values": {}, "without": [], "added": []},
        "hash": f"{lift:.2f}".replace(".", "") * 21,
        "prices": [row for rows in prices.values() for row in rows],
        "ranges": [{"good": "ox_Dy", "region": "XCN", "month": MONTHS[8], "low": 500.0, "high": 640.0}],
        "gaps": [row for good, rows in prices.items() for row in _gaps(good, rows)],
        "flows": _flows(),
        "shipped": [
            {"good": good, "to_region": "XCN", "mass_t": [lift * (20 + n % 5) for n in range(15)]} for good in GOODS
        ],
        "use": _use(lift / 2),
        "permissions": buckets,
        "stocks": [
            {"good": good, "region": region, "mass_t": [300.0 - 9 * n * lift for n in range(15)]}
            for good in ("ox_Dy", "ox_Tb")
            for region in ("CN", "JP", "EUR")
        ],
        "plants": plants,
        "desk": [_queue(form, country, lift * size) for form, country, size in QUEUES] if lift > 1 else [],
        "countries": [
            {"good": good, "country": country, "licensed_t": [2.0 * lift] * 15, "free_t": [3.0] * 15}
            for good in ("mag_high", "ox_Dy")
            for country in ("DE", "US", "JP")
        ],
        "out": _out(lift),
        **_breadth(lift),
    }


def _breadth(lift: float) -> dict[str, Any]:
    """Contracts, quotes, recycling, closures, policies and state stocks; fifteen months."""

    def flat(value: float) -> list[float]:
        return [value] * 15

    contract = {
        "contract": "C001", "buyer": "Magnet maker", "seller": "Separator", "good": "ox_Dy", "from_region": "CN",
        "to_region": "EUR", "due_t": flat(2.0), "delivered_t": flat(1.5), "short_t": flat(0.5),
        "price_usd_per_kg": flat(200.0), "limit": ["floor"] * 12 + ["cap"] + [""] * 2, "paid_usd": flat(1e5), "above_usd": flat(-2e4),
    }  # fmt: skip
    quiet = {
        **contract,
        "contract": "C002",
        "due_t": flat(0.0),
        "short_t": flat(0.0),
        "paid_usd": flat(0.0),
        "price_usd_per_kg": [None] * 15,
    }
    quoted = {
        "basis": "border_fob", "good": "ox_Dy", "region": "CN", "month": MONTHS[2], "row": "prices:P001",
        "quoted": 200.0, "model": "licensed", "modelled": 100.0 * lift, "ratio": lift / 2,
    }  # fmt: skip
    old = {
        "region": "EUR", "content": "high", "leaving_t": flat(10.0 * lift), "collected_t": flat(2.0 * lift),
        "treated_t": flat(1.0 * lift), "stock_t": [lift * n for n in range(15)],
        "recovered_t": {"NdPr": flat(0.3 * lift), "Dy": flat(0.02 * lift)}, "swarf_t": {"NdPr": flat(0.9 * lift)},
    }  # fmt: skip
    share = {"region": "EUR", "use": "ev_traction", "element": "NdPr"}
    policy = {
        "policy": "floor-dy", "kind": "price_floor", "payer": "government:NAM", "good": "ox_Dy", "region": "NAM",
        "mass_t": flat(1.0), "usd": flat(2e5 * lift),
    }  # fmt: skip
    option = {
        "use": "ev_traction", "region": "EUR", "option": "fine-grain", "wait_months": 9, "speed_share_per_year": 0.12,
        "most_share": 0.4, "cost_usd_per_kg": 3.5, "qualification_usd_per_kg": 1.0, "saved_share": {"Dy": 0.5},
        "qualified_on": MONTHS[9], "ready_share": [0.0] * 10 + [0.01 * n for n in range(1, 6)],
    }  # fmt: skip
    reserve = {"reserve": "stock-dy", "good": "ox_Dy", "region": "JP"}
    return {
        "contracts": [contract, quiet],
        "options": [option, {**option, "region": "JP", "qualified_on": None, "ready_share": [0.0] * 15}],
        "quoted": [quoted],
        "end_of_life": [old],
        "recycled": [{**share, "end_of_life_share": flat(0.003), "swarf_share": flat(0.015)}],
        "closures": [
            {"capacity": "magnet:EUR", "closed_t": flat(5.0), "standing_t": flat(20.0), "state": ["closed"] * 15}
        ],
        "policies": [
            policy,
            {**policy, "policy": "mandate-eur", "kind": "mandate", "payer": "buyers", "usd": flat(1e5)},
        ],
        "reserves": [
            {**reserve, "bought_t": flat(1.0), "released_t": flat(0.2), "held_t": [0.8 * n for n in range(15)]}
        ],
    }


def _queue(form: str, country: str, size: float) -> dict[str, Any]:
    """A queue whose files come in from the fourth month on, are decided later, and leave under licences."""
    on = [float(n > 2) for n in range(15)]
    pending = [size * min(n - 2, 4) * on[n] for n in range(15)]
    granted = [size * 0.5 * (n > 3) for n in range(15)]
    refused, returned = [size * 0.1 * (n > 3) for n in range(15)], [size * 0.05 * on[n] for n in range(15)]
    tonnes = {name: [size * part * on[n] for n in range(15)] for name, part in LICENCES.items()}
    return {
        "form": form,
        "country": country,
        "user": "civil",
        "new": [size * on[n] for n in range(15)],
        "again": [size * 0.25 * (n > 5) for n in range(15)],
        "returned": returned,
        "taken": granted,
        "granted": granted,
        "refused": refused,
        "pending": pending,
        "waiting": [part / 2 for part in pending],
        "halted": [part / 4 for part in pending],
        "decision_days": [None if n < 4 else 40.0 + n for n in range(15)],
        "lead_months": [None if n < 3 else 1.5 for n in range(15)],
        **tonnes,
    }


LICENCES = {"granted_t": 1.0, "general_t": 0.25, "used_t": 0.75, "idle_t": 0.1, "expired_t": 0.0, "licences_t": 0.5}
QUEUES = (("magnet", "DE", 40.0), ("magnet", "US", 30.0), ("oxide", "JP", 9.0), ("metal", "VN", 0.5))


def _out(lift: float) -> list[dict[str, Any]]:
    tonnes = {"magnets": 5.0, "magnets_controlled": 2.0, "magnets_not_controlled": 3.0, "Dy": 0.25, "Tb": 0.05}
    return [
        {"what": what, "to_region": region, "mass_t": [lift * part * share] * 15}
        for what, part in tonnes.items()
        for region, share in (("EUR", 3.0), ("NAM", 1.0), ("XCN", 4.0))
    ]


def build() -> Any:  # odd reports are made of it, so it has no type
    """A scenario with two branches beside another scenario, fifteen months."""
    known, free = {"en": "Rules as known", "zh": "按已知规则"}, {"en": "No licence needed", "zh": "无须许可"}
    return {
        "schema": "coercivity/outlook/1",
        "engine": "0.1.0",
        "packs": {
            "law": {"version": "2026.11", "hash": "a" * 64, "verified_through": "2026-10-05"},
            "world": {"version": "2026.10", "hash": "b" * 64},
            "practice": {"version": "2026.9", "hash": "c" * 64},
        },
        "from": MONTHS[0],
        "to": MONTHS[-1],
        "months": list(MONTHS),
        "runs": [
            _run("known-lapsed", known, "lapsed", 2.6),
            _run("known-extended", known, "extended:2027-01-10", 1.7),
            _run("free", free, "", 0.35),
        ],
        "compare": {"a": "known-lapsed", "b": "free"},
        "clause_prices": [
            {"clause": DY, "name": {"en": "18/2025, 1C905", "zh": "2025年第18号"}, "tonnes_t": 812.0, "usd": 4.2e8,
             "payers": [{"who": "EUR ev_traction", "usd": 1.9e8}, {"who": "JP ev_traction", "usd": 9e7}]}
        ],
        "assumed": [
            {"row": "assumptions:AS045", "what": "share of holders who extrapolate", "value": 0.3, "low": 0.0, "high": 0.6,
             "unit": "share", "reason": "no survey is held"}
        ],
        "limits": [{"en": "Stocks outside China are estimates.", "zh": "境外库存为估计。"}],
        "names": copy.deepcopy(NAMES),
    }  # fmt: skip


@pytest.fixture(scope="module")
def report() -> OutlookReport:
    found: OutlookReport = build()
    return found


def test_runs_of_one_title_are_branches_of_one_scenario(report: OutlookReport) -> None:
    found = scenarios(report)
    assert [[run.key for run in scenario.runs] for scenario in found] == [["A1", "A2"], ["B"]]
    named: list[RunData] = [{**run, "scenario": run["id"]} for run in report["runs"]]
    assert [run.key for run in runs_of({**report, "runs": named})] == ["A", "B", "C"]


def test_branches_in_words() -> None:
    assert branch_text("extended:2027-01-10")["en"] == "suspension extended to 2027-01-10"
    assert branch_text("lapsed")["zh"] == "暂停期届满、恢复实施"
    assert branch_text("")["en"] == "rules as published"


def test_headline_goods_keep_their_order(report: OutlookReport) -> None:
    assert headline_goods(report) == tuple(GOODS)
    assert headline_goods(report, "stocks") == ("ox_Dy", "ox_Tb")


def test_a_gap_that_is_not_split_is_outside_less_inside(report: OutlookReport) -> None:
    run = runs_of(report)[0]
    bare = runs_of({**report, "runs": [{**run.body, "gaps": []}]})[0]
    assert gap_series(bare, "ox_Dy", MONTHS) == pytest.approx(gap_series(run, "ox_Dy", MONTHS))


def test_without_a_mean_outside_the_widest_region_stands_for_it(report: OutlookReport) -> None:
    told: list[GapRow] = [
        {"good": "ox_Dy", "region": region, "month": MONTHS[0], "gap": gap, "parts": []}
        for region, gap in (("EUR", 5.0), ("JP", 9.0), ("KR", 9.0))
    ]
    run = runs_of({**report, "runs": [{**report["runs"][0], "gaps": told}]})[0]
    assert gaps(run, "ox_Dy")[MONTHS[0]].usd_per_kg == 9.0


def test_leading_clauses_carry_half_of_what_clauses_carry() -> None:
    parts = [PartShown("permission", ("b",), 30.0, "waiting"), PartShown("permission", ("b",), 10.0, "halt")]
    parts += [PartShown("permission", ("a",), 35.0), PartShown("duty", ("c",), 25.0), PartShown("freight", (), 900.0)]
    assert leading(GapShown("2025-01", 1000.0, tuple(parts))) == (("a",), ("b",))
    assert leading(GapShown("2025-01", 10.0, (PartShown("freight", (), 10.0),))) == ()
    assert leading(None) == ()


def test_shifts_of_the_leading_clauses(report: OutlookReport) -> None:
    assert shifts(runs_of(report)[0], "ox_Dy", MONTHS) == ((3, ((DY,),)), (9, ((NEXT,),)))


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "–"), (0.0, "0"), (1234567.0, "1,234,567"), (231.4, "231"), (23.14, "23.1"), (2.314, "2.31"), (0.0421, "0.042"),
     (-12.5, "\u221212.5"), (0.00001, "1.0e-05"), (math.inf, "–"), (99.96, "100"), (9.999, "10.0")],
)  # fmt: skip
def test_numbers(value: float | None, text: str) -> None:
    assert num(value) == text


def test_intervals_and_shares() -> None:
    assert between(1.001, 1.002) == "1.00"
    assert between(1.0, 2.0) == "1.00 to 2.00"
    assert [percent(share) for share in (None, 0.0, 0.004, 0.12, 0.0001)] == ["–", "0 %", "0.4 %", "12 %", "< 0.1 %"]
