"""Codes of countries from their codes and names, as lists of parties write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from coercivity.data.textyaml import load_file
from coercivity.law.rules.load import law_folder

_UNNAMED = "XX"
_GAPS = re.compile(r"[\W_]+")
# Names of lists and registers that are not those of the rulebook, folded.
_ALSO = {
    "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "northern ireland": "GB",
    "russian federation": "RU", "iran islamic republic of": "IR", "islamic republic of iran": "IR",
    "korea south": "KR", "republic of korea": "KR", "korea north": "KP", "dprk": "KP",
    "democratic peoples republic of korea": "KP", "syrian arab republic": "SY", "viet nam": "VN",
    "prc": "CN", "peoples republic of china": "CN", "mainland china": "CN", "hong kong china": "HK",
    "hong kong sar": "HK", "macau": "MO", "taiwan province of china": "TW", "republic of china": "TW",
    "turkey": "TR", "burma": "MM", "holland": "NL", "the netherlands": "NL", "czech republic": "CZ", "uae": "AE",
}  # fmt: skip


def country_code(text: str) -> str:
    """Returns the ISO 3166-1 alpha-2 code of a country; blank if the text is not a country.

    Args:
        text: Code in any case, or name in English, Chinese or Japanese.
    """
    return _code_of(text) if len(text) <= 80 else ""


@lru_cache(maxsize=4_096)
def _code_of(text: str) -> str:
    key = _key(text)
    return _codes().get(key, "") if key else ""


def _key(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", "").replace(".", ""))
    kept = "".join(sign for sign in split if not unicodedata.combining(sign) or "\u3099" <= sign <= "\u309a")
    return _GAPS.sub(" ", unicodedata.normalize("NFKC", kept).replace("&", " and ")).strip()


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for code, names in load_file(law_folder() / "facts" / "countries.yaml").items():
        if code != _UNNAMED:
            for name in (code, names["en"], names["zh"], names.get("ja", ""), *names.get("also", ())):
                found.setdefault(_key(name), code)
    return {**_ALSO, **found}
