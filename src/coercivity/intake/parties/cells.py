"""The names in one cell: several parties, an address after the name, the other script in brackets."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import NamedTuple
from urllib.parse import unquote

from coercivity.intake.parties.affixes.labels import LABELS, TITLE_WORDS, ZH_LABELS, untitled, without_messrs
from coercivity.intake.parties.likeness.lexicon import PLACE_NAMES, lexicon
from coercivity.intake.parties.names import count_han, has_form, has_han, is_form
from coercivity.intake.parties.placeholders import names_nobody
from coercivity.intake.parties.scripts.characters import shown

MOST_SIGNS = 600  # of one name; the longest in the built-in lists has about a hundred
MOST_NAMES = 5_000  # of one cell
MOST_TEXT = 200_000  # signs of one cell
MOST_PIECES = 24  # per line that are split at words too; a line with more is split at commas and dashes only
_MOST_PLACE_SIGNS = 4
_MOST_JOINED = 4  # neighbouring pieces that may belong to one name
_LEAST_LATIN = 8  # letters, of a name next to one in Chinese, and of one without a company form next to another
_LEAST_HAN = 3
_LEAST_HAN_PIECE = 4

_FORM = r"(?:gmbh|inc|incorporated|ltd|limited|llc|plc|corp|corporation|kg|kgaa|b\.?v|s\.p\.a|s\.r\.l)"
_WORDS = r"\b(?:and|und|et|y|for|f(?:ü|u\u0308|ue)r|pour|per)\b"
_BUSY = re.compile(r"[^\w .&'-]|[_&]|--|\s-|-\s")
# First words of what `_WORDS`, `_LABELS` and `_FORM` find, without dots: a look-up is faster than a search.
_CUTTING_WORDS = (
    "and und et y for fuer pour per care obo on ia i im dba fka aka formerly also trading via through attn "
    "notify consignee buyer agent agents final end end-user end-users end-use ship sold bill ship-to sold-to bill-to "
    "subsidiary"
)
_CUTTING = frozenset(_CUTTING_WORDS.split())
_FORM_WORDS = "gmbh inc incorporated ltd limited llc plc corp corporation kg kgaa bv spa srl"
_FORMS = frozenset(_FORM_WORDS.split())
_TAIL = re.compile(
    r"(?:,\s*(?:ltd|limited|inc|incorporated|llc|plc|corp|gmbh|s\.?a)|\s*&\s*co(?:\.|\b)\s*(?:kg|kgaa|ltd|inc|llc)?)\.?\s*\Z",
    re.IGNORECASE,
)
_INNER = re.compile(r"[(\[{<【「『〔]([^()\[\]{}<>【】「」『』〔〕]*)[)\]}>】」』〕]")
_BRACKETS = re.compile(r"[()\[\]{}<>【】「」『』〔〕]")
_BREAK = re.compile(r"<\s*/?\s*(?:br|p|div|li)\s*/?\s*>", re.IGNORECASE)
_LINE_END = re.compile(r"_x000[ad]_|%0[ad]", re.IGNORECASE)
_COLOUR = re.compile(r"\x1b\[[0-9;?]{0,30}[A-Za-z]")
_BYTES = re.compile(r"%[0-9A-Fa-f]{2}")
_CODE = re.compile(r"\\u([0-9A-Fa-f]{4})")
_LEAST_BYTES = 3  # escaped ones; `50%20` may be a number
_MOST_ESCAPED = 3  # times
_BETWEEN = re.compile(
    rf"{LABELS}|{ZH_LABELS}"
    r"|[;:/\\|\n\r\t\v\f\u2028\u2029\u0085\u2190-\u21ff\u2022\"\u201c\u201d\u201e=~]",
    re.IGNORECASE,
)
_APART = re.compile(r"[;|\n\r\v\f\u2028\u2029\u0085]")
_SOFT = re.compile(r"[,、]|\s[-\u2013\u2014]\s|[\u2013\u2014]|--+")
_LOOSE = re.compile(rf"{_SOFT.pattern}|[&+_]|\s·\s|{_WORDS}", re.IGNORECASE)
_HAN_AND = re.compile(r"(?<=[\u4e00-\u9fff]{4})(?:以及|和|与|與|及)(?=[\u4e00-\u9fff]{4}|\s*[A-Za-z])")
_BEHIND_FORM = re.compile(rf"\s{_FORM}\b\.?(?:\s*&\s*co\.?(?:\s+kg)?\b)?\.?\s+(?!of\b|&|and\b)(?=\w)", re.IGNORECASE)
_NUMBER = re.compile(r"\A\W*(?:[A-Za-z]{1,3}-?)?\d{3,}\W*(?:\s|(?=[\u4e00-\u9fff]))|\s\W*\d{3,}\W*\Z")
# The end of a Chinese address before a name: a house, floor or room number.
_ADDRESS_END = re.compile(r"\d\s*(?:号楼|号院|號|号|室|楼|樓|层|層|座|栋|棟|番地|番|丁目)\s*(?=[^\d\s])")
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])")
# A person's name with a title behind it, as in Chinese, Japanese and Korean letters.
_TITLED = re.compile(r"\s*([\u4e00-\u9fff\uac00-\ud7a3 ·]{2,8}?)\s*(?:先生|女士|小姐|博士|教授|様|さん|氏|씨|님)\s*\Z")
_IN_SIGNS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·・]+")


def unescaped(cell: str) -> str:
    r"""Returns a cell without the escapes that programs write for characters: `&nbsp;`, `_x000D_`, `%20`, `\u78c1`.

    References that were escaped twice, and colours of a terminal, are undone too.
    """
    if cell.isalnum():
        return cell
    text = _COLOUR.sub("", cell) if "\x1b" in cell else cell
    text = _LINE_END.sub("\n", text).replace("%20", " ")
    if "%" in text and len(_BYTES.findall(text)) >= _LEAST_BYTES:
        with suppress(UnicodeDecodeError):
            text = unquote(text, errors="strict")
    text = _CODE.sub(_code, text) if "\\u" in text else text
    for _ in range(_MOST_ESCAPED):
        if "&" not in text or (plain := html.unescape(text)) == text:
            break
        text = plain
    return text


def _code(found: re.Match[str]) -> str:
    """Returns the character of a JSON escape; half of a pair stays as it is written."""
    sign = chr(int(found[1], 16))
    return found[0] if unicodedata.category(sign) == "Cs" else sign


class Cell(NamedTuple):
    """A cell as it is screened.

    Attributes:
        text: The text as shown.
        names: The names it may contain, the whole first.
        cut: Whether it holds more names than are screened, or one that is longer than any listed name.
        wholes: The text itself and the parts between `;`, `|` and line breaks: each is screened as if it were alone.
    """

    text: str
    names: tuple[str, ...]
    cut: bool
    wholes: frozenset[str] = frozenset()


def read_cell(cell: str) -> Cell:
    """Returns a cell with the names that it may contain, at most `MOST_NAMES`.

    Args:
        cell: Names as written in a deal.
    """
    text = shown(unescaped(cell))
    if len(text) <= MOST_SIGNS:
        return Cell(text, names_in(text), False, frozenset((text, *_alone(text))))
    kept = text[:MOST_TEXT]
    found = list(islice(dict.fromkeys(_plain_or(kept)), MOST_NAMES + 1))
    names = tuple(name for name in found[:MOST_NAMES] if 1 < len(name) <= MOST_SIGNS)
    longest = max(map(len, _BETWEEN.split(kept)), default=0)
    return Cell(text, names, len(kept) < len(text) or len(found) > MOST_NAMES or longest > MOST_SIGNS)


def names_beside(cell: Cell) -> tuple[str, ...]:
    """Returns the names in a cell that as a whole names nobody: those next to a placeholder, as in `tbc; Muster AG`."""
    return tuple(name for name in cell.names if not names_nobody(name))


def _alone(text: str) -> list[str]:
    """Returns the texts between separators that no name contains; none if there are no separators."""
    parts = _APART.split(text) if _APART.search(text) else []
    return [" ".join(part.split()) for part in parts if len(part.strip()) > 1]


def _plain_or(text: str) -> Iterator[str]:
    """Yields the names of a long text, without those that several pieces of a line make together."""
    yield from _names(text)


def names_in(cell: str) -> tuple[str, ...]:
    """Returns the names that a cell may contain, the whole cell first.

    These are the cell; the text inside and next to its brackets; the text between `;`, `/`, `via`, labels and line
    breaks; the text between commas, dashes, `&` and `for`, if it looks like a name; the text after a
    company form or a number; and each script separately. An overlong name is skipped: no listed one is so long.
    """
    if _is_plain(cell):
        return (cell,) if len(cell) <= MOST_SIGNS else ()
    return tuple(dict.fromkeys(name for name in _names(cell) if 1 < len(name) <= MOST_SIGNS))


def _is_plain(cell: str) -> bool:
    """Returns whether nothing in a cell separates names, as in most cells."""
    if not cell.isascii():
        return False
    text = _TAIL.sub("", cell)
    if _BUSY.search(text):
        return False
    words = text.casefold().replace(".", "").split()
    if words and (words[0][-1].isdigit() or words[-1][-1].isdigit()) and _NUMBER.search(text):
        return False
    if words and (words[0] in TITLE_WORDS or (len(words) == 1 and _JOINED.search(text))):
        return False
    return _CUTTING.isdisjoint(words) and _FORMS.isdisjoint(words[:-1])


def _names(cell: str) -> Iterator[str]:
    yield cell
    for part in _alone(cell):
        yield from _names(part)
    text = _BREAK.sub("\n", unicodedata.normalize("NFKC", cell))
    if " " not in text and _JOINED.search(text):
        yield _JOINED.sub(" ", text)
    if not cell.isascii() and (titled := _TITLED.match(text)):
        yield titled[1]
    text = _with_place(untitled(untitled(without_messrs(text).strip())))
    for chunk in (text, *_bracketed(text)):
        for segment in _BETWEEN.split(chunk):
            whole = untitled(" ".join(segment.split()))
            yield whole
            yield from _scripts(whole)
            for run in _parts(whole):
                yield run
                yield from _scripts(run)


def _parts(line: str) -> Iterator[str]:
    """Yields names next to others in a line without unambiguous separators."""
    bare = _NUMBER.sub("", line).strip() if len(line) <= MOST_SIGNS else line
    if bare != line:
        yield bare
    yield from _runs(bare)
    if not bare.isascii():
        yield from (bare[cut.end() :] for cut in islice(_ADDRESS_END.finditer(bare), MOST_PIECES))
    if len(bare) > MOST_SIGNS:
        return
    for cut in islice(_BEHIND_FORM.finditer(bare), MOST_PIECES):
        head, tail = bare[: cut.end()].strip(), bare[cut.end() :]
        if _is_telling(tail):
            yield tail
        if has_form(tail):
            yield head
    if not bare.isascii() and len(pieces := _HAN_AND.split(bare, MOST_PIECES)) > 1:
        yield from (piece.strip() for piece in pieces)


def _with_place(text: str) -> str:
    """Returns a name with a place in brackets before its company form as one without brackets.

    `X (China) Co., Ltd.` is a legal person of its own, unlike `X (Shanghai Branch)`.
    """
    found = _INNER.search(text)
    if found is None or not is_form(text[found.end() :]):
        return text
    words = found[1].casefold().split()
    of_signs = 1 < len(found[1]) <= _MOST_PLACE_SIGNS and count_han(found[1]) == len(found[1])
    if not of_signs and not (words and all(word in lexicon().places for word in words)):
        return text
    gap = "" if of_signs else " "
    return f"{text[: found.start()].rstrip()}{gap}{found[1]}{gap}{text[found.end() :].lstrip()}"


def _bracketed(text: str) -> Iterator[str]:
    """Yields the text next to brackets and inside them; an unmatched bracket ends a name."""
    inside: list[str] = []
    for _ in range(4):
        found = _INNER.findall(text)
        if not found:
            break
        inside += found
        text = _INNER.sub(" ", text)
    if inside or _BRACKETS.search(text):
        yield from _BRACKETS.split(text)
        yield from inside


def _runs(line: str) -> Iterator[str]:
    """Yields neighbouring pieces: those before a comma or dash, and of the others those that look like a name."""
    cuts = list(islice(_LOOSE.finditer(line), MOST_PIECES))
    if len(cuts) == MOST_PIECES:
        cuts = list(_SOFT.finditer(line))
    if not cuts:
        return
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(line)]
    for first, start in enumerate(starts):
        for last in range(first, min(first + _MOST_JOINED, len(starts))):
            run = line[start : ends[last]].strip()
            if (first == 0 and (last == len(cuts) or _SOFT.fullmatch(cuts[last].group()))) or _is_telling(run):
                yield run


def _is_telling(run: str) -> bool:
    """Returns whether a piece looks like a name: by its form, its characters, or more words than most places have."""
    if count_han(run) >= _LEAST_HAN_PIECE or has_form(run):
        return True
    words = run.split()
    return len(words) > 1 and len(run) >= _LEAST_LATIN and "".join(words).casefold() not in PLACE_NAMES


def _scripts(name: str) -> Iterator[str]:
    """Yields the Chinese and the Latin name, if both are next to each other and long enough to be names."""
    if name.isascii() or not has_han(name):
        return
    letters = _IN_SIGNS.sub("\n", name)
    signs = "".join(_IN_SIGNS.findall(name))
    for part in map(str.strip, letters.split("\n")):
        if len(part) >= _LEAST_LATIN or (part and has_form(part) and " " in part):
            yield part
    if count_han(signs) >= _LEAST_HAN and len(signs) < len(name):
        yield signs
