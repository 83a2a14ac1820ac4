"""Exact and folded screening of names against the packed party lists.

Exact means equal after folding case, width, spaces and punctuation, and after taking off company forms. What is only
alike is not a hit here, and no hit here is never proof that a party is on no list.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FORMS = (
    "incorporated|inc|corporation|corp|company|co|limited|ltd|llc|lp|plc|gmbh|ag|ab|sa|spa|srl|sas|bv|nv|oy|kk|pte|pty|as|"
    "sro|aps|sp z oo"
)
_TAIL = re.compile(rf"(?: (?:{_FORMS}))+$")
_ZH_TAIL = re.compile(r"(股份有限公司|有限责任公司|有限公司|株式会社|公司)$")


@dataclass(frozen=True, slots=True)
class ListedParty:
    """One entry of a packed list."""

    party_id: str
    party_set: str
    name_en: str
    name_zh: str
    country: str
    list: str


def fold(name: str) -> str:
    """Returns a name with case, width, spaces, punctuation and company form folded away."""
    text = unicodedata.normalize("NFKC", name).casefold().replace("&", " and ")
    text = re.sub(r"(?<=\b\w)\.(?=\w\b)", "", text)
    text = re.sub(r"[^\w]+", " ", text).strip()
    text = _TAIL.sub("", text)
    return _ZH_TAIL.sub("", text) or text


@lru_cache(maxsize=4)
def _index(path: Path) -> dict[str, tuple[ListedParty, ...]]:
    found: dict[str, list[ListedParty]] = {}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            party = ListedParty(*(row[name] for name in ListedParty.__dataclass_fields__))
            for name in {fold(row["name_en"]), fold(row["name_zh"])} - {""}:
                found.setdefault(name, []).append(party)
    return {name: tuple(parties) for name, parties in found.items()}


def screen(name: str, parties_csv: Path) -> tuple[ListedParty, ...]:
    """Returns the entries of the packed lists whose name is the same when folded.

    Args:
        name: Name as written in the deal.
        parties_csv: Table of listed parties of the law pack.
    """
    return _index(parties_csv).get(fold(name), ())
