"""Listed names by the forms in which they are certainly the same: as written, folded, in other characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.intake.parties.likeness.parts import Parts, parts_of
from coercivity.intake.parties.names import fold, fold_as_written, folded_words, has_han, simplified

_LOOKS = str.maketrans("015i8|", "olslbl")  # signs that a reader of scanned paper mistakes, as one of them
_PAIRS = (("rn", "m"), ("cl", "d"), ("vv", "w"))


class KeyIndex:
    """Names by their own text, by `fold_as_written`, by `fold`, and by what is left once look-alike signs are one."""

    def __init__(self, names: Sequence[str], parts: Sequence[Parts | None]) -> None:
        """Takes the listed names, as shown, and the parts of those in ASCII."""
        self._as_written: dict[str, list[int]] = {}
        self._folded: dict[str, list[int]] = {}
        self._seen: dict[str, list[int]] = {}
        self._scanned: dict[str, list[int]] = {}
        joined: list[tuple[int, str]] = []
        for at, (text, plain) in enumerate(zip(names, parts, strict=True)):
            written = " ".join(text.split())
            _add(self._as_written, text if written == text else written, at)  # one text, not two
            if plain is None:
                folded, seen = fold_as_written(text), fold(text)
                if seen and seen != folded:
                    _add(self._seen, seen, at)
            else:
                folded = folded_words(plain.words)
                folded = plain.joined if folded == plain.joined else folded
                joined.append((at, plain.joined))
            if folded:
                _add(self._folded, folded, at)
        read = scanned("\n".join(name for _, name in joined)).split("\n")
        for (at, name), key in zip(joined, read, strict=False):
            if key != name:
                _add(self._scanned, key, at)

    def same(self, name: str) -> Iterator[tuple[str, Sequence[int]]]:
        """Yields the forms in which a written name is the same as listed ones, the surest first, with their places.

        Args:
            name: The name as shown.
        """
        found = self._as_written.get(" ".join(name.split()))
        if found:
            yield "same_text", found
        plain = name.isascii()
        folded = folded_words(parts_of(name).words) if plain else fold_as_written(name)
        found = self._folded.get(folded)
        if found:
            yield "same_folded", found
        if plain:
            return
        if found := self._as_seen(name):
            yield "same_signs", found
        if has_han(name) and (other := simplified(name)) != name and (found := self._as_seen(other)):
            yield "same_signs", found

    def _as_seen(self, name: str) -> list[int]:
        key = fold(name)
        return [*self._folded.get(key, ()), *self._seen.get(key, ())] if key else []

    def misread(self, parts: Parts) -> Sequence[int]:
        """Returns names that are the same once signs that look alike on paper are one.

        Args:
            parts: Parts of a written name.
        """
        key = scanned(parts.joined)
        return [*self._scanned.get(key, ()), *(self._folded.get(key, ()) if key != parts.joined else ())]


def _add(found: dict[str, list[int]], key: str, at: int) -> None:
    """Adds a name to those with a key; most keys are of one name, whose list need not grow."""
    held = found.get(key)
    if held is None:
        found[key] = [at]
    else:
        held.append(at)


def scanned(letters: str) -> str:
    """Returns letters with those that a reader of scanned paper mistakes for each other replaced by one of them."""
    text = letters.translate(_LOOKS)
    for pair, letter in _PAIRS:
        if pair in text:
            text = text.replace(pair, letter)
    return text
