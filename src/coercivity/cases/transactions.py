"""A table of transactions, read strictly: all errors at once, no row lost."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import CoercivityError, Fault, Faults, brief_value, nearest
from coercivity.base.exact import parse_exact
from coercivity.cases.gather import Standing, declared, gather
from coercivity.data.catalogue import UNKNOWN_WORD, FactCatalogue
from coercivity.data.input import Content, Input, read_text
from coercivity.intake.cells.stated import named, stated_value
from coercivity.law.engine.decide import Deal
from coercivity.law.rules.rulebook import Rulebook

MOST_BYTES = 64 * 2**20
MOST_LINE = 2**20
MOST_COLUMNS = 500
MOST_ROWS = 100_000
MOST_FAULTS = 200
LONGEST_ID = 80
LONGEST_CELL = 2_000
NO_DEALS = ("none", "无", "不需要")  # what a company writes where an option or stock needs no transaction

ABOUT = ("id", "title", "title_zh", "on", "group", "quantity", "unit", "price", "currency", "licence")
MONEY = ("turnover_cny", "income_cny")
OWN = (*ABOUT, *MONEY, "note")
_NUMBERS = ("quantity", "price", *MONEY)
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Transaction:
    """One row of the table.

    Attributes:
        line: Line of the file.
        on: Planned date, if the row gives one.
        about: Contents of the columns that are not facts, without blanks.
        facts: Raw values by fact name, without blanks; lists for sets and for ranges of numbers.
        deal: The facts used for the decision, including declarations and screening.
    """

    id: str
    line: int
    on: Day | None
    about: Mapping[str, str]
    facts: Mapping[str, object]
    deal: Deal

    @property
    def title(self) -> str:
        """The title in English, else in Chinese, or the id if the row has none."""
        return self.about.get("title") or self.about.get("title_zh") or self.id


def read_transactions(book: Rulebook, path: Input, *, standing: Standing | None = None) -> list[Transaction]:
    """Reads the rows of a UTF-8 comma-separated table, in order.

    Every line is one row. A blank cell is unknown, whatever is declared, unless its column is blank in
    every row; `unknown` marks a fact as open. Sets are written `a;b`, an empty one `[]`, a range of numbers
    `1..2`.

    Args:
        book: The rulebook, for its facts.
        path: The table.
        standing: Compliance declarations for every row, unless it says otherwise.

    Raises:
        CoercivityError: With every error in the table: line, column, nearest names, next step.
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
        faults.add(
            "TABLE-EMPTY", "the table has a header but no rows", where=path.name, next="add one row per transaction"
        )
    _raise(faults)
    return rows


def split_lines(path: Input, faults: Faults) -> Iterator[tuple[int, list[str] | None]]:
    """Yields the cells of each non-blank line of a table with its number; None for a line that is not a row.

    Raises:
        CoercivityError: If the table is empty, too large, or holds a NUL byte.
    """
    for line, text in _lines(path):
        yield line, _split(f"{path.name}:{line}", text, faults)


def cell_value(catalogue: FactCatalogue, name: str, text: str) -> list[str] | str:
    """Parses the cell of a fact: a list for sets and ranges of numbers, otherwise the text."""
    spec = catalogue[name]
    if text == UNKNOWN_WORD:
        return text
    if spec.type == "set":
        return [] if text == "[]" else [part.strip() for part in text.split(";")]
    if spec.type in ("number", "share") and ".." in text:
        return [part.strip() for part in text.split("..")]
    return text


