"""What a cut of the packs removes and keeps, as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.data.cut.listed import CutList, CutTable, RemovedRow
from coercivity.papers.shared.terminal import filled
from coercivity.papers.shared.words import paper_words

_WORDS, _REASONS = paper_words("data_cut", "words"), paper_words("data_cut", "reasons")
_WIDTHS = (34, 8, 9, 9, 12)
_ROW_WIDTHS = (34, 30, 26, 20)


def cut_lines(found: CutList, lang: Lang = "en") -> tuple[str, ...]:
    """Returns a cut as lines: counts by table, every row removed, what stays without a date, and what is not cut.

    Args:
        found: What it removes and keeps.
        lang: Language of the words.
    """
    if all(row["basis"] == "held" for row in found["removed"]) and not found["opened"]:
        head = [_say("nothing", lang).format(day=found["known"])]
    else:
        head = [
            _say("head", lang).format(
                day=found["known"],
                rows=_sum(found, "rows"),
                removed=_sum(found, "removed"),
                undated=_sum(found, "undated"),
                opened=_sum(found, "opened"),
            )
        ]
    parts = (_tables, _removed, _opened, _kept, _resting, _uncut)
    return (*head, *(line for part in parts for line in _titled(list(part(found, lang)))))


def _titled(lines: list[str]) -> list[str]:
    """Returns the lines of a part after a blank one; nothing of a part with a heading alone."""
    return ["", *lines] if len(lines) > 1 else []


def _tables(found: CutList, lang: Lang) -> Iterator[str]:
    yield _cells([_say(word, lang) for word in ("table", "rows", "removed", "undated", "opened")], _WIDTHS)
    for row in found["tables"]:
        if not row["uncut"]:
            counts = (row["rows"], row["removed"], row["undated"], row["opened"])
            yield _cells([_name(row), *map(str, counts)], _WIDTHS)


def _removed(found: CutList, lang: Lang) -> Iterator[str]:
    yield _say("each_removed", lang)
    for row in found["removed"]:
        yield "  " + _cells([f"{row['pack']}/{row['table']}:{row['id']}", *_dates(row, lang)], _ROW_WIDTHS)


def _dates(row: RemovedRow, lang: Lang) -> Iterator[str]:
    yield _say("from", lang).format(day=row["known_on"]) if row["known_on"] else _say("held", lang)
    yield _say("by", lang).format(row["by"])
    yield _say("replaced", lang).format(row["replaced_by"]) if row["replaced_by"] else ""


def _opened(found: CutList, lang: Lang) -> Iterator[str]:
    yield _say("each_opened", lang)
    for row in found["opened"]:
        end = _say("end", lang).format(column=row["column"], end=row["end"])
        yield "  " + _cells([f"{row['pack']}/{row['table']}:{row['id']}", end], _ROW_WIDTHS)


def _kept(found: CutList, lang: Lang) -> Iterator[str]:
    yield _say("each_kept", lang)
    counts = Counter((row["pack"], row["table"], row["why"]) for row in found["kept"])
    for (pack, table, why), count in counts.items():
        yield "  " + _cells([f"{pack}/{table}", _say("count", lang).format(count) + _reason(why, lang)], _ROW_WIDTHS)


def _resting(found: CutList, lang: Lang) -> Iterator[str]:
    yield _say("resting", lang)
    for row in found["kept"]:
        if row["rests_on"]:
            told = _say("rests_on", lang).format(", ".join(row["rests_on"]))
            yield "  " + _cells([f"{row['pack']}/{row['table']}:{row['id']}", told], _ROW_WIDTHS)


def _uncut(found: CutList, lang: Lang) -> Iterator[str]:
    yield _say("uncut", lang)
    for row in found["tables"]:
        if row["uncut"]:
            yield "  " + _cells([_name(row), _reason(row["uncut"], lang)], _ROW_WIDTHS)


def _name(row: CutTable) -> str:
    return f"{row['pack']}/{row['table']}"


def _sum(found: CutList, column: str) -> int:
    if column == "rows":
        return total(row["rows"] for row in found["tables"])
    if column == "removed":
        return len(found["removed"])
    return len(found["kept"]) if column == "undated" else len(found["opened"])


def _cells(cells: list[str], widths: tuple[int, ...]) -> str:
    return " ".join(filled(text, width) for text, width in zip(cells, widths, strict=False)).rstrip()


def _reason(text: str, lang: Lang) -> str:
    return say(_REASONS[text], lang) if text in _REASONS else text


def _say(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)
