"""The cost of a clause as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.papers.market.draws_text import drawn_lines, drawn_notes
from coercivity.papers.market.report_data import BranchPrice, ClausePriceData, LicencesWorth, MeanPrice
from coercivity.papers.outlook.names import party
from coercivity.papers.outlook.read import branch_text
from coercivity.papers.shared.days import month_text
from coercivity.papers.shared.money import money
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.words import paper_words

MOST = 8
_STARTS: tuple[Literal["start_without"], Literal["start_with"]] = ("start_without", "start_with")
_WORDS = paper_words("market_clause_text", "words")


def clause_lines(body: ClausePriceData, title: Text, lang: Lang = "en") -> tuple[str, ...]:
    """Returns the cost of a clause as lines.

    Args:
        body: The result as plain data.
        title: Title of the scenario.
        lang: Language of the words.
    """
    joint = "、" if lang == "zh" else ", "
    head = f"{say(_WORDS['head'], lang)}{'：' if lang == 'zh' else ': '}{say(body['name'], lang)}"
    lines = [f"{head} ({joint.join(body['provisions'][:MOST])})"]
    months = (month_text(body["from"], lang), month_text(body["to"], lang))
    lines.append(f"  {_w('span', lang).format(say(title, lang), *months)}  {body['hash'][:12]}")
    if body["general_licences"] == "without":
        lines.append(f"  {_w('single', lang)}")
    for place, branch in enumerate(body["branches"]):
        if branch["branch"]:
            lines.append(_w("scenario", lang).format(say(branch_text(branch["branch"]), lang)))
        lines += [f"  {line}" for line in _branch(branch, body, lang)]
        if body["general_licences"] == "both":
            single, worth = body["without_general_licences"][place], body["general_licences_worth"][place]
            lines += [f"  {line}" for line in _worth(branch, single, worth, body, lang)]
        lines += [f"  {line}" for line in drawn_lines(branch["branch"], body, lang)]
    if body["draws"] is not None:
        lines += drawn_notes(body["draws"], lang)
    return (*lines, _w("rests", lang).format(count=len(body["assumed"])), _w("mind", lang))


def _branch(branch: BranchPrice, body: ClausePriceData, lang: Lang) -> Iterator[str]:
    if branch["goods_held"]:
        yield _withheld(branch, body, lang)
    told = [*_masses(branch, body, lang), *_prices(branch, body, lang), *_parties(branch, body, lang)]
    yield from told
    yield _w("net_gain" if branch["whole_usd"] > 0 else "net_loss", lang).format(_million(branch["whole_usd"], lang))
    for plant in branch["plants"]:
        told.append(plant["plant_id"])
        region = say(body["names"]["regions"].get(plant["region"], {"en": plant["region"]}), lang)
        start = " -> ".join(plant[key] or _w("no_start", lang) for key in _STARTS)
        upkeep = f"{plant['upkeep_without']:g} -> {plant['upkeep_with']:g}"
        yield _w("plant", lang).format(plant["plant_id"], region, start, upkeep)
    if not told:
        yield _w("no_room" if branch["goods_held"] else "no_goods", lang)


def _worth(
    branch: BranchPrice, single: BranchPrice, worth: LicencesWorth, body: ClausePriceData, lang: Lang
) -> Iterator[str]:
    """Yields the cost of a clause with and without general licences beside each other, and what they are worth."""
    every = (branch, single, worth)
    yield _w("compared", lang)
    for word, masses in (
        ("compared_raw", [each["held_back_t"]["oxides_and_metals"] for each in every]),
        ("compared_magnets", [each["held_back_t"]["magnets"] for each in every]),
        ("compared_shortage", [total(each["without_t"].values()) for each in every]),
    ):
        shown = [*(f"{mass:,.1f}" for mass in masses[:2]), f"{masses[2]:+,.1f}"]
        yield f"  {_w(word, lang).format(' / '.join(shown))}"
    usd = " / ".join(_signed(each["whole_usd"], lang) for each in every)
    yield f"  {_w('compared_whole', lang).format(usd)}"
    yield _w("worth", lang).format(_signed(worth["whole_usd"], lang))
    yield from (f"  {line}" for line in _parties(worth, body, lang))


def _signed(usd: float, lang: Lang) -> str:
    return f"{'-' if usd < 0 else '+'}{_million(usd, lang)}"


def _withheld(branch: BranchPrice, body: ClausePriceData, lang: Lang) -> str:
    kept = branch["held_back_t"]
    raw, magnets = kept["oxides_and_metals"], kept["magnets"]
    masses = (("raw", raw), ("magnets", magnets))
    less = [(word, mass) for word, mass in masses if mass >= 0]
    more = [(word, -mass) for word, mass in masses if mass < 0]
    told = ("；" if lang == "zh" else "; ").join(
        _w(word, lang).format(("、" if lang == "zh" else ", ").join(_mass(*entry, lang) for entry in entries))
        for word, entries in (("less", less), ("more", more))
        if entries
    )
    goods = ("、" if lang == "zh" else "; ").join(_good(name, body, lang) for name in branch["goods_held"])
    return _w("covered", lang).format(told, goods)


def _mass(word: str, mass: float, lang: Lang) -> str:
    return _w("mass", lang).format(_w(word, lang), f"{mass:,.1f}")


def _million(usd: float, lang: Lang, width: int = 0) -> str:
    """Returns an amount without its sign: millions of dollars, in Chinese in units of ten thousand."""
    return money(abs(usd), "USD", lang) if lang == "zh" else f"{abs(usd) / 1e6:{width},.2f} M USD"


def _masses(branch: BranchPrice, body: ClausePriceData, lang: Lang) -> Iterator[str]:
    for tonnes_t, word in (
        (branch["shipped_t"], "shipped"),
        (branch["made_abroad_t"], "made"),
        (branch["less_t"], "used_less"),
        (branch["substituted_t"], "substituted"),
        (branch["without_t"], "shortage"),
    ):
        rows = sorted(tonnes_t.items(), key=lambda entry: (-abs(entry[1]), entry[0]))[:MOST]
        rows = [(name, mass) for name, mass in rows if abs(mass) >= 0.05]
        if rows:
            joint = "；" if lang == "zh" else "; "
            yield _w(word, lang).format(joint.join(f"{_good(name, body, lang)} {mass:+,.1f}" for name, mass in rows))


def _prices(branch: BranchPrice, body: ClausePriceData, lang: Lang) -> Iterator[str]:
    for row in branch["prices"]:
        if row["region"] == "XCN":
            home = next(r for r in branch["prices"] if r["good"] == row["good"] and r["region"] == "CN")
            if abs(row["with_usd_per_kg"] - row["without_usd_per_kg"]) > 0.005 * row["without_usd_per_kg"]:
                yield _w("price", lang).format(_good(row["good"], body, lang), _pair(home), _pair(row))


def _parties(branch: BranchPrice | LicencesWorth, body: ClausePriceData, lang: Lang) -> Iterator[str]:
    for word, sign in (("pays", -1), ("gains", 1)):
        rows = sorted(
            ((who, usd) for who, usd in branch["kept_usd"].items() if usd * sign > 5e3),
            key=lambda entry: (-sign * entry[1], entry[0]),
        )
        for who, usd in rows[:MOST]:
            yield _w(word, lang).format(_million(usd, lang, 10), party(who, body["names"], lang))


def _good(name: str, body: ClausePriceData, lang: Lang) -> str:
    """Returns the name of a product, a region or a use in a region."""
    if ":" in name:
        return party(f"use:{name}", body["names"], lang)
    found = body["names"]["goods"].get(name) or body["names"]["regions"].get(name)
    return say(found, lang) if found is not None else name


def _w(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)


def _pair(row: MeanPrice) -> str:
    return f"{row['without_usd_per_kg']:,.4g} -> {row['with_usd_per_kg']:,.4g}"
