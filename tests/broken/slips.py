"""Orders as people write them, and typing errors, cuts and characters that change a cell."""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

import polars as pl

from coercivity.batches.frame import batch_frame
from coercivity.cases.files import packed_standing
from coercivity.law.rules.load import law_folder

COLUMNS = ("date", "material", "composition", "from", "to", "end_user", "end_use")
WORDS = ("material", "composition", "end_user")
INVISIBLE = "\u200b\u00ad\u2060\ufeff\u115f\u3164\uffa0\ufe0f\u180e\U000e0061"
CUTS = (12, 20, 30, 35, 40, 50)
DAYS = ("2025-04-20", "2025-06-20", "2025-08-15", "2025-10-20", "2026-03-02", "2026-08-03")
FROM, TO = ("CN", "CN", "CN", "中国", "China"), ("DE", "US", "JP", "VN", "TW", "IN", "德国", "Japan", "SG")
USES = ("traction motor", "window lift motor", "loudspeaker", "pump", "牵引电机", "servo drive")
PLAIN = (
    *(
        "Beispiel Antriebe GmbH",
        "示例传动有限公司",
        "Northern Pump Works Ltd",
        "Société Exemple de Moteurs SA",
        "例示電機株式会社",
    ),
    *("Lakeside Drives Inc.", "Fabryka Silników Przykład Sp. z o.o.", "Ejemplo Motores S.L."),
)
# material, and a composition that adds up, ends on a balance, or is none
THINGS = (
    ("Sintered NdFeB magnet", "Nd 22 %, Pr 7 %, Co 2 %, Cu 0.2 %, Ga 0.3 %, Dy 1.5 %, B 1 %, Fe bal."),
    ("Sintered NdFeB magnet", "Nd 29 %, Pr 1.5 %, Fe 67.5 %, B 1 %, Tb 1 %"),
    ("NdFeB magnets", "Fe 65 %, Nd 31 %, B 1 %, Co 1 %, Al 0.5 %, Dy 1.5 %"),
    ("钕铁硼磁体", "铁66%，钕30.5%，硼1%，镝2.5%"),
    ("钕铁硼磁体", "钕 29.5%、镨 0.5%、铽 0.8%、硼 1%、铁 余量"),
    ("NdFeB-Magnete", "Nd 29,5 %; Pr 0,5 %; Dy 1,8 %; B 1 %; Fe Rest"),
    ("SmCo magnet", "Sm 25.5 %, Co 50.5 %, Fe 17 %, Cu 5 %, Zr 2 %"),
    ("Sm2Co17 magnet", "Sm 26 %, Co 49 %, Fe 18 %, Cu 5 %, Zr bal."),
    ("Sintered NdFeB magnet", "Nd 29.5 %, Pr 1.5 %, Fe 68 %, B 1 %"),
    ("Sintered NdFeB magnet", "Nd 24 %, Pr 6 %, Co 1 %, B 1 %, Fe bal."),
    ("Dysprosium oxide", "Dy2O3 99.9 %"),
    ("Terbium metal", "Tb 99.9 %"),
    ("DyFe alloy", "Dy 80 %, Fe 20 %"),
    ("Yttrium oxide", "Y2O3 99.99 %"),
    ("氧化镝", ""),
    ("Ferrite magnet", "Sr 8.5 %, Fe 63.5 %, O 28 %"),
)
ARGUED = {
    "slip in a composition": "another element or figure is another statement: Dy typed as Pr reads as praseodymium",
    "name cut short": "of a name cut to less than three quarters a beginning is left that may be another name: Anduril to Andur",
}
Change = Callable[[str, Random], str]


def slip(text: str, draw: Random) -> str:
    """One letter left out, doubled, swapped with the next or replaced by another of the text."""
    letters = [at for at, sign in enumerate(text) if sign.isalpha()]
    if len(letters) < 4:
        return text
    at = draw.choice(letters[1:])
    kind = draw.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2 and at + 1 < len(text):
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[draw.choice(letters)] + text[at + 1 :]


def invisible(text: str, draw: Random) -> str:
    """Up to three signs that are not shown."""
    for _ in range(draw.randrange(1, 4)):
        at = draw.randrange(len(text) + 1)
        text = text[:at] + draw.choice(INVISIBLE) + text[at:]
    return text


def wide(text: str, draw: Random) -> str:
    """Signs of full width, as an East Asian keyboard gives them."""
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" and draw.random() < 0.7 else sign for sign in text)


def swapped(text: str, draw: Random) -> str:
    """Items or words in another order."""
    for sign in (", ", "; ", "，", "、", " "):
        parts = text.split(sign)
        if len(parts) > 1:
            draw.shuffle(parts)
            return sign.join(parts)
    return text


def cut(text: str, draw: Random) -> str:
    """Cut at a length limit or anywhere behind the first sign."""
    limit = draw.choice(CUTS)
    return text[:limit] if len(text) > limit else text[: draw.randrange(1, max(len(text), 2))]