def _lines(path: Input) -> Iterator[tuple[int, str]]:
    """Yields the non-blank lines with their numbers; the size is checked before anything is read."""
    text = read_text(path, most_bytes=MOST_BYTES)
    name = path.name
    place = text.find("\0")
    if place >= 0:
        line = text.count("\n", 0, place) + 1
        raise CoercivityError.of(
            "TABLE-NUL",
            "the line contains a NUL byte",
            where=f"{name}:{line}",
            next="save the table as plain UTF-8 text",
        )
    start, number, held = 0, 0, 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        number += 1
        if end - start > MOST_LINE:
            raise CoercivityError.of(
                "TABLE-LINE",
                f"the line has {end - start:,} characters; the limit is {MOST_LINE:,}",
                where=f"{name}:{number}",
                next="look for a missing quotation mark or line break",
            )
        line_text = text[start:end].removesuffix("\r")
        start = end + 1
        if line_text.strip(', \t"'):
            held += 1
            yield number, line_text
    if not held:
        raise CoercivityError.of("FILE-EMPTY", "the table is empty", where=name, next="begin with a header line")


def _split(where: str, text: str, faults: Faults) -> list[str] | None:
    if "\r" in text:
        faults.add(
            "TABLE-FORM",
            "the line contains a bare carriage return",
            where=where,
            next="save the file with Unix or Windows line endings",
        )
        return None
    try:
        return next(csv.reader([text], strict=True))
    except csv.Error as error:
        what = "a quoted cell is not closed on its line" if "end of data" in str(error) else f"not a valid row: {error}"
        faults.add("TABLE-FORM", what, where=where, next='double a quotation mark inside a quoted cell: ""')
        return None


def _header(catalogue: FactCatalogue, where: str, text: str, faults: Faults) -> list[str]:
    written = [cell.strip() for cell in _split(where, text, faults) or []]
    _raise(faults)
    names = [name if name in OWN else named(catalogue, name, where, faults) or name for name in written]
    if len(names) > MOST_COLUMNS:
        faults.add("TABLE-COLUMNS", f"{len(names):,} columns; the limit is {MOST_COLUMNS}", where=where)
        _raise(faults)
    known = [*OWN, *catalogue]
    for place, name in enumerate(names, 1):
        at = f"{where}, column {place}"
        if name in OWN or name in catalogue:
            if names.index(name) != place - 1:
                also = f" (as {brief_value(written[place - 1])!r})" if written[place - 1] != name else ""
                faults.add("COLUMN-TWICE", f"duplicate column {name!r}{also}", where=at, next="keep one of them")
        elif not name:
            faults.add("COLUMN-BLANK", "the column has no name", where=at, next="name it, or remove it")
        else:
            close = tuple(dict.fromkeys((*nearest(name[:80], known), *catalogue.nearest(name[:80]))))[:3]
            faults.add(
                "COLUMN-UNKNOWN",
                f"{brief_value(name)!r} is not a fact or another column of the table",
                where=at,
                nearest=close,
                next="run `coercivity facts` for the facts; other columns are " + ", ".join(OWN),
            )
    if "id" not in names:
        faults.add(
            "COLUMN-MISSING",
            "column 'id' not found",
            where=where,
            next="add a column id with a different value in each row",
        )
    return names


def _cells(where: str, text: str, columns: list[str], faults: Faults) -> dict[str, str] | None:
    cells = _split(where, text, faults)
    if cells is None:
        return None
    if len(cells) != len(columns):
        faults.add(
            "ROW-CELLS",
            f"the row has {len(cells)} cells, the header has {len(columns)}",
            where=where,
            next="put quotation marks around a cell that contains a comma",
        )
        return None
    return {name: cell.strip() for name, cell in zip(columns, cells, strict=True) if cell.strip()}


def _filled(columns: list[str], texts: Sequence[str]) -> set[str]:
    """Returns the columns that are filled in some row; errors of a row are reported when it is read."""
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
    """Reads one row; it answers itself the declarations that have a filled column."""
    row_id = cells.get("id", "")
    where = f"{name}:{line}, {brief_value(row_id)}" if row_id else f"{name}:{line}"
    _id(row_id, where, line, seen, faults)
    for column, text in cells.items():
        _readable(column, text, f"{where}, column {column}", faults)
    about = {column: text for column, text in cells.items() if column in OWN}
    _about(about, where, faults)
    known = book.catalogue
    said = {fact: cell_value(known, fact, text) for fact, text in cells.items() if fact in known}
    facts = {fact: stated_value(known, fact, raw) for fact, raw in said.items()}
    block, filled = standing
    facts |= dict.fromkeys(sorted(filled - facts.keys()), UNKNOWN_WORD)
    day = _day(about.get("on"), where, faults)
    deal = gather(book, facts, standing=block, where=where, on=day, faults=faults)
    return Transaction(row_id, line, day, about, facts, deal)


