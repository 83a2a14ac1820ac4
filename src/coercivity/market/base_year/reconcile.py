"""The balanced base year 2024: the flows closest to the reported figures, in units of their errors, that add up.

`reconcile` computes, `main` writes the two tables of the market data set; `market.inputs.base_flows` reads them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import as_file

import numpy as np

from coercivity.base.errors import Faults
from coercivity.base.sums import total
from coercivity.data.packs import open_pack
from coercivity.data.tables import Table
from coercivity.market.base_year.prior import FlowKey, Priors
from coercivity.market.base_year.priors import SCARCE, read_priors
from coercivity.market.base_year.recipes import METALS, OXIDES, Recipes, model_recipes
from coercivity.market.base_year.solve import Least, Solution, least_squares
from coercivity.market.inputs.coefficients import Coefficients
from coercivity.market.inputs.figures import Figures

CLOSED = 1e-9
FAR_SIGMAS = 3.0
BalanceKey = tuple[str, str, str]
Balances = Mapping[BalanceKey, Mapping[FlowKey, float]]


@dataclass(frozen=True)
class Reconciled:
    """Balanced flows of the base year.

    Attributes:
        recipes: Coefficients behind the balances.
        priors: Reported figures.
        balances: Share of each flow in each balance, by kind, good and region of the balance.
        flows: The flows [t/yr].
        answer: Accuracy of the optimum.
        misfit: Sum of the squared distances, in errors.
    """

    recipes: Recipes
    priors: Priors
    balances: Balances
    flows: Mapping[FlowKey, float]
    answer: Solution
    misfit: float

    @cached_property
    def strays(self) -> Mapping[FlowKey, float]:
        """Deviation of each reported flow from its figure, in errors."""
        read = ((key, prior) for key, prior in self.priors.flows.items() if prior.read)
        return {key: (self.flows[key] - prior.pull_t) / prior.sigma_t for key, prior in read}

    @cached_property
    def stray_sums(self) -> Mapping[str, float]:
        """Deviation of each reported sum from its figure, in errors."""
        return {
            part.name: (total(w * self.flows[key] for key, w in part.terms.items()) - part.value_t) / part.sigma_t
            for part in self.priors.sums
        }

    def far(self, sigmas: float = FAR_SIGMAS) -> tuple[FlowKey, ...]:
        """Returns the flows that deviate from their figure by more than a number of errors, largest first."""
        found = [key for key, stray in self.strays.items() if abs(stray) > sigmas]
        return tuple(sorted(found, key=lambda key: (-abs(self.strays[key]), key)))


def reconcile(tables: Mapping[str, Table], recipes: Recipes) -> Reconciled:
    """Returns the base year balanced per product, element and region.

    Minimises the sum of squared deviations from the reported figures, each over its error, with exact balances and no
    negative flow. Unreported flows follow from the balances; a weak target makes them unique.

    Args:
        tables: Tables of the market data set.
        recipes: Coefficients of the balances; `model_recipes` for those of the model.

    Raises:
        CoercivityError: If a figure is missing, or the balances cannot be closed.

    Source: equation 2 of docs/market.md.
    """
    priors = read_priors(tables, recipes)
    balances = balances_of(priors, recipes)
    keys = sorted(priors.flows)
    problem = _problem(priors, balances, keys)
    answer = least_squares(problem)
    flows = {key: float(mass) for key, mass in zip(keys, answer.flows, strict=True)}
    misfit = float(((problem.wanted @ answer.flows - problem.target) ** 2).sum())
    done = Reconciled(recipes, priors, balances, flows, answer, misfit)
    check_closed(flows, balances)
    return done


def balances_of(priors: Priors, recipes: Recipes) -> Balances:
    """Returns the balances: contribution (+) or withdrawal (-) of each flow [t per t].

    Source: equation 2 of docs/market.md; docs/base-year.md.
    """
    found: dict[BalanceKey, dict[FlowKey, float]] = {}
    for key in sorted(priors.flows):
        for balance, share in _entries(key, recipes):
            found.setdefault(balance, {})[key] = share
    return {key: found[key] for key in sorted(found)}


def _entries(key: FlowKey, recipes: Recipes) -> Iterator[tuple[BalanceKey, float]]:
    kind, good, _, start, end = key
    stage = {"mine": "feed", "feed_trade": "feed", "separate": "feed", "metal_trade": "metal", "magnet_trade": "magnet"}
    if kind.endswith("_trade"):
        yield (stage.get(kind, "oxide"), good, start), -1.0
        yield (stage.get(kind, "oxide"), good, end), 1.0
    elif kind == "mine":
        yield ("feed", good, start), 1.0
    elif kind == "separate":
        yield from _separation(key, recipes)
    elif kind in ("oxide", "seg_aside"):
        yield ("cut", good, start), -1.0
        if kind == "oxide":
            yield ("oxide", good, start), 1.0
    elif kind in ("recycled", "unregistered"):
        yield ("oxide", good, start), 1.0
        if kind == "recycled" and good in SCARCE:
            yield ("swarf", good, start), -1.0
    elif kind == "swarf_aside":
        yield ("swarf", good, start), -1.0
    elif kind in ("nonmagnet", "surplus"):
        yield ("oxide", good, start), -1.0
    elif kind == "metal":
        yield ("metal", good, start), 1.0
        yield ("oxide", METALS[good], start), -recipes.oxide_for_metal(good, start)
    elif kind == "magnet":
        yield from _magnet(key, recipes)
    elif kind == "use":
        yield ("magnet", good, start), -1.0


def _separation(key: FlowKey, recipes: Recipes) -> Iterator[tuple[BalanceKey, float]]:
    _, feed, _, at, _ = key
    yield ("feed", feed, at), -1.0
    for oxide in OXIDES:
        share = recipes.oxide_from_feed(feed, oxide, at)
        if share > 0.0:
            yield ("cut", oxide, at), share


def _magnet(key: FlowKey, recipes: Recipes) -> Iterator[tuple[BalanceKey, float]]:
    _, magnet, _, at, _ = key
    yield ("magnet", magnet, at), 1.0
    for metal in recipes.metals_of(magnet):
        yield ("metal", metal, at), -recipes.metal_for_magnet(magnet, metal, at)
        if at == "CN" and METALS[metal] in SCARCE:
            swarf = recipes.swarf_recovery * recipes.swarf_from_magnet(magnet, metal, at)
            yield ("swarf", METALS[metal], at), swarf


def _problem(priors: Priors, balances: Balances, keys: list[FlowKey]) -> Least:
    place = {key: at for at, key in enumerate(keys)}
    sigmas = np.array([priors.flows[key].sigma_t for key in keys])
    pulls = np.array([priors.flows[key].pull_t for key in keys])
    wanted = np.vstack([np.diag(1.0 / sigmas), np.zeros((len(priors.sums), len(keys)))])
    target = np.concatenate([pulls / sigmas, [part.value_t / part.sigma_t for part in priors.sums]])
    for line, part in enumerate(priors.sums, len(keys)):
        for key, share in part.terms.items():
            wanted[line, place[key]] = share / part.sigma_t
    rows = np.zeros((len(balances), len(keys)))
    for line, terms in enumerate(balances.values()):
        for key, share in terms.items():
            rows[line, place[key]] = share
    return Least(wanted, target, rows, np.maximum(sigmas, pulls))


def leftovers(flows: Mapping[FlowKey, float], balances: Balances) -> dict[BalanceKey, tuple[float, float]]:
    """Returns the surplus of each balance and its throughput [t/yr]."""
    found: dict[BalanceKey, tuple[float, float]] = {}
    for key, terms in balances.items():
        parts = [share * flows.get(flow, 0.0) for flow, share in terms.items()]
        found[key] = total(parts), total(abs(part) for part in parts) / 2
    return found


def check_closed(flows: Mapping[FlowKey, float], balances: Balances, *, tolerance: float = CLOSED) -> None:
    """Checks that every balance closes and no flow is negative.

    Args:
        flows: The flows [t/yr].
        balances: The balances.
        tolerance: Largest surplus over the throughput.

    Raises:
        CoercivityError: With every open balance and every negative flow.

    Source: equation 2 of docs/market.md.
    """
    faults = Faults()
    for (kind, good, region), (left, through) in leftovers(flows, balances).items():
        if abs(left) > tolerance * max(through, 1e-3):
            what = f"{left:.6g} t left over of {through:.6g} t"
            faults.add("BASE-YEAR", what, where=f"balance of {good} ({kind}) in {region}")
    for key, mass in flows.items():
        if mass < 0.0:
            faults.add("BASE-YEAR", f"{mass:.6g} t is negative", where=" ".join(part for part in key if part))
    faults.raise_if_any()


def main() -> None:
    """Computes the base year and writes `base_flows.csv` and `base_balance.csv` into the market data set of this tree.

    Raises:
        CoercivityError: If the data set has errors, or the balances cannot be closed.
    """
    from coercivity.market.base_year.tables import write_tables

    pack = open_pack("world")
    done = reconcile(pack.tables, model_recipes(Coefficients(Figures(pack)), pack.tables))
    with as_file(pack.root) as folder:
        write_tables(folder, done, pack.tables)
