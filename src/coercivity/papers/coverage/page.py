"""The coverage of the rulebook as the page docs/coverage.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from coercivity.base.errors import CoercivityError
from coercivity.base.words import say
from coercivity.intake.parties.lists.state import lists
from coercivity.law.consequences.penalties import load_penalties
from coercivity.law.explain.held import HOW_READ, QUESTIONS, Held, Question, by_value, held_on
from coercivity.law.rules.model import Provision
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.shown import list_name, short_name
from coercivity.papers.shared.names import clause_place
from coercivity.papers.shared.terminal import label
from coercivity.papers.shared.words import paper_words

_HEAD = paper_words("coverage_page", "head")
_TITLES, _ABOUT = paper_words("coverage_page", "titles"), paper_words("coverage_page", "about")
_WORDS = paper_words("coverage_page", "words")
_TRUST = ("low", "medium", "high")
_NOTES = "NOTES.md"
_GAPS = ("Not included.", "Where the condition trees are known to be lenient or strict.")


def page_lines(book: Rulebook) -> Iterator[str]:
    """Yields the page line by line.

    Args:
        book: The rulebook.

    Raises:
        CoercivityError: If the notes of the rulebook do not say what is not included.
    """
    yield f"# {_w('title')}"
    for part in _HEAD.values():
        yield from ("", say(part, "en"))
    yield from ("", f"## {_w('instruments')}", "")
    yield from _instruments(book)
    for question in QUESTIONS:
        yield from _question(book, question)
    yield from ("", f"## {_w('not_included')}")
    for paragraph in _gaps(book):
        yield from ("", paragraph)


def _w(word: str, *values: object) -> str:
    return say(_WORDS[word], "en").format(*values)


def _table(*head: str) -> Iterator[str]:
    yield f"| {' | '.join(_w(word) for word in head)} |"
    yield f"| {' | '.join('---' for _ in head)} |"


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |"


def _instruments(book: Rulebook) -> Iterator[str]:
    yield from _table("instrument", "effective", "verified", "confidence", "with_effect", "undetermined", "not_read")
    for _, instrument in sorted(book.instruments.items()):
        clauses = [provision for provision in instrument.provisions if provision.has_effect]
        unknown = sum(provision.effect == "unknown" for provision in clauses)
        unread = Counter(p.basis for p in instrument.provisions if p.basis != "read")
        starts = [str(day) for p in clauses if (day := p.effective_from) is not None]
        first = min(starts, default=str(instrument.effective or ""))
        yield _row(
            f"{short_name(instrument, 'en')} <br>`{instrument.id}`",
            first,
            instrument.verified_through,
            instrument.confidence,
            len(clauses),
            unknown or "",
            ", ".join(f"{count} {basis}" for basis, count in sorted(unread.items())),
        )


def _question(book: Rulebook, question: Question) -> Iterator[str]:
    found = held_on(book, question)
    clauses = sum(len(held.provisions) for held in found)
    ways = ", ".join(f"{n} {basis}" for basis in HOW_READ if (n := sum(held.count(basis) for held in found)))
    opened = [(held, provision) for held in found for provision in held.open]
    yield from ("", f"## {say(_TITLES[question.id], 'en')}", "", say(_ABOUT[question.id], "en"), "")
    yield _w("counted", clauses, len(found), ways, len(opened))
    yield ""
    yield from _held(found)
    if question.by:
        yield from _by_value(book, question)
    yield from _EXTRA[question.id](book) if question.id in _EXTRA else ()
    if opened:
        yield from ("", f"### {_w('open_head', say(_TITLES[question.id], 'en'))}", "")
    for held, provision in opened:
        yield _open(held, provision)


def _open(held: Held, provision: Provision) -> str:
    """A clause of undetermined effect as an entry of a list, with the most it could require."""
    place, most = clause_place(provision, "en"), label("effects", provision.ceiling or "", "en")
    told = (
        _w("at_most", provision.subject, most)
        if place == provision.subject
        else _w("at_most_of", place, provision.subject, most)
    )
    return f"- {short_name(held.instrument, 'en')}, {told} `{provision.id}`"


def _held(found: Sequence[Held]) -> Iterator[str]:
    yield from _table("instrument", "clauses", *HOW_READ, "lowest", "verified")
    for held in found:
        lowest = min((provision.confidence for provision in held.provisions), key=_TRUST.index)
        counts = [held.count(basis) or "" for basis in HOW_READ]
        name, checked = short_name(held.instrument, "en"), held.instrument.verified_through
        yield _row(name, len(held.provisions), *counts, lowest, checked)


def _by_value(book: Rulebook, question: Question) -> Iterator[str]:
    values = book.catalogue[question.by].values
    yield from ("", f"### {_w('by_' + question.by)}", "")
    yield from _table("value", "clauses_from")
    for value, provisions in by_value(book, question):
        yield _row(f"{values[value].en} `{value}`", "; ".join(map(_clause, provisions)) or _w("none"))


def _clause(provision: Provision) -> str:
    started = str(provision.effective_from or "")
    marks: list[str] = [provision.basis] if provision.basis != "read" else []
    marks += [_w("undetermined")] if provision.effect == "unknown" else []
    return " ".join(
        [f"`{provision.id}`", *([started] if started else []), *([f"({', '.join(marks)})"] if marks else [])]
    )


def _lists(book: Rulebook) -> Iterator[str]:
    yield from ("", f"### {_w('lists_head')}", "")
    yield from _table("list", "parties", "completeness", "reason")
    for state in lists(book):
        reason = say(dict(state.reason), "en")
        yield _row(list_name(None, state.list).en, state.parties, _w(f"list_{state.completeness}"), reason)


def _penalties(book: Rulebook) -> Iterator[str]:
    table = load_penalties(book)
    counts = Counter[str](penalty.confidence for penalty in table.penalties)
    told = ", ".join(f"{counts[word]} {word}" for word in reversed(_TRUST) if counts[word])
    yield from ("", _w("penalty_table", len(table.penalties), told, table.verified_through))
    yield from ("", table.unverified)


_EXTRA = {"lists": _lists, "penalties": _penalties}


def _gaps(book: Rulebook) -> Iterator[str]:
    notes = (book.folder / _NOTES).read_text(encoding="utf-8")
    paragraphs = [re.sub(r"\s+", " ", part).strip() for part in notes.split("\n\n")]
    for head in _GAPS:
        found = next((part for part in paragraphs if part.startswith(f"**{head}**")), None)
        if found is None:
            what = f"the notes have no paragraph that begins with {head!r}"
            raise CoercivityError.of("PACK-FORM", what, where=_NOTES, next=f"add a paragraph **{head}**")
        yield found.removeprefix(f"**{head}**").strip() if head == _GAPS[0] else found