def _id(row_id: str, where: str, line: int, seen: dict[str, int], faults: Faults) -> None:
    if not row_id:
        faults.add("ROW-ID", "the row has no id", where=where, next="give every row a unique id")
    elif row_id in seen:
        what = f"duplicate id {brief_value(row_id)!r}, first used on line {seen[row_id]}"
        faults.add("ROW-ID", what, where=where, next="give every row a unique id")
    elif row_id.casefold() in NO_DEALS:
        what = f"the id {brief_value(row_id)!r} is reserved: in deals it states that no transaction is needed"
        faults.add("ROW-ID", what, where=where, next="choose another id")
    elif len(row_id) > LONGEST_ID:
        faults.add("ROW-ID", f"the id is longer than {LONGEST_ID} characters", where=where)
    seen.setdefault(row_id, line)


def _readable(column: str, text: str, where: str, faults: Faults) -> None:
    """Rejects text that would not display as stored: control characters and marks that change the text direction."""
    if len(text) > LONGEST_CELL:
        faults.add("CELL-LENGTH", f"{len(text):,} characters; the limit is {LONGEST_CELL:,}", where=where)
    elif any(unicodedata.category(sign) in ("Cc", "Cs") or sign in _REORDERING for sign in text):
        faults.add("CELL-TEXT", f"{column} contains a control character", where=where, next="type the text again")


def _about(about: Mapping[str, str], where: str, faults: Faults) -> None:
    for column in _NUMBERS:
        text = about.get(column)
        if text is None:
            continue
        try:
            if parse_exact(text) < 0:
                raise ValueError("must not be negative")
        except ValueError as error:
            at = f"{where}, column {column}"
            faults.add(
                "CELL-NUMBER",
                f"{brief_value(text)!r}: {error}",
                where=at,
                next="write digits with a decimal point: 1200.50",
            )
    currency = about.get("currency")
    if currency is not None and not (len(currency) == 3 and currency.isascii() and currency.isupper()):
        at = f"{where}, column currency"
        faults.add(
            "CELL-CURRENCY", f"{brief_value(currency)!r} is not a known currency", where=at, next="write EUR, USD, CNY"
        )


def _day(text: str | None, where: str, faults: Faults) -> Day | None:
    if text is None or text == UNKNOWN_WORD:
        return None
    try:
        return parse_day(text)
    except ValueError as error:
        close = (UNKNOWN_WORD,) if text.casefold() == UNKNOWN_WORD else ()
        faults.add("DATE", str(error), where=f"{where}, column on", nearest=close, next="write the date as YYYY-MM-DD")
        return None


def _sound(book: Rulebook, standing: Standing, name: str, faults: Faults) -> Standing:
    """Checks the compliance declarations once, so that an error in them is not reported for every row."""
    before = len(faults.items)
    standing = declared(book.catalogue, standing, f"{name}, standing", Faults())
    gather(book, {}, standing=standing, where=f"{name}, standing", faults=faults)
    return standing if len(faults.items) == before else Standing()


def _raise(faults: Faults) -> None:
    """Raises the collected errors; of very many, the first ones and the number of the rest."""
    if len(faults.items) > MOST_FAULTS:
        more = len(faults.items) - MOST_FAULTS
        faults.items[MOST_FAULTS:] = [
            Fault("FAULTS-MORE", f"{more:,} more errors are not shown", next="correct these first")
        ]
    faults.raise_if_any()