def lookalike(text: str, draw: Random) -> str:
    """A Latin letter replaced by a Cyrillic or Greek one that looks like it."""
    pairs = dict(zip("aceopxyABCEHKMOPTXIo", "асеорхуАВСЕНКМОРТХΙο", strict=True))
    places = [at for at, sign in enumerate(text) if sign in pairs]
    at = draw.choice(places) if places else -1
    return text if at < 0 else text[:at] + pairs[text[at]] + text[at + 1 :]


def last_word(text: str, draw: Random) -> str:
    """Without its last word."""
    return " ".join(text.split()[:-1]) or text


def more(text: str, draw: Random) -> str:
    """With a word behind it."""
    return f"{text} {draw.choice(('USA', 'Japan', 'Division 2', '(Europe)', '2号库'))}"


def blank(text: str, draw: Random) -> str:
    """Blank, or a word for blank."""
    return draw.choice(("", "", " ", "None", "NaN", "n/a", "-", "unknown", "TBD", "\u3000"))


def name_cut(text: str, draw: Random) -> str:
    """Up to a quarter of the name missing at its end, at least one letter."""
    return text[: draw.randrange(min(-(-len(text) * 3 // 4), len(text) - 1), max(len(text), 2))]


KINDS: dict[str, tuple[tuple[str, ...], Change]] = {
    "blank or a word for it": (("composition", "material", "end_user", "from", "to", "date", "end_use"), blank),
    "invisible signs": (("composition", "material", "end_user", "to"), invisible),
    "full width": (("composition", "material", "end_user"), wide),
    "upper case": (("end_user", "material"), lambda text, _: text.upper()),
    "decomposed": (WORDS, lambda text, _: unicodedata.normalize("NFD", text)),
    "another order": (("composition", "end_user"), swapped),
    "composition cut": (("composition",), cut),
    "material cut": (("material",), cut),
    "name cut": (("end_user",), name_cut),
    "name cut short": (("end_user",), cut),
    "look-alike letter": (("end_user", "material"), lookalike),
    "slip in a name": (("end_user",), slip),
    "slip in a material": (("material",), slip),
    "slip in a composition": (("composition",), slip),
    "last word of a name": (("end_user",), last_word),
    "word behind a name": (("end_user",), more),
}


def listed_names() -> list[str]:
    """Every name of the packed lists."""
    with (law_folder() / "parties.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return sorted({row[key] for row in rows for key in ("name_en", "name_zh") if row[key]})


def orders(count: int, draw: Random) -> list[dict[str, str]]:
    """Rows of an order table; one of three names a listed party."""
    listed = listed_names()
    found = []
    for _ in range(count):
        material, composition = draw.choice(THINGS)
        user = draw.choice(listed) if draw.random() < 0.35 else draw.choice(PLAIN)
        cells = (draw.choice(DAYS), material, composition, draw.choice(FROM), draw.choice(TO), user, draw.choice(USES))
        found.append(dict(zip(COLUMNS, cells, strict=True)))
    return found


def changed(row: dict[str, str], draw: Random) -> tuple[dict[str, str], str, str]:
    """The row with one cell changed, the kind of change and the column."""
    while True:
        kind = draw.choice(sorted(KINDS))
        columns, change = KINDS[kind]
        column = draw.choice(columns)
        new = change(row[column], draw)
        if new != row[column]:
            return {**row, column: new}, kind, column


def answers(rows: Sequence[Mapping[str, str]], columns: Sequence[str] = COLUMNS) -> pl.DataFrame:
    """What comes of each row, with the standing answers of the worked cases."""
    standing: dict[str, Any] = dict(packed_standing().facts)
    frame = pl.DataFrame(
        [{name: row[name] for name in columns} for row in rows], schema=dict.fromkeys(columns, pl.String)
    )
    return batch_frame(frame, standing=standing, said_by="the exporter", said_on="transaction date")


class Freed:
    """Rows that proceed once one of their cells was changed, and did not before.

    Attributes:
        rows: The rows as they were meant.
        mutants: Each with one cell changed, the kind of change and the column.
        before: Outcome of each row; None for a row set aside.
        after: Outcome of each mutant.
        tried: By kind of change, how many rows did not proceed before.
        freed: By kind of change, the places of those that do now.
    """

    def __init__(self, count: int, key: int) -> None:
        draw = Random(key)
        self.rows = orders(count, draw)
        self.mutants = [changed(row, draw) for row in self.rows]
        self.before = answers(self.rows)["outcome"].to_list()
        self.after = answers([row for row, _, _ in self.mutants])["outcome"].to_list()
        self.tried: Counter[str] = Counter()
        self.freed: defaultdict[str, list[int]] = defaultdict(list)
        for at, (_, kind, _) in enumerate(self.mutants):
            if self.before[at] != "PROCEED":
                self.tried[kind] += 1
                if self.after[at] == "PROCEED":
                    self.freed[kind].append(at)

    def told(self, at: int) -> str:
        """One freed row in words."""
        row, _, column = self.mutants[at]
        return f"{column}: {self.rows[at][column]!r} -> {row[column]!r}, was {self.before[at]}"
