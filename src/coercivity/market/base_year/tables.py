"""The published tables of the base year: `base_flows`, each flow before and after; `base_balance`, the surpluses."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from coercivity.base.canonical import round_sig
from coercivity.base.sums import total
from coercivity.data.tables import Table
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set
from coercivity.market.base_year.prior import FlowKey
from coercivity.market.base_year.priors import SCARCE
from coercivity.market.base_year.recipes import METALS, OXIDES, Recipes
from coercivity.market.base_year.reconcile import Reconciled
from coercivity.market.inputs.coefficients import MAGNETS

YEAR = "2024"
_UNIT_OF = {
    "mine": "REO",
    "feed_trade": "REO",
    "separate": "REO",
    "metal": "metal",
    "metal_trade": "metal",
    "magnet": "finished magnets",
    "magnet_trade": "finished magnets",
    "use": "finished magnets",
}
_MADE = ("oxide", "recycled", "unregistered")
_SHOWN_MOVES = 4
# More than the nine digits of other results, which would leave some balances open by three parts in 10^9.
_FLOW_DIGITS = 12
_CLASSES = {"mag_none": ("mag_none", "mag_Ce"), "mag_low": ("mag_low",), "mag_high": ("mag_high",)}


def tables_of(done: Reconciled, tables: Mapping[str, Table]) -> dict[str, str]:
    """Returns the two tables as text, by name of the table.

    Args:
        done: The balanced flows.
        tables: Tables of the market data set, for the residuals published before.

    Source: docs/base-year.md.
    """
    return {"base_flows": _text(_flow_rows(done)), "base_balance": _text(_balance_rows(done, tables))}


def write_tables(folder: Path, done: Reconciled, tables: Mapping[str, Table]) -> None:
    """Writes `base_flows.csv` and `base_balance.csv` into a folder.

    Raises:
        CoercivityError: If they cannot be written, or another run is writing there.
    """
    with held(folder):
        write_set(folder, {f"{name}.csv": text.encode() for name, text in tables_of(done, tables).items()})


def _text(rows: Iterator[dict[str, str]]) -> str:
    out = io.StringIO()
    first = next(rows)
    writer = csv.DictWriter(out, list(first), lineterminator="\n")
    writer.writeheader()
    writer.writerow(first)
    writer.writerows(rows)
    return out.getvalue()


def _number(value: float | None, digits: int = 9) -> str:
    return "" if value is None else f"{round_sig(value, digits) + 0.0:.{digits}g}"


def written(done: Reconciled) -> dict[FlowKey, float]:
    """Returns the flows as written, rounded so that the balances close to one part in 10^9 [t/yr]."""
    return {key: round_sig(mass, _FLOW_DIGITS) for key, mass in done.flows.items()}


def _flow_rows(done: Reconciled) -> Iterator[dict[str, str]]:
    for number, (key, mass) in enumerate(sorted(written(done).items()), 1):
        prior = done.priors.flows[key]
        read = prior.pull_t if prior.read else None
        yield {
            "id": f"BF{number:03}",
            "kind": key[0],
            "good": key[1],
            "use": key[2],
            "from_region": key[3],
            "to_region": key[4],
            "value": _number(mass, _FLOW_DIGITS),
            "as_read": _number(read, 6),
            "low": _number(prior.low_t, 6),
            "high": _number(prior.high_t, 6),
            "change_share": _number(mass / read - 1, 6) if read else "",
            "change_sigmas": _number(done.strays.get(key), 4),
            "unit": "t",
            "unit_of": _UNIT_OF.get(key[0], "oxide"),
            "year": YEAR,
            "derived_from": prior.derived_from,
            "source_id": "COMPUTED",
            "quality": prior.quality,
            "retrieval": "derived",
            "note": prior.note,
        }


def _balance_rows(done: Reconciled, tables: Mapping[str, Table]) -> Iterator[dict[str, str]]:
    published = {str(row["good"]): row for row in tables["base_year_residuals"].rows}
    before, after = {key: prior.pull_t for key, prior in done.priors.flows.items()}, written(done)
    items = [(good, published[good]["element"], published[good]["residual"]) for good in OXIDES]
    items += [(good, good, published[good]["residual"] if good in published else None) for good in MAGNETS]
    for number, (good, item, residual) in enumerate(items, 1):
        weights = _weights(good, done)
        old, new = _sides(good, before, weights, done.recipes), _sides(good, after, weights, done.recipes, made=True)
        left, open_after = old[0] - old[1], new[0] - new[1] - new[2]
        known = good != "mag_Ce"  # its use was read together with that of mag_none
        yield {
            "id": f"BB{number:02}",
            "item": str(item),
            "good": good,
            "supply_before": _number(old[0], 6) if known else "",
            "use_before": _number(old[1], 6) if known else "",
            "residual_before": _number(left, 6) if known else "",
            "residual_before_share": _number(left / old[1], 6) if known else "",
            "residual_published": str(residual if residual is not None else ""),
            "supply_after": _number(new[0]),
            "use_after": _number(new[1]),
            "aside_after": _number(new[2]),
            "residual_after": _number(_hushed(open_after, new[0]), 2),
            "residual_after_share": _number(_hushed(open_after, new[0]) / new[0], 2),
            "largest_moves": _moves(before, after, weights),
            "unit": "t",
            "unit_of": "oxide" if good in OXIDES else "finished magnets",
            "year": YEAR,
            "derived_from": "base_flows and the coefficients of the model",
            "source_id": "COMPUTED",
            "quality": "assumed",
            "retrieval": "derived",
            "note": _note(good),
        }


def _hushed(left: float, through: float) -> float:
    """Returns a surplus, or zero if it is less than one part in 10^13, which is rounding."""
    return 0.0 if abs(left) < 1e-13 * through else left


def _weights(good: str, done: Reconciled) -> dict[FlowKey, float]:
    """Returns the contribution of each flow to world supply (+) or use (-) of an element or a class [t/t]."""
    found: dict[FlowKey, float] = {}
    for key in sorted(done.flows):
        kind, name, _, at, _ = key
        if kind in _MADE and name == good:
            found[key] = 1.0
        elif kind == "nonmagnet" and name == good:
            found[key] = -1.0
        elif kind == "magnet" and good in OXIDES:
            found[key] = -done.recipes.oxide_for_magnet(name, good, at)
        elif kind in ("magnet", "use") and name in _CLASSES.get(good, (good,)):
            found[key] = 1.0 if kind == "magnet" else -1.0
    return {key: weight for key, weight in found.items() if weight}


def _sides(
    good: str, flows: Mapping[FlowKey, float], weights: Mapping[FlowKey, float], recipes: Recipes, *, made: bool = False
) -> tuple[float, float, float]:
    """Returns supply, use and unused quantities; the use of balanced flows is the input of metal makers."""
    supply = total(weight * flows[key] for key, weight in weights.items() if weight > 0.0)
    use = -total(weight * flows[key] for key, weight in weights.items() if weight < 0.0)
    if made and good in OXIDES:
        use = total(mass for key, mass in flows.items() if key[:2] == ("nonmagnet", good))
        metals = [metal for metal, oxide in METALS.items() if oxide == good]
        for key, mass in flows.items():
            if key[0] == "metal" and key[1] in metals:
                use += mass * recipes.oxide_for_metal(key[1], key[3])
    return supply, use, total(mass for key, mass in flows.items() if key[:2] == ("surplus", good))


def _moves(before: Mapping[FlowKey, float], after: Mapping[FlowKey, float], weights: Mapping[FlowKey, float]) -> str:
    moved = [(abs(weight) * (after[key] - before[key]), key) for key, weight in weights.items()]
    moved.sort(key=lambda entry: (-abs(round(entry[0], 3)), entry[1]))
    shown = [(mass, key) for mass, key in moved[:_SHOWN_MOVES] if abs(mass) >= 0.5]
    return "; ".join(f"{_name(key)} {mass:+,.0f}" for mass, key in shown) or "none of half a tonne"


def _name(key: FlowKey) -> str:
    kind, good, use, at, _ = key
    parts = (kind, good, use, at) if kind in ("magnet", "use") else (kind, at)
    return " ".join(part for part in parts if part)


def _note(good: str) -> str:
    if good in ("ox_Dy", "ox_Tb"):
        return "residual_published takes diffused metal to be put on after grinding; see docs/base-year.md"
    if good == "mag_none":
        return "mag_Ce inside, since both were read together"
    if good == "mag_Ce":
        return "inside mag_none before; made in CN only"
    return "" if good in SCARCE or good not in OXIDES else "the surplus is a joint product without demand"
