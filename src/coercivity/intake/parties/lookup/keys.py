"""Listed names by the forms in which they are certainly the same: as written, folded, in other characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.intake.parties.likeness.parts import Parts, parts_of
from coercivity.intake.parties.names import fold, fold_as_written, folded_words, has_han, simplified, words_of

_LOOKS = str.maketrans("015i8|", "olslbl")  # signs that a reader of scanned paper mistakes, as one of them
_PAIRS = (("rn", "m"), ("cl", "d"), ("vv", "w"))


class KeyIndex:
    """Names by their own text, by `fold_as_written`, by `fold`, and by what is left once look-alike signs are one."""

    def __init__(self, names: Sequence[str]) -> None:
        """Takes the listed names, as shown."""
        self._as_written: dict[str, list[int]] = {}
        self._folded: dict[str, list[int]] = {}
        self._seen: dict[str, list[int]] = {}
        self._scanned: dict[str, list[int]] = {}
        for at, text in enumerate(names):
            self._as_written.setdefault(" ".join(text.split()), []).append(at)
            if text.isascii():
                words = words_of(text)
                folded = seen = folded_words(words)
                if words:
                    self._scanned.setdefault(scanned("".join(words)), []).append(at)
            else:
                folded, seen = fold_as_written(text), fold(text)
            if folded:
                self._folded.setdefault(folded, []).append(at)
            if seen:
                self._seen.setdefault(seen, []).append(at)

    def same(self, name: str) -> tuple[str, Sequence[int]]:
        """Returns in which form a written name is the same as listed ones, and their places; blank if in none.

        Args:
            name: The name as shown.
        """
        found = self._as_written.get(" ".join(name.split()))
        if found:
            return "same_text", found
        plain = name.isascii()
        folded = folded_words(parts_of(name).words) if plain else fold_as_written(name)
        found = self._folded.get(folded)
        if found:
            return "same_folded", found
        if plain:
            return "", ()
        found = self._seen.get(fold(name))
        if not found and has_han(name) and (other := simplified(name)) != name:
            found = self._seen.get(fold(other))
        return ("same_signs", found) if found else ("", ())

    def misread(self, parts: Parts) -> Sequence[int]:
        """Returns names that are the same once signs that look alike on paper are one.

        Args:
            parts: Parts of a written name.
        """
        return self._scanned.get(scanned(parts.joined), ()) if parts.words and not parts.signs else ()

    def seen(self) -> Iterator[str]:
        """Yields the names as `fold` gives them."""
        yield from self._seen


def scanned(letters: str) -> str:
    """Returns letters with those that a reader of scanned paper mistakes for each other replaced by one of them."""
    text = letters.translate(_LOOKS)
    for pair, letter in _PAIRS:
        if pair in text:
            text = text.replace(pair, letter)
    return text
