"""Listed names by their first letters, and listed names that are the first letters of another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from coercivity.intake.parties.affixes.forms import form_of
from coercivity.intake.parties.likeness.lexicon import lexicon
from coercivity.intake.parties.likeness.parts import Parts
from coercivity.intake.parties.likeness.reasons import Likeness

_SIZES = range(3, 9)
_LEAST_BACK = 4  # letters of a listed name that may be the first letters of a written one
_LEAST_ANY_CASE = 3  # letters up to which only capitals are first letters
_LEAST_LED, _MOST_LED = 2, 4  # first words of a longer name that are written as their first letters
_MOST = 4  # listed names that one set of letters may mean
_SMALL_WORDS = "and of for the de des du la le di del della der die das und et y e in"
_SMALL = frozenset(_SMALL_WORDS.split())
_PERSON = re.compile(r"[^\s,]+, [^,]+\Z")  # as lists put the surname first
_HUMP = re.compile(r"[a-z][A-Z]")
_HUMPS = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]*|[a-z]+|\d+")


class InitialIndex:
    """Names by their first letters."""

    def __init__(self, names: Iterable[tuple[int, str, Parts]]) -> None:
        """Takes the listed names in words, each with its place, text and parts."""
        self._by_letters: dict[str, list[int]] = {}
        self._short: dict[str, list[int]] = {}
        self._texts: dict[int, str] = {}
        self._led: dict[str, list[int]] = {}
        for at, text, parts in names:
            for letters in () if _is_person(text, parts) else _initials(text, parts):
                self._by_letters.setdefault(letters, []).append(at)
                self._texts[at] = text
            if len(parts.words) > _LEAST_LED and not _PERSON.match(text):
                for size in range(_LEAST_LED, min(len(parts.words), _MOST_LED + 1)):
                    led = "".join([word[0] for word in parts.words[:size]]) + "".join(parts.words[size:])
                    self._led.setdefault(led, []).append(at)
            if len(parts.words) == 1 and len(parts.joined) in _SIZES and parts.joined not in lexicon().common:
                self._short.setdefault(parts.joined, []).append(at)

    def _form(self, at: int) -> str:
        return form_of(self._texts[at])

    def like(self, text: str, written: Parts) -> Iterator[Likeness]:
        """Yields names whose first letters a written one is, and names that are its first letters.

        Args:
            text: The name as written; three letters count only as capitals.
            written: Its parts.
        """
        if len(written.words) == 1:
            word = written.joined
            capitals = len(word) > _LEAST_ANY_CASE or not any(map(str.islower, text[:3]))
            if len(word) in _SIZES and word not in lexicon().common and capitals:
                found = self._by_letters.get(word, ())
                form = written.form
                if len(found) <= _MOST:
                    for at in found:
                        if not form or not self._form(at) or form[0] == self._form(at)[0]:
                            yield Likeness(at, 500, ("initials",))
            return
        if written.words and _LEAST_LED <= len(written.words[0]) <= _MOST_LED:
            found = self._led.get(written.joined, ())
            for at in found if len(found) <= _MOST else ():
                yield Likeness(at, 500, ("initials",))
        if len(written.words) >= _LEAST_BACK - 1:
            for letters in _initials(text, written):
                if len(letters) >= _LEAST_BACK:
                    for at in self._short.get(letters, ()):
                        yield Likeness(at, 490, ("initials",))


def _is_person(text: str, parts: Parts) -> bool:
    """Returns whether a name is that of a person as lists write it: a comma behind the surname, and no company form."""
    if "," not in text or not _PERSON.match(text):
        return False
    whole = len(parts.wholes) > 1 and parts.wholes[0] == parts.wholes[1]  # then nothing was removed from it
    return whole or not form_of(text)


def _initials(text: str, parts: Parts) -> Iterator[str]:
    """Yields the first letters of a name: of all words, of the telling ones, with the form, and of joined words."""
    if not 2 <= len(parts.words) <= 2 * _SIZES.stop:
        return
    words = parts.words
    told = words if _SMALL.isdisjoint(words) else [word for word in words if word not in _SMALL]
    if not any(len(way) + 1 in _SIZES or len(way) in _SIZES for way in (words, told)):
        return
    ways = {"".join([word[0] for word in words])}
    if told is not words:
        ways.add("".join([word[0] for word in told]))
    form = parts.form
    if form and form.isalpha():
        ways |= {way + form[0] for way in ways}
    if _HUMP.search(text):
        humps = [hump.lower() for hump in islice(_HUMPS.findall(text), 2 * _SIZES.stop)]
        count = sum(1 for hump in humps if hump not in _SMALL)
        if count > len(told):
            ways.add("".join(hump[0] for hump in humps if hump not in _SMALL))
    yield from sorted(way for way in ways if len(way) in _SIZES)
