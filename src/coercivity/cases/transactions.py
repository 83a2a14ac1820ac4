"""A table of transactions, read strictly: exact fact names, every fault at once, no row lost."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import CoercivityError, Fault, Faults, brief_value, nearest
from coercivity.base.exact import parse_exact
from coercivity.cases.gather import Standing, gather
from coercivity.data.catalogue import UNKNOWN_WORD, FactCatalogue
from coercivity.data.input import Content, Input, read_text
from coercivity.law.engine.decide import Deal
from coercivity.law.rules.rulebook import Rulebook

MOST_BYTES = 64 * 2**20
MOST_LINE = 2**20
MOST_COLUMNS = 500
MOST_ROWS = 100_000
MOST_FAULTS = 200
LONGEST_ID = 80
LONGEST_CELL = 2_000

ABOUT = ("id", "title", "title_zh", "on", "group", "quantity", "unit", "price", "currency")
MONEY = ("turnover_cny", "income_cny")
OWN = (*ABOUT, *MONEY, "note")
_NUMBERS = ("quantity", "price", *MONEY)
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Transaction:
    """One row of the table.

    Attributes:
        line: Line of the file.
        on: Day for which the act is planned, where the row gives one.
        about: What the columns beside the facts say, blanks left out.
        facts: Raw values by fact name, blanks left out; lists for sets and for two ends of a number.
        deal: The facts as they are judged, standing block and screening included.
    """

    id: str
    line: int
    on: Day | None
    about: Mapping[str, str]
    facts: Mapping[str, object]
    deal: Deal

    @property
    def title(self) -> str:
        """The title, or the id where the row has none."""
        return self.about.get("title", self.id)


def read_transactions(book: Rulebook, path: Input, *, standing: Standing | None = None) -> list[Transaction]:
    """Returns the rows of a UTF-8 table with commas, in its order.

    Every line is one row. A blank cell is not known, whatever the standing block says, unless its column is blank in
    every row; `unknown` says that a fact is open. Sets are written `a;b`, an empty one `[]`, two ends of a number
    `1..2`.

    Args:
        book: The rulebook, for the catalogue of facts.
        path: The table.
        standing: Answers that hold for every row unless it says otherwise.

    Raises:
        CoercivityError: With every fault of the table: line, column, nearest names, next step.
    """
    faults = Faults()
    lines = _lines(path)
    header_line, header = next(lines)
    columns = _header(book.catalogue, f"{path.name}:{header_line}", header, faults)
    folder = "sent" if isinstance(path, Content) else path.parent.name
    standing = _sound(book, standing or Standing(), folder, faults)
    rest = list(lines)
    filled = _filled(columns, [text for _, text in rest]) & standing.facts.keys()
    rows: list[Transaction] = []
    seen: dict[str, int] = {}
    for line, text in rest:
        cells = _cells(f"{path.name}:{line}", text, columns, faults)
        if cells is None:
            continue
        if len(rows) >= MOST_ROWS:
            faults.add(
                "TABLE-ROWS", f"more than {MOST_ROWS:,} rows", where=f"{path.name}:{line}", next="split the table"
            )
            break
        rows.append(_row(book, cells, path.name, line, (standing, filled), seen, faults))
    if not rows and not faults.items:
        faults.add("TABLE-EMPTY", "the table has a header and no row", where=path.name, next="add a row a transaction")
    _raise(faults)
    return rows


def cell_value(catalogue: FactCatalogue, name: str, text: str) -> list[str] | str:
    """Returns what a cell of a fact stands for: a list for sets and for two ends of a number, else the text."""
    spec = catalogue[name]
    if text == UNKNOWN_WORD:
        return text
    if spec.type == "set":
        return [] if text == "[]" else [part.strip() for part in text.split(";")]
    if spec.type in ("number", "share") and ".." in text:
        return [part.strip() for part in text.split("..")]
    return text


def _lines(path: Input) -> Iterator[tuple[int, str]]:
    """Yields the lines that hold something, with their numbers; the size is looked at before anything is read."""
    text = read_text(path, most_bytes=MOST_BYTES)
    name = path.name
    place = text.find("\0")
    if place >= 0:
        line = text.count("\n", 0, place) + 1
        raise CoercivityError.of(
            "TABLE-NUL", "a NUL byte stands here", where=f"{name}:{line}", next="save the table as plain UTF-8 text"
        )
    start, number, held = 0, 0, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        if end - start > MOST_LINE:
            raise CoercivityError.of(
                "TABLE-LINE",
                f"the line has {end - start:,} characters; at most {MOST_LINE:,} are read",
                where=f"{name}:{number}",
                next="look for a quotation mark or a line end that is missing",
            )
        line_text = text[start:end].removesuffix("\r")
        start = end + 1
        if line_text.strip(', \t"'):
            held += 1
            yield number, line_text
    if not held:
        raise CoercivityError.of("FILE-EMPTY", "the table holds nothing", where=name, next="begin with a header line")


def _split(where: str, text: str, faults: Faults) -> list[str] | None:
    if "\r" in text:
        faults.add(
            "TABLE-FORM", "a bare carriage return stands in the line", where=where, next="end lines with LF or CRLF"
        )
        return None
    try:
        return next(csv.reader([text], strict=True))
    except csv.Error as error:
        what = "a quoted cell is not closed on its line" if "end of data" in str(error) else f"not a row: {error}"
        faults.add("TABLE-FORM", what, where=where, next='double a quotation mark inside a quoted cell: ""')
        return None


def _header(catalogue: FactCatalogue, where: str, text: str, faults: Faults) -> list[str]:
    names = [cell.strip() for cell in _split(where, text, faults) or []]
    _raise(faults)
    if len(names) > MOST_COLUMNS:
        faults.add("TABLE-COLUMNS", f"{len(names):,} columns; at most {MOST_COLUMNS} are read", where=where)
        _raise(faults)
    known = [*OWN, *catalogue]
    for place, name in enumerate(names, 1):
        at = f"{where}, column {place}"
        if name in OWN or name in catalogue:
            if names.index(name) != place - 1:
                faults.add("COLUMN-TWICE", f"column {name!r} stands twice", where=at, next="keep one of them")
        elif not name:
            faults.add("COLUMN-BLANK", "the column has no name", where=at, next="name it, or take it out")
        elif name in catalogue.synonyms:
            fact = catalogue.synonyms[name]
            faults.add(
                "COLUMN-SYNONYM",
                f"{brief_value(name)!r} is another word for the fact {fact!r}",
                where=at,
                nearest=(fact,),
                next=f"name the column {fact}: a brief takes exact names only",
            )
        else:
            close = tuple(dict.fromkeys((*nearest(name[:80], known), *catalogue.nearest(name[:80]))))[:3]
            faults.add(
                "COLUMN-UNKNOWN",
                f"{brief_value(name)!r} is neither a fact nor a column of the table",
                where=at,
                nearest=close,
                next="`coercivity facts` lists the facts; beside them stand " + ", ".join(OWN),
            )
    if "id" not in names:
        faults.add(
            "COLUMN-MISSING", "there is no column 'id'", where=where, next="add a column id, different in each row"
        )
    return names


def _cells(where: str, text: str, columns: list[str], faults: Faults) -> dict[str, str] | None:
    cells = _split(where, text, faults)
    if cells is None:
        return None
    if len(cells) != len(columns):
        faults.add(
            "ROW-CELLS",
            f"the row has {len(cells)} cells, the header {len(columns)}",
            where=where,
            next="put a cell with a comma in it between quotation marks",
        )
        return None
    return {name: cell.strip() for name, cell in zip(columns, cells, strict=True) if cell.strip()}


def _filled(columns: list[str], texts: Sequence[str]) -> set[str]:
    """The columns that hold something in some row; what is wrong with a row is told where it is read."""
    unheard = Faults()
    return {name for text in texts for name in _cells("", text, columns, unheard) or ()}


def _row(
    book: Rulebook,
    cells: Mapping[str, str],
    name: str,
    line: int,
    standing: tuple[Standing, AbstractSet[str]],
    seen: dict[str, int],
    faults: Faults,
) -> Transaction:
    """One row; of the standing facts those that have a column with something in it are the row's own to answer."""
    row_id = cells.get("id", "")
    where = f"{name}:{line}, {brief_value(row_id)}" if row_id else f"{name}:{line}"
    _id(row_id, where, line, seen, faults)
    for column, text in cells.items():
        _readable(column, text, f"{where}, column {column}", faults)
    about = {column: text for column, text in cells.items() if column in OWN}
    _about(about, where, faults)
    facts = {fact: cell_value(book.catalogue, fact, text) for fact, text in cells.items() if fact in book.catalogue}
    block, filled = standing
    facts |= dict.fromkeys(sorted(filled - facts.keys()), UNKNOWN_WORD)
    deal = gather(book, facts, standing=block, where=where, faults=faults)
    return Transaction(row_id, line, _day(about.get("on"), where, faults), about, facts, deal)


