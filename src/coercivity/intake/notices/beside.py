"""A notice beside a draft: the words for each value, values without words, and words that the draft has no use for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.exact import parse_exact
from coercivity.intake.notices.draft import DraftValue, draft_values, parts_of
from coercivity.intake.notices.said import COUNTRY, DAY, EFFECT, FIGURE, INSTRUMENT, SHARE, TRACK, Said, notice_said
from coercivity.intake.notices.words import ANY_VALUE
from coercivity.intake.words.lexicon.folded import folded
from coercivity.law.rules.load import aliases
from coercivity.law.rules.overlay import Overlay
from coercivity.law.rules.rulebook import Rulebook

_LEAST_LITERAL = 3


@dataclass(frozen=True, slots=True, order=True)
class NoticeSpan:
    """Words of a notice that say a value of the draft.

    Attributes:
        start: First character in the text of the notice.
        end: The character after the last one.
        clause: Id of the clause, `changes[1]`, or blank for the head of the draft.
        field: Place of the value in the clause.
        value: The value, as the draft writes it.
    """

    start: int
    end: int
    clause: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class NoticeUnused:
    """A fact that a notice states and no clause of the draft uses.

    Attributes:
        name: What it is: `day`, `instrument`, `control_code`, `effect`, or the name of a fact.
        value: The value.
        spans: Start and end of each of its words.
    """

    name: str
    value: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class BesideRead:
    """A notice beside a draft. It decides nothing.

    Attributes:
        text: The notice, as given.
        values: The values of the draft, in its order.
        spans: Words for values of the draft, in the order of the text.
        missing: Values of the draft that no words of the notice say.
        unused: What the notice states and the draft does not use.
    """

    text: str
    values: tuple[DraftValue, ...]
    spans: tuple[NoticeSpan, ...]
    missing: tuple[DraftValue, ...]
    unused: tuple[NoticeUnused, ...]


def notice_beside(book: Rulebook, overlays: Sequence[Overlay], text: str, words: Rulebook | None = None) -> BesideRead:
    """Returns a notice beside drafts of it.

    Args:
        book: The rulebook with the drafts.
        overlays: The drafts.
        text: The notice, in English or Chinese.
        words: The rulebook with the facts and the lexicon that the text is read with. Default: the same.
    """
    said = notice_said(book, text, words)
    index = _Index(book, text, said)
    values = tuple(value for overlay in overlays for value in draft_values(book, overlay))
    spans: list[NoticeSpan] = []
    missing: list[DraftValue] = []
    used: set[Said] = set()
    for value in values:
        found = index.words_for(value)
        used.update(found)
        spans += [NoticeSpan(one.start, one.end, value.clause, value.field, value.value) for one in found]
        if not found:
            missing.append(value)
    unused = _unused(book, said, used)
    return BesideRead(text, values, tuple(sorted(dict.fromkeys(spans))), tuple(missing), unused)


class _Index:
    """What a notice says, by name and value."""

    def __init__(self, book: Rulebook, text: str, said: Iterable[Said]) -> None:
        self.book, self.whole = book, folded(text)
        self.names = aliases(book.instruments)
        self.held: dict[tuple[str, str], list[Said]] = {}
        for one in said:
            self.held.setdefault((one.name, one.value), []).append(one)

    def words_for(self, value: DraftValue) -> list[Said]:
        """Returns the words that say a value of a draft."""
        if value.name == INSTRUMENT:
            return self._instrument(value.value)
        if value.name == "clause":
            return self._clause(value.value)
        if value.name == "condition":
            parts = parts_of(self.book, value.value)
            said = self._at((value.name, value.value))
            return sorted({*said, *(one for part in parts for one in self.words_for(part))})
        if value.name == "control_code":
            return self._code(value.value)
        if value.name in self.book.catalogue:
            return self._fact(value)
        if (value.name, value.value) == (EFFECT, "licence_required"):
            return self._at((EFFECT, value.value)) or self._licences()
        return self._at((value.name, value.value))

    def _licences(self) -> list[Said]:
        """Returns where a type of licence is named: where one may be applied for, one is required."""
        return sorted(one for (name, _), held in self.held.items() if name == TRACK for one in held)

    def _at(self, *keys: tuple[str, str]) -> list[Said]:
        return sorted({one for key in keys for one in self.held.get(key, ())})

    def _instrument(self, name: str) -> list[Said]:
        """Returns where an instrument is named by its number, its name or its title."""
        known = self.names.get(name, name)
        held = self.book.instruments.get(known)
        numbers = {name, known} | ({held.number} if held is not None else set())
        return self._at(*((INSTRUMENT, number) for number in numbers))

    def _clause(self, name: str) -> list[Said]:
        """Returns where a clause is named: by its control codes, or by its instrument."""
        found = self.book.provision(name)
        if found is None:
            return []
        instrument, provision = found
        codes = [one for code in provision.control_codes for one in self._code(code)]
        return codes or self._instrument(instrument.id)

    def _code(self, code: str) -> list[Said]:
        """Returns where a control code is named: itself, the group it belongs to, or a code of its group."""
        wanted = code.casefold()
        near = [
            ("control_code", held)
            for kind, held in self.held
            if kind == "control_code" and _of_group(held.casefold(), wanted)
        ]
        return self._at(*near)

    def _fact(self, value: DraftValue) -> list[Said]:
        spec = self.book.catalogue[value.name]
        if spec.type == "flag":
            return self._at((value.name, value.value), (value.name, ANY_VALUE))
        if spec.type == "country" or spec.members == "country":
            return self._at((COUNTRY, value.value))
        if spec.type == "date":
            return self._at((DAY, value.value))
        if spec.type == "share":
            return self._at((SHARE, value.value))
        if spec.type == "number":
            exact = self._at((f"{FIGURE} {value.unit}", _scaled(value.value)))
            return exact or self._at((FIGURE, value.value))
        if spec.type in ("text", "party"):
            return self._at((value.name, value.value)) or self._literal(value)
        return self._at((value.name, value.value)) or self._symbol(value)

    def _symbol(self, value: DraftValue) -> list[Said]:
        """Returns where a chemical symbol or a system of them is written: it means the same under every fact."""
        if not any(map(str.isupper, value.value)):
            return []
        found = [one for name, held in self.held if held == value.value for one in self.held[name, held]]
        for match in re.finditer(rf"(?<![A-Za-z]){re.escape(value.value)}(?![A-Za-z])", self.whole.text):
            found.append(Said(*match.span(), value.name, value.value))
        return sorted(set(found))

    def _literal(self, value: DraftValue) -> list[Said]:
        """Returns where a name is written as in the draft."""
        wanted = folded(value.value).flat
        if len(wanted) < _LEAST_LITERAL:
            return []
        found = []
        for match in re.finditer(re.escape(wanted), self.whole.flat):
            span = self.whole.span(*match.span())
            found.append(Said(span.start, span.end, value.name, value.value))
        return found


def _scaled(value: str) -> str:
    try:
        return str(parse_exact(value))
    except ValueError:
        return value


def _of_group(held: str, wanted: str) -> bool:
    return held == wanted or wanted.startswith(f"{held}.") or held.startswith(f"{wanted}.")


def _unused(book: Rulebook, said: Sequence[Said], used: set[Said]) -> tuple[NoticeUnused, ...]:
    """Returns what is told and not used; words that say a used value are not told for another one."""
    taken = [(one.start, one.end) for one in used]
    named = [(one.start, one.end) for one in said if one.name == INSTRUMENT]  # 中华人民共和国 in the name of a law
    same = {(one.name, one.value) for one in used}
    same |= {key for one in used for key in _same_instrument(book, one)}
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for one in said:
        if not one.telling or (one.name, one.value) in same or one.value == "":
            continue
        within = [*taken, *named] if one.name == COUNTRY else taken
        if any(start <= one.start and one.end <= end for start, end in within):
            continue
        found.setdefault((one.name, one.value), []).append((one.start, one.end))
    merged = _by_words(book, found)
    return tuple(NoticeUnused(name, value, tuple(spans)) for (name, value), spans in merged.items())


def _same_instrument(book: Rulebook, one: Said) -> list[tuple[str, str]]:
    if one.name != INSTRUMENT:
        return []
    held = book.instruments.get(one.value)
    return [(INSTRUMENT, held.number)] if held is not None else []


def _by_words(
    book: Rulebook, found: Mapping[tuple[str, str], list[tuple[int, int]]]
) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Returns each thing once: an instrument named and numbered by the same words, a word within a longer one."""
    kept: dict[tuple[str, str], list[tuple[int, int]]] = {}
    everything = [(key, span) for key, spans in found.items() for span in spans]
    for (name, value), spans in found.items():
        inner = [
            (start, end)
            for start, end in spans
            if not any(
                other[0] <= start and end <= other[1] and (other != (start, end) or (key[0], key[1]) < (name, value))
                for key, other in everything
                if key[0] == name and key != (name, value)
            )
        ]
        if inner:
            kept[name, value] = inner
    return kept
