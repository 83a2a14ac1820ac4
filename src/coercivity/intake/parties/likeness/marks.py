"""Two names side by side, divided into what is the same in the other one and what is not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA, Indel

from coercivity.intake.parties.names import has_han, simplified
from coercivity.intake.parties.results import Span

_TOKEN = re.compile(r"[^\W_]+|[\W_]+")
_MOSTLY_SAME = 0.8  # similarity of two names from which on single letters are marked wherever they are
_ALIKE = 0.5  # similarity of two words from which on their letters are compared; below, the whole word differs
_LEAST_SHORT = 2  # letters of a word that begins another one

Spans = tuple[Span, ...]


def spans(written: str, listed: str) -> tuple[Spans, Spans]:
    """Returns both names divided where they differ; letters are compared without case, Chinese sign by sign.

    Names in letters that have little in common are compared word by word, in any order: letters that two words share by
    chance say nothing.

    Args:
        written: The written name.
        listed: The listed one.
    """
    if written == listed:
        return (Span(written, True),), (Span(listed, True),)
    plain = set(filter(has_han, written)) <= set(listed)  # so no character is written otherwise
    one, other = _comparable(written, plain), _comparable(listed, plain)
    by_sign = has_han(written) or has_han(listed) or Indel.normalized_similarity(one, other) >= _MOSTLY_SAME
    marks = _of_signs(one, other) if by_sign else _of_words(one, other)
    return _divided(written, marks[0]), _divided(listed, marks[1])


def _of_signs(one: str, other: str) -> tuple[list[bool], list[bool]]:
    """Returns for each sign of both texts whether it is the same in the other one."""
    left, right = [False] * len(one), [False] * len(other)
    for block in Indel.opcodes(one, other):
        if block.tag == "equal":
            left[block.src_start : block.src_end] = [True] * (block.src_end - block.src_start)
            right[block.dest_start : block.dest_end] = [True] * (block.dest_end - block.dest_start)
    return left, right


def _of_words(one: str, other: str) -> tuple[list[bool], list[bool]]:
    """Returns the same for names in words; separators are not marked."""
    left, right = [True] * len(one), [True] * len(other)
    ours, theirs = list(_words(one)), list(_words(other))
    paired = dict(_pairs([word for _, word in ours], [word for _, word in theirs]))
    for place, (start, word) in enumerate(ours):
        if place not in paired:
            left[start : start + len(word)] = [False] * len(word)
            continue
        begin, beside = theirs[paired[place]]
        left[start : start + len(word)], right[begin : begin + len(beside)] = _of_signs(word, beside)
    for place, (start, word) in enumerate(theirs):
        if place not in paired.values():
            right[start : start + len(word)] = [False] * len(word)
    return left, right


def _words(text: str) -> Iterator[tuple[int, str]]:
    """Yields the words of a text with their places."""
    for found in _TOKEN.finditer(text):
        if found[0][0].isalnum():
            yield found.start(), found[0]


def _pairs(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yields pairs of places of like words, each word once, the most alike first."""
    likes = [(-_likeness(a, b), n, m) for n, a in enumerate(ours) for m, b in enumerate(theirs)]
    left, right = set(range(len(ours))), set(range(len(theirs)))
    for unlike, n, m in sorted(likes):
        if -unlike >= _ALIKE and n in left and m in right:
            left.discard(n)
            right.discard(m)
            yield n, m


def _likeness(one: str, other: str) -> float:
    """Returns how alike two words are, from 0 to 1; a word that begins the other one is enough."""
    found = OSA.normalized_similarity(one, other)
    short, long = sorted((one, other), key=len)
    return max(found, _ALIKE) if len(short) >= _LEAST_SHORT and long.startswith(short) else found


def _divided(text: str, same: Iterable[bool]) -> Spans:
    """Returns a text in parts, each the same or not."""
    parts: list[Span] = []
    for sign, is_same in zip(text, same, strict=True):
        if parts and parts[-1].same == is_same:
            parts[-1] = Span(parts[-1].text + sign, is_same)
        else:
            parts.append(Span(sign, is_same))
    return tuple(parts)


def _comparable(text: str, plain: bool) -> str:
    """Returns a text in the form in which its signs are compared, sign by sign."""
    found = simplified(text) if not plain and has_han(text) else text
    found = found if len(found) == len(text) else text
    lowered = found.lower()
    return lowered if len(lowered) == len(text) else found
