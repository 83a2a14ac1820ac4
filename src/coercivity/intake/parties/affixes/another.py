"""Texts in which a listed name is not that of the party: `a subsidiary of Muster`, `上海Muster有限公司`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from coercivity.intake.parties.likeness.lexicon import lexicon
from coercivity.intake.parties.names import fold

_MOST_READ = 10_000
NAMED_AS_OWNER, WORDS_ADDED = "named_as_owner", "words_added"
# Words behind which the name of an owner follows, and not that of the party itself.
_OWNED_BY = re.compile(
    r"\b(?:subsidiary|affiliate|daughter)\s+(?:company\s+)?of\b|\b(?:owned|controlled|formerly\s+owned)\s+by\b"
    r"|\btochter(?:gesellschaft|firma|unternehmen)?\s+(?:der|von|des)\b|\bfiliale\s+(?:de|di|du|della)\b"
    r"|\b(?:spun\s+off|split)\s+from\b",
    re.IGNORECASE,
)
_OWNER_BEFORE = re.compile(r"([^()（）,，、;；]{1,200}?)的?(?:全资|全資|控股|の)?子(?:公司|会社)")
# A name in letters between Chinese characters.
_WITHIN = re.compile(r"([\u4e00-\u9fff]{2,20})([A-Za-z][A-Za-z0-9 .&'-]{0,200}[A-Za-z0-9])(?=[\u4e00-\u9fff])")
_COUNTRY_SIGNS = """
中国 美国 日本 德国 法国 英国 意大利 荷兰 瑞士 瑞典 加拿大 韩国 印度 台湾 以色列
"""
_COUNTRIES = frozenset(_COUNTRY_SIGNS.split())


class _Others(NamedTuple):
    """What a text says of names that are not the party's own.

    Attributes:
        span: Place of the words behind which an owner is named.
        owners: Folded names before words for a subsidiary.
        within: Folded names in letters behind a place.
    """

    span: tuple[int, int] | None
    owners: frozenset[str]
    within: frozenset[str]


def why_another(text: str, name: str) -> str:
    """Returns why a name in a text is not that of the party; blank if nothing says so.

    Args:
        text: The text: `Muster GmbH, a subsidiary of Beispiel AG`.
        name: A name in it.
    """
    said = _others(text)
    if said.span is not None and name in text[said.span[1] :] and name not in text[: said.span[0]]:
        return NAMED_AS_OWNER
    if said.owners and fold(name) in said.owners:
        return NAMED_AS_OWNER
    return WORDS_ADDED if said.within and fold(name) in said.within else ""


@lru_cache(maxsize=64)
def _others(text: str) -> _Others:
    """Returns what a text says of others, once for all of its names: a cell may hold thousands."""
    found = _OWNED_BY.search(text)
    if text.isascii():
        return _Others(None if found is None else found.span(), frozenset(), frozenset())
    begun = text[:_MOST_READ]  # what is not read leaves a match a match
    owners = frozenset(fold(one[1]) for one in _OWNER_BEFORE.finditer(begun)) - {""}
    within = frozenset(fold(one[2]) for one in _WITHIN.finditer(begun) if _is_place(one[1]))
    return _Others(None if found is None else found.span(), owners, within)


def _is_place(signs: str) -> bool:
    return signs not in _COUNTRIES and signs.removesuffix("市").removesuffix("省") in lexicon().place_signs