def _id(row_id: str, where: str, line: int, seen: dict[str, int], faults: Faults) -> None:
    if not row_id:
        faults.add("ROW-ID", "the row has no id", where=where, next="give every row an id of its own")
    elif row_id in seen:
        what = f"id {brief_value(row_id)!r} stands twice, first on line {seen[row_id]}"
        faults.add("ROW-ID", what, where=where, next="give every row an id of its own")
    elif len(row_id) > LONGEST_ID:
        faults.add("ROW-ID", f"an id has at most {LONGEST_ID} characters", where=where)
    seen.setdefault(row_id, line)


def _readable(column: str, text: str, where: str, faults: Faults) -> None:
    """Refuses what would not show as it is stored: control characters and marks that turn the reading direction."""
    if len(text) > LONGEST_CELL:
        faults.add("CELL-LENGTH", f"{len(text):,} characters; at most {LONGEST_CELL:,} are read", where=where)
    elif any(unicodedata.category(sign) in ("Cc", "Cs") or sign in _REORDERING for sign in text):
        faults.add("CELL-TEXT", f"{column} holds a control character", where=where, next="type the text again")


def _about(about: Mapping[str, str], where: str, faults: Faults) -> None:
    for column in _NUMBERS:
        text = about.get(column)
        if text is None:
            continue
        try:
            if parse_exact(text) < 0:
                raise ValueError("below zero")
        except ValueError as error:
            at = f"{where}, column {column}"
            faults.add(
                "CELL-NUMBER", f"{brief_value(text)!r}: {error}", where=at, next="write digits and a point: 1200.50"
            )
    currency = about.get("currency")
    if currency is not None and not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        at = f"{where}, column currency"
        faults.add("CELL-CURRENCY", f"{brief_value(currency)!r} is no currency", where=at, next="write EUR, USD, CNY")


def _day(text: str | None, where: str, faults: Faults) -> Day | None:
    if text is None or text == UNKNOWN_WORD:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        close = (UNKNOWN_WORD,) if text.casefold() == UNKNOWN_WORD else ()
        faults.add("DATE", str(error), where=f"{where}, column on", nearest=close, next="write a day as YYYY-MM-DD")
        return None


def _sound(book: Rulebook, standing: Standing, name: str, faults: Faults) -> Standing:
    """Checks the standing block once, so that a fault in it is not told once a row."""
    before = len(faults.items)
    gather(book, {}, standing=standing, where=f"{name}, standing", faults=faults)
    return standing if len(faults.items) == before else Standing()


def _raise(faults: Faults) -> None:
    """Raises what was found; of very many faults, the first ones and how many more there are."""
    if len(faults.items) > MOST_FAULTS:
        more = len(faults.items) - MOST_FAULTS
        faults.items[MOST_FAULTS:] = [
            Fault("FAULTS-MORE", f"{more:,} more faults are not shown", next="mend these first")
        ]
    faults.raise_if_any()
