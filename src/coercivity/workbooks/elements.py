"""Chemical elements as a workbook names them: by symbol, by word, and the rare earths in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable

MISCHMETAL, NDPR = "mischmetal", "NdPr"
_TABLE = (
    "H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb "
    "Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au "
    "Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U"
)
_SYMBOLS = tuple(_TABLE.split())
# What `none` in the column other_rare_earths speaks of: the rare earths, and the other elements that the law lists.
_LISTED = "Sc Y La Ce Pm Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Ga Ge Sb W Te Bi Mo In"
LISTED = frozenset((*_LISTED.split(), NDPR, MISCHMETAL))
ELEMENTS = (*(name for name in _SYMBOLS if name not in ("Nd", "Pr")), NDPR, MISCHMETAL)
_WORDS = {
    "nd": NDPR, "pr": NDPR, "ndpr": NDPR, "prnd": NDPR, "didymium": NDPR, "neodymium": NDPR, "praseodymium": NDPR,
    "镨钕": NDPR, "钕镨": NDPR, "钕": NDPR, "镨": NDPR, "mischmetal": MISCHMETAL, "mischmetall": MISCHMETAL,
    "mm": MISCHMETAL, "混合稀土": MISCHMETAL, "dysprosium": "Dy", "terbium": "Tb", "samarium": "Sm", "gadolinium": "Gd",
    "lutetium": "Lu", "yttrium": "Y", "scandium": "Sc", "holmium": "Ho", "erbium": "Er", "thulium": "Tm",
    "ytterbium": "Yb", "europium": "Eu", "lanthanum": "La", "cerium": "Ce", "cobalt": "Co", "gallium": "Ga",
    "镧": "La", "铈": "Ce", "钷": "Pm", "钐": "Sm", "铕": "Eu", "钆": "Gd", "铽": "Tb", "镝": "Dy", "钬": "Ho",
    "铒": "Er", "铥": "Tm", "镱": "Yb", "镥": "Lu", "钇": "Y", "钪": "Sc", "钴": "Co", "镓": "Ga",
}  # fmt: skip
_FOLDED = {name.casefold(): name for name in _SYMBOLS if name not in ("Nd", "Pr")} | _WORDS
_SINGLE = {"nd": "Nd", "neodymium": "Nd", "钕": "Nd", "pr": "Pr", "praseodymium": "Pr", "镨": "Pr"}
_UNIT = re.compile(r"[(\[（].*?[)\]）]|%|％|wt", re.IGNORECASE)
_JOIN = re.compile(r"[\s+/&\-]+")


def element_of(word: str) -> str | None:
    """Returns the element that a word means, None if it means none; Nd, Pr and didymium are `NdPr`.

    Args:
        word: A symbol or a name, with or without a unit: `Dy`, `Nd+Pr`, `Dy (wt%)`, `镝`.
    """
    return _FOLDED.get(_plain(word))


def clash(word: str, others: Iterable[str]) -> bool:
    """Returns whether a column states an element that another column states already; Nd and Pr do not clash."""
    named = {_SINGLE.get(_plain(each), element_of(each)) for each in others}
    own = _SINGLE.get(_plain(word), element_of(word))
    return own in named or (own == NDPR and bool(named & {"Nd", "Pr"})) or (own in ("Nd", "Pr") and NDPR in named)


def _plain(word: str) -> str:
    return _JOIN.sub("", _UNIT.sub("", word)).casefold()
