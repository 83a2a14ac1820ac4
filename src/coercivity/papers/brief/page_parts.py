"""Parts of a report page made from the report data: links, conditions, and groups of equal entries."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TypedDict
from urllib.parse import urlsplit

from coercivity.base.words import Lang, say
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.brief.report_data import BriefReport, ClauseData, StateData, TransactionData
from coercivity.papers.shared.facts import value_text
from coercivity.papers.shared.money import money
from coercivity.papers.shared.report_data import PaperData, Proof, SampleData, TrackData
from coercivity.papers.shared.words import paper_words

_OPERATORS = paper_words("brief_page", "operators")
_VALUES = paper_words("brief_page", "values")
_SPEAKERS = paper_words("brief_page", "speakers")
_WORDS = paper_words("brief_page", "words")
_OPPOSITE = {"yes": "no", "no": "yes", "unknown": "unknown"}
_QUANTITIES = paper_words("shared_parts", "quantities")
_EACH = paper_words("shared_parts", "each")
_GROUPS = paper_words("shared_parts", "groups")


def link(address: str) -> str:
    """Returns an address for a link, or an empty text where it is not the address of a page."""
    return address if urlsplit(address).scheme in ("http", "https") else ""


def host(address: str) -> str:
    """Returns the host of an address, without www."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def speaker_text(said_by: str, lang: Lang = "en") -> tuple[str, str]:
    """Returns where a fact comes from, and the person who declared it, as the file names them."""
    word, _, name = said_by.partition(": ")
    return (say(_SPEAKERS[word], lang), name) if word in _SPEAKERS else ("", said_by)


def unit_text(unit: str, lang: Lang = "en") -> str:
    """Returns a unit of quantity; units written by the user are unchanged."""
    return say(_QUANTITIES.get(unit, {"en": unit}), lang)


def deal_value(about: Mapping[str, object], lang: Lang = "en") -> str:
    """Returns quantity times unit price of a transaction, or blank text where the case does not give all of it."""
    try:
        value = float(str(about["quantity"])) * float(str(about["price"]))
    except (KeyError, ValueError):
        return ""
    currency = str(about.get("currency", ""))
    return money(value, currency, lang) if currency and "unit" in about and math.isfinite(value) else ""


def unit_each(unit: str, lang: Lang = "en") -> str:
    """Returns the unit of a price: one of what a quantity counts."""
    return say(_EACH[unit], lang) if unit in _EACH else unit_text(unit, lang)


def group_text(group: str, lang: Lang = "en") -> str:
    """Returns the name of a group of transactions; names other than the usual ones are unchanged."""
    return say(_GROUPS.get(group, {"en": group}), lang)


def sample_text(sample: SampleData, lang: Lang = "en") -> str:
    """Returns how many reports and figures a reported time is based on, and from when to when."""
    first, last = sample["from"], sample["to"]
    span = first if first == last else say(_WORDS["span"], lang).format(first, last)
    word = "reports" if sample["reports"] != 1 else "report_one" if sample["figures"] != 1 else "report_one_figure"
    return say(_WORDS[word], lang).format(sample["reports"], sample["figures"], span)


def conditions(book: Rulebook, proof: Proof, step: Proof, lang: Lang = "en") -> Iterator[dict[str, str]]:
    """Yields the conditions of a step of a proof in their order, each once: fact, test, value, truth."""
    values = {entry["fact"]: value_text(book, entry["fact"], entry["value"], lang) for entry in proof["facts"]}
    seen = set()
    for key in ("item", "when"):
        if key in step:
            for test in _tests(book, step[key], lang, negated=False):
                told = (test["fact"], test["test"], test["truth"])
                if told not in seen:
                    seen.add(told)
                    yield {**test, "value": values.get(test["fact"], say(_VALUES["not_given"], lang))}


def _tests(book: Rulebook, tree: Proof, lang: Lang, *, negated: bool) -> Iterator[dict[str, str]]:
    if "use" in tree:
        yield from _tests(book, tree["of"], lang, negated=negated)
    elif "not" in tree:
        yield from _tests(book, tree["not"], lang, negated=not negated)
    elif "all_of" in tree or "any_of" in tree:
        for part in tree["all_of"] if "all_of" in tree else tree["any_of"]:
            yield from _tests(book, part, lang, negated=negated)
    else:
        op = next(word for word in _OPERATORS if word in tree)
        blank = "" if lang == "zh" else " "
        told = f"{say(_OPERATORS[op], lang)}{blank}{value_text(book, tree['fact'], tree[op], lang)}"
        test = say(_OPERATORS["not"], lang).format(told) if negated else told
        # A negated comparison is shown negated, so it shows the truth of its negation.
        yield {"fact": tree["fact"], "test": test, "truth": _OPPOSITE[tree["truth"]] if negated else tree["truth"]}


def further_papers(tracks: list[TrackData], place: int) -> list[PaperData]:
    """Returns the documents that a licence route requires in addition to those of the routes before it."""
    before = {paper["id"] for track in tracks[:place] for paper in track["papers"]}
    return [paper for paper in tracks[place]["papers"] if paper["id"] not in before]


def state_groups(body: BriefReport) -> list[list[StateData]]:
    """Returns the states, those with the same wording together."""
    groups: dict[tuple[str, ...], list[StateData]] = {}
    for state in body["states"]:
        instrument = body["instruments"][state["instrument"]]
        said = tuple(text["en"] for text in state["statements"])
        key = (
            state["status"],
            state["text"]["en"],
            instrument["verified_through"],
            instrument["verified_basis"],
            *said,
        )
        groups.setdefault(key, []).append(state)
    return list(groups.values())


class ExclusionGroup(TypedDict):
    """Exclusions of one instrument that apply to the same clauses."""

    instrument: str
    clauses: list[ClauseData]
    grounds: list[str]


def exclusions(body: BriefReport, row: TransactionData) -> list[ExclusionGroup]:
    """Returns the exclusions that could still be established, alike ones together."""
    by_exclusion: dict[str, list[str]] = {}
    for ground in row["grounds"]:
        for name in row["unless"].get(ground, ()):
            by_exclusion.setdefault(name, []).append(ground)
    groups: dict[tuple[str, ...], list[str]] = {}
    for name, grounds in by_exclusion.items():
        groups.setdefault((body["clauses"][name]["instrument"], *grounds), []).append(name)
    return [
        {
            "instrument": body["instruments"][key[0]]["name"],
            "clauses": [body["clauses"][name] for name in names],
            "grounds": [body["clauses"][name]["short"] for name in key[1:]],
        }
        for key, names in groups.items()
    ]
