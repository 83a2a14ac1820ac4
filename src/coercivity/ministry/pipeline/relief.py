"""What public money has to do for a project, and what it costs as grant, loan, price floor or offtake."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.ensemble.runs.sets import DrawSet
from coercivity.market.inputs.coefficients import CHINA, MAGNETS
from coercivity.market.run.industry.money import annuity
from coercivity.market.run.industry.plants import MINE
from coercivity.market.run.industry.projects import Terms
from coercivity.ministry.fund.model import Instrument
from coercivity.ministry.pipeline.added import Added
from coercivity.ministry.pipeline.candidates import Candidate, investment_of

Floats = NDArray[np.float64]
ENOUGH_SHARE = 0.8  # of the draws in which the money must be enough
LEAST_SHARE = 0.1  # of the charge, so that a project near its decision is not funded by nothing
# Stages whose product is an oxide of one price.
FLOORED = ("sep_light", "recycling")
OXIDE = "ox_NdPr"
OUTSIDE_REGION = "XCN"
# Products of a stage, and the flow by which they count.
_PRODUCTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "magnet": ("magnet", MAGNETS),
    "metal": ("metal", ("met_NdPr",)),
    "sep_light": ("ship", (OXIDE,)),
    "sep_heavy": ("ship", ("ox_Dy", "ox_Tb")),
    "recycling": ("recycle", (OXIDE,)),
}
_HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Way:
    """A way to pay a project.

    Attributes:
        amount: Grant and loan [MUSD]; floor [USD/kg]; premium of an offtake [USD/kg].
        share: Public share of a loan; None for the others.
        price_usd_per_kg: Price at which an offtake or a floor buys; None for grant and loan [USD/kg].
    """

    instrument: Instrument
    amount: float
    share: float | None = None
    price_usd_per_kg: float | None = None


def relief_of(each: Sequence[Added]) -> float:
    """Returns the relief that is enough in four draws of five of all legal paths [USD/kg].

    Args:
        each: The project on each legal path.
    """
    gaps = np.concatenate([one.gap_usd_per_kg for one in each])
    charges = np.concatenate([one.charge_usd_per_kg for one in each])
    known = gaps[np.isfinite(gaps)]
    least = LEAST_SHARE * float(np.nanmean(charges))
    return round_sig(max(float(np.quantile(known, ENOUGH_SHARE, method="inverted_cdf")), least))


def ways(
    one: Candidate,
    each: Sequence[Added],
    relief: float,
    price: float | None,
    floor: float,
    terms: Terms,
    rate: float,
) -> list[Way]:
    """Returns the ways to give a project that relief.

    A grant gives at most the investment; a loan at public interest lowers the return that the rest must earn, and its
    public share is what a lender at the owners' return would lose on it. A premium or a floor pays as long as the
    plant runs, whatever the investment.

    Args:
        one: The project.
        each: The project on each legal path.
        relief: What has to be added to its margin [USD/kg].
        price: Mean price of its product abroad; None if it has none [USD/kg].
        floor: Floor price that is enough, of a stage whose product has one price [USD/kg].
        terms: How owners decide and build.
        rate: Interest of a public loan, per year.

    The public share of a loan is its grant equivalent, as state-aid rules measure it (Commission communication
    2008/C 14/02), with the return that owners require as the market rate.

    Source: equations 68 and 69 of docs/market.md.
    """
    charge = float(np.nanmean(np.concatenate([path.charge_usd_per_kg for path in each])))
    whole = investment_of(one)
    found: list[Way] = []
    if relief <= charge:
        found.append(Way("grant", round_sig(whole * relief / charge, 6)))
        lent = _lent(1 - relief / charge, terms, rate)
        if lent is not None:
            public = 1 - annuity(rate, terms.years) / annuity(terms.hurdle, terms.years)
            found.append(Way("loan", round_sig(whole * lent, 6), round_sig(public, 6)))
    if one.stage != MINE and price is not None:
        if one.stage in FLOORED:
            found.append(Way("price floor", floor, price_usd_per_kg=floor))
        paid = round_sig(price + relief, 6)
        found.append(Way("offtake", round_sig(relief, 6), price_usd_per_kg=paid))
    return found


def _lent(left: float, terms: Terms, rate: float) -> float | None:
    """Returns the share of the investment that a loan must cover so that a share of the charge is left."""
    target = left * annuity(terms.hurdle, terms.years)
    if annuity(rate, terms.years) > target:
        return None
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if annuity(middle * rate + (1 - middle) * terms.hurdle, terms.years) > target:
            low = middle
        else:
            high = middle
    return high


def product_price(draws: Sequence[DrawSet], stage: str, years: Sequence[int]) -> float | None:
    """Returns the mean price of the products of a stage abroad, by the flows of each; None if they have none.

    Oxides count by what leaves the regions outside China, for what is separated is not kept by oxide.

    Args:
        draws: The draws of each legal path.
        stage: The stage.
        years: The years that count.
    """
    kind, goods = _PRODUCTS.get(stage, ("", ()))
    masses, values = [], []
    for each in draws:
        columns = [place for place, month in enumerate(each.months) if int(month[:4]) in years]
        rows = [place for place, year in enumerate(each.years) if int(year) in years]
        for name in each.names["flows"]:
            flow, good, _, region, _, _ = name.split("|")
            price = f"{good}:{region}" if f"{good}:{region}" in each.names["traded"] else f"{good}:{OUTSIDE_REGION}"
            if flow == kind and good in goods and region != CHINA and price in each.names["traded"]:
                mass = float(each.series("flows", name)[:, rows].mean())
                masses.append(mass)
                values.append(mass * float(np.nanmean(each.series("traded", price)[:, columns])))
    return total(values) / total(masses) if masses and total(masses) else None


def floor_of(each: Sequence[Added], draws: Sequence[DrawSet], years: Sequence[int]) -> float:
    """Returns the floor price of NdPr oxide that is enough in four draws of five of all legal paths [USD/kg].

    Args:
        each: The project on each legal path.
        draws: The draws of each.
        years: The years that count.
    """
    lacking = [
        one.gap_usd_per_kg + oxide_price(told, years).mean(axis=1) for one, told in zip(each, draws, strict=True)
    ]
    known = np.concatenate(lacking)
    return round_sig(float(np.quantile(known[np.isfinite(known)], ENOUGH_SHARE, method="inverted_cdf")), 6)


def oxide_price(draws: DrawSet, years: Sequence[int]) -> Floats:
    """Returns the price of NdPr oxide outside China, mean of each year, shape (draws, years) [USD/kg].

    Args:
        draws: The draws of a legal path.
        years: The years.
    """
    series = draws.series("traded", f"{OXIDE}:{OUTSIDE_REGION}")
    months = [[place for place, month in enumerate(draws.months) if int(month[:4]) == year] for year in years]
    found: Floats = np.stack([np.nanmean(series[:, places], axis=1) for places in months], axis=1)
    return found
