"""Words of the lexicon in a text: the longest term at each place, inflected, compounded, or within one typing error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from coercivity.intake.words.lexicon.entries import Entry, Role
from coercivity.intake.words.lexicon.folded import Folded, Token, tokens_of
from coercivity.intake.words.lexicon.terms import ENDINGS, GAPS, SIGNS, Lexicon

_LEAST_STEM, _LEAST_TYPO, _LEAST_COMPOUND = 4, 5, 8
_LONGEST_WORD = 120  # a longer run of letters is no word: it is not split or corrected, which would take its square
_LINKS = ("", "s", "es", "n", "en", "e", "er")
_MOST_TOKENS, _WIDEST_GAP, _LONGEST_ENDING = 24, 2, 3
_FARTHEST = 140  # characters between the two parts of a term
_SHORT = 3  # an abbreviation of up to three capitals is read only in capitals


@dataclass(frozen=True, slots=True)
class Mark:
    """A term at a place of a text.

    Attributes:
        start: Begin in the folded text.
        end: End in the folded text.
        entries: What it may mean, in order of precedence.
        note: How it was found, if not as written in the lexicon.
    """

    start: int
    end: int
    entries: tuple[Entry, ...]
    note: str = ""

    def of(self, *roles: Role) -> Entry | None:
        """Returns the entry with one of these roles, or None."""
        return next((entry for entry in self.entries if entry.role in roles), None)

    @property
    def role(self) -> Role:
        """The role of its first meaning."""
        return self.entries[0].role


@dataclass(frozen=True, slots=True)
class Marks:
    """The terms of a text, and the tokens that are in none.

    Attributes:
        folded: The text; words with a typing error are corrected in it.
        found: The terms, in order.
        rest: Tokens in no term.
        notes: Typing errors and compounds.
    """

    folded: Folded
    found: tuple[Mark, ...]
    rest: tuple[Token, ...]
    notes: tuple[str, ...] = ()


def marks_of(lexicon: Lexicon, text: Folded) -> Marks:
    """Returns the terms of a text: longest first, from left to right."""
    corrected, notes = _corrected(lexicon, text)
    found: list[Mark] = []
    rest: list[Token] = []
    past = 0
    chinese = _chinese(lexicon, corrected)
    for at, token in enumerate(corrected.tokens):
        if token.start < past:
            continue
        mark = chinese.get(at) if token.script == "cjk" else _at(lexicon, corrected, at)
        if mark is None and token.script == "latin":
            parts = _compound(lexicon, token)
            if parts:
                found += parts
                past = token.end
                continue
        if mark is None:
            rest.append(token)
        else:
            found.append(mark)
            past = mark.end
    split = _split_terms(lexicon, corrected)
    found = [m for m in found if not any(o.start < m.end and m.start < o.end for o in split)]
    found = sorted([*found, *split], key=lambda mark: mark.start)
    rest = [token for token in rest if not any(m.start <= token.start < m.end for m in split)]
    return Marks(corrected, tuple(found), tuple(rest), notes)


def _split_terms(lexicon: Lexicon, text: Folded) -> list[Mark]:
    """Returns the last part of each term with other words in between: nehmen die Linie in Betrieb."""
    made = []
    for first, second, entry in lexicon.split:
        begin = text.flat.find(first)
        if begin < 0 or (begin and text.flat[begin - 1].isalnum()):
            continue
        end = text.flat.find(second, begin + len(first), begin + _FARTHEST)
        between = text.flat[begin + len(first) : end]
        whole = end > 0 and not text.flat[end - 1].isalnum() and not text.flat[end + len(second) :][:1].isalnum()
        if whole and between[:1] in GAPS and not any(sign in ".!?\n" for sign in between):
            made.append(Mark(end, end + len(second), (entry,)))
    return made


def _at(lexicon: Lexicon, text: Folded, at: int) -> Mark | None:
    """Returns the longest term that begins with a token."""
    return next(_ats(lexicon, text, at), None)


def _ats(lexicon: Lexicon, text: Folded, at: int) -> Iterator[Mark]:
    """Yields the terms that begin with a token, the longest first."""
    tokens, flat = text.tokens, text.flat
    first = tokens[at]
    key, ends = "", []
    for place in range(at, min(at + _MOST_TOKENS, len(tokens))):
        token = tokens[place]
        if place > at and not _close(flat[tokens[place - 1].end : token.start]):
            break
        key += token.key
        if len(key) > lexicon.longest.get(key[:2], 0) + _LONGEST_ENDING and len(key) > 1:
            break
        ends.append((key, token))
    for whole, token in reversed(ends):
        held = lexicon.by_key.get(whole) or _inflected(lexicon, whole, token)
        if held and (entries := _meant(text, first.start, token.end, held)):
            yield Mark(first.start, token.end, entries)


def _chinese(lexicon: Lexicon, text: Folded) -> dict[int, Mark]:
    """Returns the terms that cover most of each run of Chinese characters, with the number of their first token.

    Of two ways that leave the same number of characters over, the one with fewer terms counts, then the one whose
    last term is longer: the head of a Chinese phrase comes last.
    """
    found: dict[int, Mark] = {}
    tokens = text.tokens
    stop = len(tokens)
    while stop:
        start = stop
        while start and tokens[start - 1].script == "cjk":
            start -= 1
        if start < stop:
            found |= _covering(lexicon, text, start, stop)
        stop = start - 1 if start else 0
    return found


def _covering(lexicon: Lexicon, text: Folded, start: int, stop: int) -> dict[int, Mark]:
    tokens = text.tokens
    number = {token.start: at for at, token in enumerate(tokens[start : stop + _MOST_TOKENS], start)}
    best: dict[int, tuple[int, int, Mark | None]] = {stop: (0, 0, None)}
    for at in range(stop - 1, start - 1, -1):
        over, terms, _ = best[at + 1]
        chosen: tuple[int, int, Mark | None] = (over + 1, terms, None)
        for mark in reversed([*_ats(lexicon, text, at)]):
            after = next((number[t.start] for t in tokens[at + 1 : stop] if t.start >= mark.end), stop)
            over, terms, _ = best[after]
            if (over, terms + 1) <= chosen[:2]:
                chosen = (over, terms + 1, mark)
        best[at] = chosen
    return {at: mark for at, mark in _walked(best, tokens, start, stop) if mark is not None}


def _walked(
    best: dict[int, tuple[int, int, Mark | None]], tokens: Sequence[Token], start: int, stop: int
) -> Iterator[tuple[int, Mark | None]]:
    at = start
    while at < stop:
        mark = best[at][2]
        yield at, mark
        at += 1
        while mark is not None and at < stop and tokens[at].start < mark.end:
            at += 1


def _close(between: str) -> bool:
    """Returns whether two tokens may belong to one term: nothing, one blank or hyphen, or a full stop and a blank."""
    return not between or (
        len(between) <= _WIDEST_GAP and "\n" not in between and all(sign in GAPS or sign in SIGNS for sign in between)
    )


def _inflected(lexicon: Lexicon, key: str, last: Token) -> tuple[tuple[str, Entry], ...] | None:
    """Returns the term of which the key is the plural or an inflected form."""
    if last.script != "latin" or not key[-1].isalpha():
        return None
    if len(key) == _SHORT + 1 and key[-1] == "s":
        return lexicon.by_key.get(key[:-1])
    for ending in ENDINGS:
        stem = key.removesuffix(ending)
        if stem != key and len(stem) >= _LEAST_STEM and stem[-1].isalpha() and len(last.key) > len(ending):
            held = lexicon.by_key.get(stem)
            if held:
                return held
    return None


def _meant(text: Folded, start: int, end: int, held: Sequence[tuple[str, Entry]]) -> tuple[Entry, ...]:
    """Returns the entries that fit as written: short abbreviations and element symbols keep their case."""
    kept = []
    for term, entry in held:
        raw = text.raw(start, end)
        short = term.isascii() and len([sign for sign in term if sign.isalpha()]) <= _SHORT and term != term.lower()
        if short and entry.role != "element":
            if not (raw.startswith(term) or raw == term.upper()):
                continue
        elif entry.role == "element" and len(term) <= 2 and raw != term:
            continue
        if ("/" in term and "/" not in raw) or any(sign in SIGNS and sign not in term for sign in raw):
            continue
        kept.append(entry)
    kept.sort(key=lambda entry: entry.role != "element")  # In and As as written are first of all symbols
    return tuple(kept)


def _compound(lexicon: Lexicon, token: Token) -> list[Mark]:
    """Returns the parts of a German compound if known terms cover it, or nothing."""
    word = token.key
    if not _LEAST_COMPOUND <= len(word) <= _LONGEST_WORD or not (word.isascii() and word.isalpha()):
        return []
    ends = _split(lexicon, word)
    return [Mark(token.start + start, token.start + end, entries, "compound") for start, end, entries in ends]


def _split(lexicon: Lexicon, word: str) -> list[tuple[int, int, tuple[Entry, ...]]]:
    size = len(word)
    best: list[list[tuple[int, int, tuple[Entry, ...]]] | None] = [None] * (size + 1)
    best[size] = []
    for start in range(size - 1, -1, -1):
        for end in range(size, start + 3, -1):
            entries = lexicon.solid.get(word[start:end])
            if entries is None:
                continue
            for link in (*_LINKS, *ENDINGS):
                then = end + len(link)
                if then > size or word[end:then] != link or (then < size and link not in _LINKS):
                    continue
                rest = best[then]
                if rest is not None:
                    made = [(start, then, entries), *rest]
                    held = best[start]
                    if held is None or len(made) < len(held):
                        best[start] = made
    return best[0] or []


def _corrected(lexicon: Lexicon, text: Folded) -> tuple[Folded, tuple[str, ...]]:
    """Returns the text with each word replaced that is one typing error away from exactly one word of the lexicon."""
    flat: list[str] = []
    at: list[int] = []
    notes: list[str] = []
    past = 0
    for token in text.tokens:
        meant = _typo(lexicon, token)
        if meant is None:
            continue
        flat += [text.flat[past : token.start], meant]
        at += [*text.at[past : token.start]]
        first, last = text.at[token.start], text.at[token.end - 1]
        at += [*(min(first + step, last) for step in range(len(meant) - 1)), last]
        notes.append(f"{text.raw(token.start, token.end)!r} read as {meant!r}")
        past = token.end
    if not notes:
        return text, ()
    flat.append(text.flat[past:])
    at += text.at[past:]
    whole = "".join(flat)
    return replace(text, flat=whole, at=tuple(at), tokens=tuple(tokens_of(whole))), tuple(notes)


def _typo(lexicon: Lexicon, token: Token) -> str | None:
    word = token.key
    if (
        token.script != "latin"
        or not _LEAST_TYPO <= len(word) <= _LONGEST_WORD
        or not (word.isascii() and word.isalpha())
    ):
        return None
    return _near(lexicon, word)


def _near(lexicon: Lexicon, word: str) -> str | None:
    memory = _memory(id(lexicon))
    if word in memory:
        return memory[word]
    if len(memory) > 50_000:
        memory.clear()
    memory[word] = found = _nearest(lexicon, word)
    return found


@lru_cache(maxsize=8)
def _memory(_: int) -> dict[str, str | None]:
    return {}


def _nearest(lexicon: Lexicon, word: str) -> str | None:
    if word in lexicon.words or any(word.removesuffix(end) in lexicon.words for end in ENDINGS if word.endswith(end)):
        return None
    if _split(lexicon, word) or _ends_in_thing(lexicon, word):
        return None
    near = process.extract(word, lexicon.by_word, scorer=OSA.distance, score_cutoff=1, limit=3)
    alike = [name for name, _, _ in near if name[0] == word[0] or name[1:3] == word[1:3]]
    return alike[0] if len(alike) == 1 else None


def _ends_in_thing(lexicon: Lexicon, word: str) -> bool:
    """Returns whether a German compound ends in a thing of the lexicon: its first part is unknown, not mistyped."""
    tails = (lexicon.solid.get(word[at:], ()) for at in range(4, len(word) - 4))
    return any(entry.role == "item" for entries in tails for entry in entries)
