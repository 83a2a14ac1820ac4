"""The priors of the base year: reported figures with ranges, sums of flows, and targets for unreported flows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from coercivity.base.sums import total
from coercivity.data.tables import Table
from coercivity.market.base_year.prior import FLOOR_T, HALF_WIDTHS, FlowKey, Prior, Priors, Row, SumRead, sigma_of
from coercivity.market.base_year.recipes import METALS, OXIDES, Recipes, number
from coercivity.market.inputs.coefficients import MAGNETS, USES
from coercivity.market.inputs.coefficients import USING as USERS

OXIDE_WAYS = (
    *(("CN", to) for to in USERS if to != "CN"),
    *((start, "CN") for start in ("SEA", "NAM")),
    *((start, "JP") for start in ("SEA", "NAM", "IN")),
)
METAL_MAKERS = {"met_NdPr": ("CN", "SEA", "JP", "KR", "EUR", "NAM"), "met_LaCe": ("CN",)}
HEAVY_MAKERS = ("CN", "JP")
METAL_WAYS = (
    *(("CN", to) for to in ("JP", "KR", "NAM", "EUR", "SEA")),
    *(("SEA", to) for to in ("JP", "KR", "NAM", "EUR")),
)
MAGNET_WAYS = (
    *(("CN", to) for to in USERS if to != "CN"),
    *(("JP", to) for to in ("KR", "NAM", "EUR", "SEA", "IN", "ROW")),
    *(("EUR", to) for to in ("NAM", "ROW", "IN")),
    *(("SEA", to) for to in ("JP", "KR", "NAM", "EUR")),
    ("NAM", "EUR"),
)
SCARCE = ("ox_NdPr", "ox_Dy", "ox_Tb")


def read_priors(tables: Mapping[str, Table], recipes: Recipes) -> Priors:
    """Returns every flow of the base year with its figure or its target.

    Args:
        tables: Tables of the market data set.
        recipes: Coefficients.

    Raises:
        CoercivityError: If a row has no number.

    Source: equations 1 and 2 of docs/market.md.
    """
    rows = [row for row in tables["base_year"].rows if row["in_use"] or row["section"] == "second_view"]
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(str(row["section"]), []).append(row)
    found = Priors()
    _feeds(found, parts)
    _oxides(found, parts, recipes)
    _magnets(found, parts)
    _uses(found, parts)
    _magnet_trade(found, parts, tables["trade"])
    _metals(found, parts, recipes)
    _oxide_trade(found, parts, recipes)
    _outlets(found, tables, recipes)
    return found


def _grouped(rows: Iterable[Row], *columns: str) -> Iterator[tuple[tuple[str, ...], list[Row]]]:
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(str(row[column] or "") for column in columns), []).append(row)
    yield from groups.items()


def _feeds(found: Priors, parts: Mapping[str, list[Row]]) -> None:
    held: dict[tuple[str, str], float] = {}
    for (good, at), rows in _grouped(parts["mine"], "good", "model_region"):
        found.read(("mine", good, "", at, at), rows)
        held[good, at] = held.get((good, at), 0.0) + found.at("mine", good, "", at, at)
    for (good, start, end), rows in _grouped(parts["feed_trade"], "good", "model_region", "to_region"):
        _shipment(found, parts["mine"], ("feed_trade", good, "", start, end), rows)
        sent = found.at("feed_trade", good, "", start, end)
        held[good, start] = held.get((good, start), 0.0) - sent
        held[good, end] = held.get((good, end), 0.0) + sent
    for (good, at), mass in held.items():
        if mass > 0.0:
            found.pull(("separate", good, "", at, at), mass, note="REO fed: mined and received less sent")


def _shipment(found: Priors, mined: list[Row], key: FlowKey, rows: list[Row]) -> None:
    found.read(key, rows)
    same = [row for row in mined if (row["good"], row["model_region"]) == (key[1], key[3])]
    if len(same) == 1 and same[0]["value"] == rows[0]["value"] and same[0]["derived_from"] == rows[0]["derived_from"]:
        note = (
            f"all that is mined is sent: the figure of base_year:{rows[0]['id']} is that of base_year:{same[0]['id']}"
        )
        found.pull(key, found.at(*key), note=note)  # one figure must not count twice


def _oxides(found: Priors, parts: Mapping[str, list[Row]], recipes: Recipes) -> None:
    fed = [(key[1], key[3], prior.pull_t) for key, prior in found.flows.items() if key[0] == "separate"]
    figures = {(str(row["good"]), str(row["model_region"])): row for row in (*parts["separated"], *parts["seg_stock"])}
    for (oxide, at), row in figures.items():
        kind = "seg_aside" if row["section"] == "seg_stock" else "oxide"
        key = (kind, oxide, "", at, at)
        if row["quality"] == "reported":  # the others are feeds times coefficients: no figure of their own
            found.read(key, [row])
            continue
        mass = total(recipes.oxide_from_feed(feed, oxide, at) * reo for feed, region, reo in fed if region == at)
        found.pull(key, mass, note=f"follows from the feeds; base_year:{row['id']} is the same arithmetic")
    for row in parts["recycled"]:
        found.read(("recycled", str(row["good"]), "", "CN", "CN"), [row])


def _magnets(found: Priors, parts: Mapping[str, list[Row]]) -> None:
    cerium = next(row for row in parts["second_view"] if row["good"] == "mag_Ce")
    for row in parts["magnet"]:
        key = ("magnet", str(row["good"]), "", str(row["model_region"]), str(row["model_region"]))
        if key[1] != "mag_none" or key[3] != "CN":
            found.read(key, [row])
            continue
        rare = ("magnet", "mag_Ce", "", "CN", "CN")
        found.read(rare, [cerium])
        rest = number(row["value"]) - found.at(*rare)
        found.pull(key, rest, note=f"base_year:{row['id']} was read for mag_none and mag_Ce together")
        trail = f"base_year:{row['id']}"
        terms = {key: 1.0, rare: 1.0}
        found.sums.append(SumRead("mag_none and mag_Ce made in CN", terms, number(row["value"]), sigma_of(row), trail))


def _uses(found: Priors, parts: Mapping[str, list[Row]]) -> None:
    shares: dict[str, list[Row]] = {}
    for row in parts["class_share"]:
        shares.setdefault(str(row["end_use"]), []).append(row)
    cells: dict[tuple[str, str, str], list[tuple[float, float, str]]] = {}
    for row in parts["use"]:
        at, use, good, mass = str(row["model_region"]), str(row["model_use"]), str(row["good"]), number(row["value"])
        if use == "nonmagnet":
            found.read(("nonmagnet", good, "nonmagnet", at, at), [row])
        elif good == "mag_SmCo":
            found.read(("use", good, use, at, at), [row])
        else:
            for share in shares[str(row["end_use"])]:
                part = number(share["value"])
                sigma = math.hypot(part * sigma_of(row), mass * sigma_of(share))
                trail = f"base_year:{row['id']} x base_year:{share['id']}"
                cells.setdefault((use, str(share["good"]), at), []).append((part * mass, sigma, trail))
    for (use, magnet, at), terms in cells.items():
        value, sigma = total(term[0] for term in terms), max(math.hypot(*(term[1] for term in terms)), FLOOR_T)
        _use_cell(found, ("use", magnet, use, at, at), (value, sigma), "; ".join(term[2] for term in terms))


def _use_cell(found: Priors, key: FlowKey, figure: tuple[float, float], trail: str) -> None:
    value, sigma = figure
    if key[1] != "mag_none":
        half = sigma * HALF_WIDTHS / 2
        found.flows[key] = Prior(value, sigma, True, max(value - half, 0.0), value + half, trail)
        return
    made = [found.at("magnet", magnet, "", "CN", "CN") for magnet in ("mag_none", "mag_Ce")]
    share = made[1] / total(made)
    rare: FlowKey = (key[0], "mag_Ce", *key[2:])
    note = "read for mag_none and mag_Ce together; divided as their output in CN"
    found.pull(key, value * (1 - share), note=note)
    found.pull(rare, value * share, note=note)
    name = f"mag_none and mag_Ce used in {key[3]} for {key[2]}"
    found.sums.append(SumRead(name, {key: 1.0, rare: 1.0}, value, sigma, trail))


def _magnet_trade(found: Priors, parts: Mapping[str, list[Row]], trade: Table) -> None:
    for magnet in MAGNETS:
        for start, end in MAGNET_WAYS:
            if magnet == "mag_Ce" and start != "CN":
                continue
            used = total(found.at("use", magnet, use, end, end) for use in USES)
            lacking = used - found.at("magnet", magnet, "", end, end) if start == "CN" else 0.0
            made = found.at("magnet", magnet, "", start, start)
            if start == "CN" or made > 0.0:
                spread = None if lacking > 0.0 else 0.1 * made
                found.pull(("magnet_trade", magnet, "", start, end), lacking, sigma_t=spread)
    whole = parts["magnet_trade"][0]
    sent_t = number(whole["value"])
    sent = [key for key in found.flows if key[0] == "magnet_trade" and key[3] == "CN"]
    trail = f"base_year:{whole['id']}"
    found.sums.append(SumRead("magnets sent from CN", dict.fromkeys(sent, 1.0), sent_t, sigma_of(whole), trail))
    for ends, rows in _destinations(trade).items():
        value = sent_t * total(number(row["value"]) for row in rows)
        terms = {key: 1.0 for key in sent if key[4] in ends}
        trail = "; ".join(f"trade:{row['id']}" for row in rows)
        name = "magnets sent from CN to " + " and ".join(ends)
        found.sums.append(SumRead(name, terms, value, max(0.5 * value / HALF_WIDTHS, FLOOR_T), trail))


def _destinations(trade: Table) -> dict[tuple[str, ...], list[Row]]:
    # "Rest of world" is the remainder after named partners, so it includes South-East Asia without Vietnam.
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in trade.rows:
        shown = row["in_use"] and row["flow"] == "export" and row["unit"] == "fraction" and row["year"] == 2024
        end = str(row["partner_region"])
        if shown and row["reporter_region"] == "CN" and row["model_good"] == "mag_NdFeB" and end in USERS:
            found.setdefault(("SEA", "ROW") if end in ("SEA", "ROW") else (end,), []).append(row)
    return found


def _metals(found: Priors, parts: Mapping[str, list[Row]], recipes: Recipes) -> None:
    for row in parts["metal"]:
        at = str(row["model_region"])
        found.read(("metal", str(row["good"]), "", at, at), [row])
    for metal in METALS:
        needs = {at: _metal_need(found, recipes, metal, at) for at in USERS}
        for at in METAL_MAKERS.get(metal, HEAVY_MAKERS):
            abroad = total(need for end, need in needs.items() if end not in ("CN", "JP"))
            guess = needs["CN"] + abroad + needs["JP"] / 2 if at == "CN" else needs[at] / 2
            if ("metal", metal, "", at, at) not in found.flows:
                found.pull(("metal", metal, "", at, at), guess, note="made in China and, for half its need, in Japan")
        for start, end in METAL_WAYS:
            if start == "SEA" and metal != "met_NdPr":
                continue
            lacking = needs[end] - found.at("metal", metal, "", end, end) if start == "CN" else 0.0
            if needs[end] > 0.0:
                found.pull(("metal_trade", metal, "", start, end), lacking, sigma_t=needs[end])


def _metal_need(found: Priors, recipes: Recipes, metal: str, at: str) -> float:
    return total(found.at("magnet", mag, "", at, at) * recipes.metal_for_magnet(mag, metal, at) for mag in MAGNETS)


def _oxide_trade(found: Priors, parts: Mapping[str, list[Row]], recipes: Recipes) -> None:
    for row in parts["oxide_trade"]:
        found.read(("oxide_trade", str(row["good"]), "", str(row["model_region"]), str(row["to_region"])), [row])
    for oxide in OXIDES:
        for start, end in OXIDE_WAYS:
            key = ("oxide_trade", oxide, "", start, end)
            if key in found.flows or (start != "CN" and oxide != "ox_NdPr"):
                continue
            lacking = _oxide_need(found, recipes, oxide, end) - found.at("oxide", oxide, "", end, end)
            found.pull(key, lacking if start == "CN" else 0.0, sigma_t=max(abs(lacking), 10.0))


def _oxide_need(found: Priors, recipes: Recipes, oxide: str, at: str) -> float:
    made = [metal for metal, source in METALS.items() if source == oxide]
    fed = total(found.at("metal", metal, "", at, at) * recipes.oxide_for_metal(metal, at) for metal in made)
    return fed + found.at("nonmagnet", oxide, "nonmagnet", at, at)


def _outlets(found: Priors, tables: Mapping[str, Table], recipes: Recipes) -> None:
    """Adds the flows that close a balance: by-products not used, swarf not recycled, unregistered supply."""
    reported = {str(row["good"]): row for row in tables["base_year_residuals"].rows if row["kind"] == "error"}
    for oxide in OXIDES:
        for at in USERS:
            out = found.at("oxide", oxide, "", at, at)
            if out <= 0.0:
                continue
            spare = out + found.at("recycled", oxide, "", at, at) - _oxide_need(found, recipes, oxide, at)
            scarce = oxide in SCARCE
            sigma = 0.1 * out if scarce else max(abs(spare), 0.1 * out)
            found.pull(("surplus", oxide, "", at, at), 0.0 if scarce else spare, sigma_t=sigma, note="put aside unsold")
    for oxide in SCARCE:
        known = found.at("oxide", oxide, "", "CN", "CN") + found.at("recycled", oxide, "", "CN", "CN")
        gap = abs(number(reported[oxide]["reported_output"]) - known)
        trail = f"{reported[oxide]['reported_from']}, less separated and recycled"
        note = "supply that no table registers; drawn to zero with the gap to reported output as its error"
        found.flows["unregistered", oxide, "", "CN", "CN"] = Prior(0.0, gap, derived_from=trail, note=note)
        found.pull(("swarf_aside", oxide, "", "CN", "CN"), 0.0, sigma_t=known, note="recoverable from swarf, not taken")
