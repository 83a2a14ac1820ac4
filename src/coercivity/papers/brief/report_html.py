"""The page of a brief: one self-contained HTML file, printed from the report data; nothing is fetched, nothing runs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict
from urllib.parse import urlsplit

from coercivity.base.templating import page_environment
from coercivity.base.words import Lang, say
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.brief.chart import chart
from coercivity.papers.brief.report_data import BriefReport, ClauseData, StateData, TransactionData
from coercivity.papers.brief.words import KINDS, STEPS
from coercivity.papers.firm.report_html import survival_view
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.shared import TEMPLATES
from coercivity.papers.shared.parts import span_words
from coercivity.papers.shared.report_data import PaperData, Proof, TrackData
from coercivity.papers.shared.words import paper_words

WIDE, WIDE_GUTTER = 700, 44
NARROW, NARROW_GUTTER = 356, 40

OUTCOMES = paper_words("brief_report_html", "outcomes")
OPERATORS = {
    "is": "is",
    "in": "is one of",
    "contains": "contains",
    "overlaps": "holds one of",
    "at_least": "at least",
    "at_most": "at most",
    "above": "above",
    "below": "below",
}
_ROLES_SHOWN = ("act", "gap")


def page(book: Rulebook, body: BriefReport, *, supply: OutlookReport | None = None) -> str:
    """Returns the page of a brief's report data.

    Args:
        book: The rulebook, for the words shown to people.
        body: The report data.
        supply: The outlook of the case with its numbers, where the market was run.
    """
    from markupsafe import Markup

    from coercivity.papers.outlook.report_html import supply_fragment

    env = page_environment(TEMPLATES)
    env.filters.update(
        link=link, host=host, shown=value_text, span=lambda entry: span_words(entry)["en"], money=money_text
    )
    env.globals.update(
        label=lambda group, word, lang="en": say(book.words.get(group, {}).get(word, {"en": word}), lang),
        outcomes=OUTCOMES,
        kinds=KINDS,
        steps=STEPS,
        conditions=lambda proof, step: list(conditions(proof, step)),
        further=further_papers,
        exclusions=lambda row: exclusions(body, row),
        state_groups=state_groups(body),
        shown_roles=_ROLES_SHOWN,
        question_of=lambda name, lang="en": _question(book, name, lang),
        unit_of=lambda name: book.catalogue[name].unit if name in book.catalogue else "",
        not_legal_advice=book.words["phrases"]["not_legal_advice"],
    )
    pictures = [
        chart(body, key="wide", width=WIDE, gutter=WIDE_GUTTER),
        chart(body, key="narrow", width=NARROW, gutter=NARROW_GUTTER),
    ]
    return env.get_template("brief.html.j2").render(
        b=body,
        pictures=pictures,
        sv=survival_view(body["survival"]) if "survival" in body else None,
        supply=Markup(supply_fragment(supply)) if supply is not None else None,  # escaped by its own template
    )


def _question(book: Rulebook, name: str, lang: Lang) -> str:
    spec = book.catalogue.get(name)
    return say(spec.question.as_dict(), lang) if spec is not None else name


def link(address: str) -> str:
    """Returns an address for a link, or an empty text where it is no address of a page."""
    return address if urlsplit(address).scheme in ("http", "https") else ""


def host(address: str) -> str:
    """Returns the place where a page is held, without www."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def value_text(value: object) -> str:
    """Returns a fact value as it is shown."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(value_text(entry) for entry in value) or "none"
    if isinstance(value, dict):
        has, lacks = value_text(value.get("has", [])), value_text(value.get("lacks", []))
        return f"has {has}; lacks {lacks}; not complete"
    return str(value)


def money_text(text: str) -> str:
    """Returns digits in groups of three, for display only."""
    whole, point, part = text.partition(".")
    return f"{int(whole):,}{point}{part}"


def conditions(proof: Proof, step: Proof) -> Iterator[dict[str, str]]:
    """Yields the conditions of a proof step in their order, each once: fact, test, value, truth."""
    values = {entry["fact"]: value_text(entry["value"]) for entry in proof["facts"]}
    seen = set()
    for key in ("item", "when"):
        if key in step:
            for test in _tests(step[key], negated=False):
                told = (test["fact"], test["test"], test["truth"])
                if told not in seen:
                    seen.add(told)
                    yield {**test, "value": values.get(test["fact"], "not given")}


def _tests(tree: Proof, *, negated: bool) -> Iterator[dict[str, str]]:
    if "use" in tree:
        yield from _tests(tree["of"], negated=negated)
    elif "not" in tree:
        yield from _tests(tree["not"], negated=not negated)
    elif "all_of" in tree or "any_of" in tree:
        for part in tree["all_of"] if "all_of" in tree else tree["any_of"]:
            yield from _tests(part, negated=negated)
    else:
        op = next(word for word in OPERATORS if word in tree)
        yield {
            "fact": tree["fact"],
            "test": f"{'not: ' if negated else ''}{OPERATORS[op]} {value_text(tree[op])}",
            "truth": tree["truth"],
        }


def further_papers(tracks: list[TrackData], place: int) -> list[PaperData]:
    """Returns the papers that a way asks for beyond those of the ways before it."""
    before = {paper["id"] for track in tracks[:place] for paper in track["papers"]}
    return [paper for paper in tracks[place]["papers"] if paper["id"] not in before]


def state_groups(body: BriefReport) -> list[list[StateData]]:
    """Returns the states with those together that are told in the same words."""
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
    """Exclusions of one instrument that bear on the same grounds."""

    instrument: str
    clauses: list[ClauseData]
    grounds: list[str]


def exclusions(body: BriefReport, row: TransactionData) -> list[ExclusionGroup]:
    """Returns the exclusions that somebody could still establish, alike ones together."""
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
