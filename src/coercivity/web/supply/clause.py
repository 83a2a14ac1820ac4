"""The page for the cost of a clause: gains and losses, exports, production outside China, use and shortages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from coercivity.base.json_types import Json
from coercivity.base.sums import total
from coercivity.verbs.outlook_report import COLS, BranchPrice, ClausePriceData, branch_text, drawn_tables, num, party
from coercivity.web.charts import Chart, sized
from coercivity.web.shown import money_text
from coercivity.web.view import View

MILLION = 1e6
MOST_PARTIES, MOST_BARS = 16, 12
LEAST_USD, LEAST_T = 5e3, 0.05
BAR_HIGH = 22
PAYS_FILL, GAINS_FILL, TONNES_FILL = "var(--c5)", "var(--c3)", "var(--c1)"
Bars = Sequence[tuple[str, float]]
TonnesKey = Literal["shipped_t", "made_abroad_t", "less_t", "substituted_t", "without_t"]
_TONNES: tuple[TonnesKey, ...] = ("shipped_t", "made_abroad_t", "less_t", "substituted_t", "without_t")


def clause_found(v: View, body: ClausePriceData) -> dict[str, object]:
    """Returns the template values for the cost of a clause in the legal scenario of the address, or the first one.

    Args:
        v: Parsed page address.
        body: Result of the verb as plain data.
    """
    branches = body["branches"]
    names = [(branch["branch"], v.t(branch_text(branch["branch"]))) for branch in branches]
    branch = next((b for b in branches if b["branch"] == v.get("branch")), branches[0])
    return {
        "body": body,
        "branch": branch,
        "branches": [
            {**entry, "name": v.t(branch_text(entry["branch"])), "most": _most(v, entry, body)} for entry in branches
        ],
        "branch_names": names,
        "money": _money(v, branch, body),
        "tonnes": [chart for key in _TONNES if (chart := _tonnes(v, key, branch, body)) is not None],
        "prices": _prices(v, branch, body),
        "drawn": drawn_tables(branch["branch"], body, v.lang),
        "general": _general(v, body["branches"].index(branch), body),
        "goods_held": [v.t(body["names"]["goods"].get(name, {"en": name})) for name in branch["goods_held"]],
    }


def _general(v: View, place: int, body: ClausePriceData) -> tuple[list[str], list[list[str]]] | None:
    """The cost of the clause with and without general licences, and their difference; None if only one was asked."""
    if not body["general_licences_worth"]:
        return None
    worth = body["general_licences_worth"][place]
    every = (body["branches"][place], body["without_general_licences"][place], worth)
    lines = {
        "general_raw": [each["held_back_t"]["oxides_and_metals"] for each in every],
        "general_magnets": [each["held_back_t"]["magnets"] for each in every],
        "without_t": [total(each["without_t"].values()) for each in every],
        "whole": [each["whole_usd"] / MILLION for each in every],
    }
    rows = [[v.w(f"supply.{name}"), num(one), num(other), _signed(gap)] for name, (one, other, gap) in lines.items()]
    head = ["", *(v.w(f"supply.general_{side}") for side in ("with", "without", "difference"))]
    return head, rows


def _most(v: View, branch: BranchPrice, body: ClausePriceData) -> tuple[str, str] | None:
    """The party with the largest loss, and the loss: in million USD, in Chinese in units of ten thousand."""
    if not branch["payers"] or branch["payers"][0]["usd"] < LEAST_USD:
        return None
    first = branch["payers"][0]
    loss = money_text(v, first["usd"], "USD") if v.lang == "zh" else num(first["usd"] / MILLION)
    return party(first["who"], body["names"], v.lang), loss


def _money(v: View, branch: BranchPrice, body: ClausePriceData) -> Chart | None:
    """Losses and gains by party because of the clause [million USD]."""
    told = [(who, usd) for who, usd in branch["kept_usd"].items() if abs(usd) >= LEAST_USD]
    told.sort(key=lambda entry: (-abs(entry[1]), entry[0]))
    if not told:
        return None
    rows = [(party(who, body["names"], v.lang), usd / MILLION) for who, usd in told]
    bars = sorted(rows[:MOST_PARTIES], key=lambda entry: entry[1])
    spec = _bars(bars, v.w("supply.kept_axis"), (PAYS_FILL, GAINS_FILL))
    table = [[who, v.w("supply.gains" if usd > 0 else "supply.pays"), _signed(usd)] for who, usd in rows]
    head = [v.w("supply.party"), v.w("supply.pays_or_gains"), v.w("supply.kept_axis")]
    return Chart("money", v.w("supply.kept_title"), spec, head, table, v.w("supply.money_about"), frozenset({2}))


def _tonnes(v: View, key: TonnesKey, branch: BranchPrice, body: ClausePriceData) -> Chart | None:
    """Difference in tonnes by good or by use."""
    told = sorted(branch[key].items(), key=lambda entry: (-abs(entry[1]), entry[0]))
    rows = [(_thing(v, name, body), mass) for name, mass in told if abs(mass) >= LEAST_T]
    if not rows:
        return None
    head = [v.w("supply.thing"), v.w("supply.more_t")]
    table = [[name, _signed(mass)] for name, mass in rows]
    bars = sorted(rows[:MOST_BARS], key=lambda entry: entry[1])
    title, about = v.w(f"supply.{key}"), v.w(f"supply.{key}_about")
    return Chart(
        f"tonnes-{key}",
        title,
        _bars(bars, v.w("supply.more_t"), (TONNES_FILL, TONNES_FILL)),
        head,
        table,
        about,
        frozenset({1}),
    )


def _thing(v: View, name: str, body: ClausePriceData) -> str:
    region, colon, use = name.partition(":")
    names = body["names"]
    if not colon:
        return v.t(names["goods"].get(name, {"en": name}))
    place = v.t(names["regions"].get(region, {"en": region}))
    # Short names of uses, so that they fit the bars on a narrow page.
    return f"{v.w('supply.use_' + use)}{'：' if v.lang == 'zh' else ': '}{place}"


def _bars(rows: Bars, title: str, fills: tuple[str, str]) -> dict[str, Json]:
    """Bars left and right of zero, each with its name above it, so that they fit on a narrow page."""
    data = [{"n": name, "x": value, "fill": fills[value > 0]} for name, value in rows]
    y = {"field": "n", "type": "nominal", "sort": [name for name, _ in rows], "axis": None}
    x = {
        "field": "x",
        "type": "quantitative",
        "axis": {"title": title, "tickCount": 4, "labelOverlap": "greedy", "labelSeparation": 6},
    }
    bar = {
        "mark": {"type": "bar", "height": 7, "yOffset": 6},
        "encoding": {"x": x, "color": {"field": "fill", "type": "nominal", "scale": None}},
    }
    name = {
        "mark": {"type": "text", "align": "left", "dy": -5, "fontSize": 11, "limit": 330},
        "encoding": {"x": {"value": 2}, "text": {"field": "n"}},
    }
    return sized((BAR_HIGH + 8) * len(rows), data={"values": data}, encoding={"y": y}, layer=[bar, name])


def _prices(v: View, branch: BranchPrice, body: ClausePriceData) -> tuple[list[str], list[list[str]]]:
    """Average quoted price in and outside China, without and with the clause [USD/kg]."""
    held = {(row["good"], row["region"]): row for row in branch["prices"]}
    rows = []
    for good in dict.fromkeys(row["good"] for row in branch["prices"]):
        places = [held[good, region] for region in ("CN", "XCN")]
        cells = [num(usd) for row in places for usd in (row["without_usd_per_kg"], row["with_usd_per_kg"])]
        rows.append([v.t(body["names"]["goods"].get(good, {"en": good})), *cells])
    sides = [
        f"{v.w('supply.' + place)}{'，' if v.lang == 'zh' else ', '}{v.w('supply.' + side)}"
        for place in ("in_china", "abroad")
        for side in ("without", "with")
    ]
    return [v.t(COLS["good"]), *sides], rows


def _signed(value: float) -> str:
    text = num(value)
    return f"+{text}" if value > 0 else text
