"""The coverage of other jurisdictions as the page docs/coverage-abroad.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.words import say
from coercivity.data.textyaml import load_file
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.shown import short_name
from coercivity.papers.shared.terminal import label
from coercivity.papers.shared.words import paper_words

_ABROAD, _WORDS = paper_words("coverage_page", "abroad"), paper_words("coverage_page", "words")
_GRADES = paper_words("rules_text", "grades")
_HEADS = ("instrument", "effective", "verified", "source", "with_effect", "undetermined", "not_read")


@dataclass(frozen=True, slots=True)
class PartHeld:
    """The rulebook of one jurisdiction.

    Attributes:
        code: Its code.
        name: Its name, by language.
        book: The rulebook.
        scenarios: Scenarios that its clauses read, with the ids of these clauses.
    """

    code: str
    name: Mapping[str, str]
    book: Rulebook
    scenarios: Sequence[tuple[str, Sequence[str]]]


def abroad_page_lines(parts: Sequence[PartHeld]) -> Iterator[str]:
    """Yields the page line by line.

    Args:
        parts: The rulebooks, in the order of the page.
    """
    yield f"# {_w('title')}"
    yield from ("", _w("what"), "", _w("grade"), "", _w("edge"))
    for part in parts:
        yield from ("", f"## {say(part.name, 'en')} (`{part.code}`)", "")
        yield from _instruments(part.book)
        yield from _scenarios(part)
        yield from _open(part.book)
    limits = dict.fromkeys(limit for part in parts for limit in load_file(part.book.folder / "pack.yaml")["limits"])
    if limits:
        yield from ("", f"## {_w('not_included')}", "")
    yield from (f"- {limit}" for limit in limits)


def _w(word: str, *values: object) -> str:
    return say((_ABROAD if word in _ABROAD else _WORDS)[word], "en").format(*values)


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell).replace('|', '/') for cell in cells)} |"


def _table(*heads: str) -> Iterator[str]:
    yield _row(*map(_w, heads))
    yield _row(*("---" for _ in heads))


def _instruments(book: Rulebook) -> Iterator[str]:
    yield from _table(*_HEADS)
    for _, one in sorted(book.instruments.items()):
        held = [provision for provision in one.provisions if provision.has_effect]
        starts = [str(day) for provision in held if (day := provision.effective_from) is not None]
        unread = Counter(provision.basis for provision in one.provisions if provision.basis != "read")
        yield _row(
            f"{short_name(one, 'en')} <br>`{one.id}`",
            min(starts, default=str(one.effective or "")),
            one.verified_through,
            say(_GRADES[one.grade], "en") if one.grade else "",
            len(held),
            sum(provision.effect == "unknown" for provision in held) or "",
            ", ".join(f"{count} {basis}" for basis, count in sorted(unread.items())),
        )


def _scenarios(part: PartHeld) -> Iterator[str]:
    if not part.scenarios:
        return
    yield from ("", f"### {_w('scenarios', say(part.name, 'en'))}", "")
    yield from _table("scenario", "question", "values", "clauses")
    for name, clauses in part.scenarios:
        spec = part.book.catalogue[name]
        values = "; ".join(f"`{value}`: {words.en.rstrip('.')}" for value, words in spec.values.items())
        yield _row(f"`{name}`", spec.question.en, values, ", ".join(f"`{clause}`" for clause in clauses))


def _open(book: Rulebook) -> Iterator[str]:
    opened = [(one, p) for _, one in sorted(book.instruments.items()) for p in one.provisions if p.effect == "unknown"]
    for rank, (one, provision) in enumerate(opened):
        if not rank:
            yield from ("", f"### {_w('open_head', say(book.jurisdictions[book.jurisdiction].as_dict(), 'en'))}", "")
        most = label("effects", provision.ceiling or "", "en")
        yield f"- {short_name(one, 'en')}, {_w('at_most', provision.subject, most)} `{provision.id}`"
