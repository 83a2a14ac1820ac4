"""Public money and offtakes for projects: what the table of funding has contracted, and what a scenario adds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coercivity.base.months import Month, parse_month
from coercivity.base.sums import total
from coercivity.market.inputs.figures import Figures, Row
from coercivity.market.run.industry.plants import YEAR, Plant
from coercivity.market.run.scenarios.policies import PoliciesAsked

# A promise counts once it is signed; announced, conditional, proposed and awarded money is not counted.
COUNTED = ("contracted", "disbursed", "closed")
# Ore that was mined already needs no further investment.
STOCKPILE = "stockpile"
GRANT, LOAN, OFFTAKE = "grant", "loan", "offtake"
# Equity must earn its return as any capital, so it changes nothing here.
_KINDS = {"grant": GRANT, "grant_tax": GRANT, "capital_subsidy": GRANT, "loan": LOAN, "loan_guarantee": LOAN}
# Without tonnes in the table they cover all that the plant makes.
_FLOORS = ("price_floor", "offtake_floor")
_ALWAYS = (parse_month("1900-01"), parse_month("2199-12"))


@dataclass(frozen=True, slots=True)
class PlantMoney:
    """Money or an offtake for a plant.

    Attributes:
        kind: grant, loan or offtake.
        amount: Grant or loan [M USD]; offtake [t/yr].
        rate: Interest of a loan, per year.
        price: Price of an offtake [USD/kg]; None if it pays the cost, the capital charge included.
        published: First month in which it is known.
        first: First month in which it can be decided upon, or in which deliveries are paid.
        last: Last such month.
    """

    plant: str
    kind: str
    amount: float
    rate: float = 0.0
    price: float | None = None
    published: Month = _ALWAYS[0]
    first: Month = _ALWAYS[0]
    last: Month = _ALWAYS[1]


def packed_money(figures: Figures, investment: Mapping[str, float]) -> list[PlantMoney]:
    """Returns the public money of the table of funding that counts, by plant.

    Money for several plants is divided by their investment. An offtake without a price pays the cost.

    Args:
        figures: The rows of the data set.
        investment: Investment by plant [M USD].

    Source: table `funding` of the market data set.
    """
    found: list[PlantMoney] = []
    for key, row in sorted(figures.rows("funding").items()):
        names = [name for name in row["plant_ids"].split(";") if name in investment]
        if row["status"] not in COUNTED or not names:
            continue
        whole = total(investment[name] for name in names)
        shares = {name: investment[name] / whole for name in names}
        if row["instrument"] in _KINDS and row["value"]:
            figures.row("funding", key)
            amount, kind = _million_usd(figures, row), _KINDS[row["instrument"]]
            rate = figures.assumption("public_loan_rate") if kind == LOAN else 0.0
            since = parse_month(row["period"][:7]) if len(row["period"]) >= len("2025-01") else _ALWAYS[0]
            found += [PlantMoney(name, kind, amount * shares[name], rate, published=since) for name in names]
        elif row["instrument"] == OFFTAKE and row["unit"] == "t/yr":
            figures.row("funding", key)
            found += [PlantMoney(name, OFFTAKE, float(row["value"]) * shares[name]) for name in names]
        elif row["instrument"] in _FLOORS and row["unit"] == "USD/kg":
            figures.row("funding", key)
            price, plants = float(row["value"]), figures.rows("plants")
            found += [PlantMoney(name, OFFTAKE, float(plants[name]["capacity"]), price=price) for name in names]
    return found


def _million_usd(figures: Figures, row: Row) -> float:
    """Returns an amount of money [M USD] at the mean exchange rate of its year."""
    amount, currency = float(row["value"]), row["unit"].removeprefix("M ")
    if currency == "USD":
        return amount
    rate = _rate(figures, f"{currency} annual mean", row["year"])
    value = float(rate["value"])
    return amount * value if rate["unit"] == f"USD/{currency}" else amount / value


def _rate(figures: Figures, item: str, year: str) -> Row:
    """Returns the mean exchange rate of a year; if a cut removed it, that of the latest year before."""
    found = list(figures.where("assumptions", topic="fx", item=item, year=year))
    if not found:
        rows = figures.rows("assumptions").items()
        years = {row["year"]: key for key, row in rows if row["topic"] == "fx" and row["item"] == item}
        found = [figures.row("assumptions", years[max(before for before in years if before < year)])]
    (rate,) = found
    return rate


def asked_money(policies: PoliciesAsked) -> list[PlantMoney]:
    """Returns the money and offtakes that a scenario adds."""
    return [
        *(
            PlantMoney(each.plant, each.kind, each.amount, each.rate, None, each.published, each.first, each.last)
            for each in policies.support
        ),
        *(
            PlantMoney(each.plant, OFFTAKE, each.tonnes_a_year, 0.0, each.price, each.published, each.first, each.last)
            for each in policies.offtakes
        ),
    ]


def investments(figures: Figures) -> dict[str, float]:
    """Returns the investment of each plant outside China in the table [M USD].

    That of its project, divided among the plants of the project by the assumed investment of their stages and scaled
    from the capacity of the project to theirs; the assumed one where the project states none.

    Source: equation 68 of docs/market.md; tables `plants` and `projects` of the market data set.
    """
    usual: dict[str, float] = {}
    members: dict[str, list[str]] = {}
    rows = figures.rows("plants")
    for key, row in sorted(rows.items()):
        intensity = _INTENSITY.get(row["model_stage"])
        if intensity is not None and row["capacity"] and float(row["capacity"]) > 0:
            each = 0.0 if row["basis"] == STOCKPILE else figures.assumption(intensity)
            usual[key] = each * float(row["capacity"]) * float(row["reo_per_unit"] or 1.0) / 1000
            members.setdefault(row["projects_id"], []).append(key)
    found = dict(usual)
    for project, names in members.items():
        stated = figures.rows("projects").get(project)
        if stated is None or not stated["capex_m_usd"] or float(stated["capex_m_usd"]) <= 0:
            continue
        alike = [name for name in names if rows[name]["unit_of"] == stated["unit_of"]]
        scale = total(float(rows[name]["capacity"]) for name in alike) / float(stated["value"]) if alike else 1.0
        whole = total(usual[name] for name in names)
        for name in names:
            found[name] = float(stated["capex_m_usd"]) * scale * usual[name] / whole
    return found


_INTENSITY = {
    "magnet": "capex_magnet",
    "magnet_smco": "capex_magnet",
    "metal": "capex_metal",
    "sep_light": "capex_sep_light",
    "sep_heavy": "capex_sep_heavy",
    "recycling": "capex_recycling",
    "mine": "capex_mine",
}


def capital_charge(investment: float, plant: Plant, money: Iterable[PlantMoney], hurdle: float, years: float) -> float:
    """Returns the capital charge of a unit of a plant's capacity after grants and loans [USD/kg].

    Args:
        investment: Investment [M USD].
        plant: The plant.
        money: Grants and loans that count.
        hurdle: Return that owners require, per year.
        years: Years over which the investment is earned back.

    Source: equation 68 of docs/market.md.
    """
    found = list(money)
    net = max(investment - total(each.amount for each in found if each.kind == GRANT), 0.0)
    if not net:
        return 0.0
    loans = [each for each in found if each.kind == LOAN]
    whole = total(each.amount for each in loans)
    lent = min(whole / net, 1.0)
    interest = total(each.amount * min(each.rate, hurdle) for each in loans) / whole if whole else 0.0
    rate = lent * interest + (1 - lent) * hurdle
    return 1000 * net * annuity(rate, years) / (plant.capacity_t * YEAR)


def annuity(rate: float, years: float) -> float:
    """Returns the yearly payment that earns back one dollar over some years at an interest rate."""
    return rate / -math.expm1(-years * math.log1p(rate)) if rate else 1 / years
