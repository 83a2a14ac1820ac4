"""The price of a clause as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang, say
from coercivity.papers.market.report_data import BranchPrice, ClausePriceData, MeanPrice
from coercivity.papers.outlook.read import branch_text
from coercivity.papers.outlook.report_data import PartyNames
from coercivity.papers.shared.words import paper_words

MOST = 8
_PARTIES = paper_words("market_clause_text", "parties")
_WORDS = paper_words("market_clause_text", "words")


def clause_lines(body: ClausePriceData, lang: Lang = "en") -> tuple[str, ...]:
    """Returns the price of a clause as lines.

    Args:
        body: The answer as plain data.
        lang: Language of the words.
    """
    title = f"{say(_WORDS['head'], lang)}: {say(body['name'], lang)} ({', '.join(body['provisions'][:MOST])})"
    lines = [title, f"  {body['scenario']}  {body['from']} .. {body['to']}  {body['hash'][:12]}"]
    for branch in body["branches"]:
        if branch["branch"]:
            lines.append(f"{say(_WORDS['branch'], lang)}: {say(branch_text(branch['branch']), lang)}")
        lines += _branch(branch, body, lang)
    rests = say(_WORDS["rests"], lang).format(count=len(body["assumed"]))
    return (*lines, rests, say(_WORDS["mind"], lang))


def party(who: str, names: PartyNames, lang: Lang = "en") -> str:
    """Returns a party of the accounts in words.

    Args:
        who: Such as `maker:CN`, `use:EUR:wind`, `licence:JP`, `tax`.
        names: Names of regions and uses.
        lang: Language of the words.
    """
    kind, _, rest = who.partition(":")
    region, _, use = rest.partition(":")
    place = say(names["regions"].get(region, {"en": region}), lang)
    if kind == "use":
        return f"{say(names['uses'].get(use, {'en': use}), lang)}, {place}"
    known = _PARTIES.get(kind)
    return say(known, lang).format(place=place) if known is not None else who


def _branch(branch: BranchPrice, body: ClausePriceData, lang: Lang) -> Iterator[str]:
    told = False
    if branch["goods_held"]:
        held = ", ".join(branch["goods_held"])
        kept = branch["held_back_t"]
        parts = [(_WORDS["raw"], kept["oxides_and_metals"]), (_WORDS["magnets"], kept["magnets"])]
        below = f"; {say(_WORDS['more'], lang)}" if min(kept["oxides_and_metals"], kept["magnets"]) < 0 else ""
        told_kept = "; ".join(f"{say(title, lang)} {tonnes:,.1f}" for title, tonnes in parts)
        yield f"  {say(_WORDS['held'], lang)}: {told_kept}{below} ({held})"
    for tonnes_t, word in (
        (branch["shipped_t"], "shipped"),
        (branch["made_abroad_t"], "made"),
        (branch["unserved_t"], "unserved"),
    ):
        rows = sorted(tonnes_t.items(), key=lambda entry: (-abs(entry[1]), entry[0]))[:MOST]
        rows = [(name, mass) for name, mass in rows if abs(mass) >= 0.05]
        if rows:
            told = True
            yield f"  {say(_WORDS[word], lang)} [t]: " + "; ".join(f"{name} {mass:+,.1f}" for name, mass in rows)
    for row in branch["prices"]:
        if row["region"] == "XCN":
            home = next(r for r in branch["prices"] if r["good"] == row["good"] and r["region"] == "CN")
            if abs(row["with_usd_per_kg"] - row["without_usd_per_kg"]) > 0.005 * row["without_usd_per_kg"]:
                told = True
                yield f"  {row['good']:9} {say(_WORDS['price'], lang)}: {_pair(home)} / {_pair(row)} USD/kg"
    money = branch["kept_usd"]
    for word, sign in (("pays", -1), ("gains", 1)):
        rows = sorted(
            ((who, usd) for who, usd in money.items() if usd * sign > 5e3), key=lambda e: (-sign * e[1], e[0])
        )
        for who, usd in rows[:MOST]:
            told = True
            yield f"  {say(_WORDS[word], lang)} {abs(usd) / 1e6:12,.2f} M USD  {party(who, body['names'], lang)}"
    yield f"  {say(_WORDS['money'], lang)}: {branch['whole_usd'] / 1e6:+,.2f} M USD"
    for plant in branch["plants"]:
        told = True
        change = f"{plant['start_without']} -> {plant['start_with']}"
        upkeep = f"upkeep {plant['upkeep_without']:g} -> {plant['upkeep_with']:g}"
        yield f"  {say(_WORDS['plants'], lang)}: {plant['plant_id']} ({plant['region']}) {change}, {upkeep}"
    if not told:
        yield f"  {say(_WORDS['none'], lang)}"


def _pair(row: MeanPrice) -> str:
    return f"{row['without_usd_per_kg']:,.4g} -> {row['with_usd_per_kg']:,.4g}"
