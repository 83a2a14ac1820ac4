"""Ownership as a table: one stake in each row, with headers in English or Chinese."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence

from coercivity.base.errors import CoercivityError, Faults, nearest
from coercivity.data.parties.ownership import OwnershipGraph
from coercivity.intake.ownership.draft import Draft, RawStake
from coercivity.intake.ownership.shares import Unit

MOST_ROWS, MOST_CELL, MOST_COLUMNS = 100_000, 4_000, 100
_DELIMITERS = ",;\t|"
_HEADERS = {
    "owner": "owner|owner name|holder|shareholder|shareholder name|parent|investor|"
    "股东|股东名称|持有人|所有人|投资方|母公司",
    "owned": "owned|owned name|company|company name|subsidiary|asset|target|investee|entity|"
    "被投资企业|被持股方|公司|公司名称|企业|企业名称|子公司|标的公司",
    "share": "share|stake|holding|shareholding|ownership|ownership share|interest|持股比例|股权比例|出资比例|份额|比例",
    "percent": "percent|percentage|pct|share percent|ownership percent|share pct|持股百分比|百分比",
    "from": "from|since|start|start date|from date|valid from|acquired on|起|开始日期|起始日期|持股开始",
    "to": "to|end|end date|to date|valid to|sold on|止|结束日期|终止日期|持股结束",
    "kind": "kind|type|stake kind|ownership type|类型|性质|持股类型",
    "list": "list|lists|listed|owner list|owner lists|list name|名单|股东所在名单|列入名单",
    "list_from": "list from|listed from|listed on|listing date|列入日期",
    "list_to": "list to|listed to|delisted on|移出日期",
    "owner_country": "owner country|country of owner|股东国家|股东所在国",
    "owned_country": "owned country|company country|country of company|country|国家|公司国家",
    "note": "note|notes|source|remark|remarks|comment|id|备注|来源|编号",
}
_BY_HEADER = {word: column for column, words in _HEADERS.items() for word in words.split("|")}


def read_table(text: str, name: str, sha256: str, faults: Faults) -> OwnershipGraph:
    """Returns the graph of a table; all faults are added.

    Args:
        text: Content, separated by commas, semicolons, tabs or bars.
        name: The file, for messages.
        sha256: Hash of the file.
        faults: Receives every fault.
    """
    draft = Draft(faults)
    rows = _rows(text, name)
    headers = next(rows, (1, []))[1]
    columns, unit = _columns(headers, draft, name)
    if columns is not None:
        share = headers[columns["share"]].strip()
        for number, cells in rows:
            if any(cell.strip() for cell in cells):
                at = f"{name}, row {number}, column {share}"
                _read_row(
                    {column: cells[i] for column, i in columns.items() if i < len(cells)}, unit, draft, number, at
                )
    return draft.graph(sha256)


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    head = text.lstrip().split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text.lstrip("\n\r"), newline=""), delimiter=delimiter, strict=True)
    try:
        for count, cells in enumerate(reader):
            if count > MOST_ROWS:
                what = f"the table has more than {MOST_ROWS:,} rows"
                raise CoercivityError.of("OWNERSHIP-SIZE", what, where=name, next="split the file")
            yield reader.line_num, cells
    except csv.Error:
        what, step = "the table is not valid CSV from here on", "check the quotation marks, or save it again as CSV"
        raise CoercivityError.of("OWNERSHIP-FORM", what, where=f"{name}:{reader.line_num}", next=step) from None


def _columns(headers: Sequence[str], draft: Draft, name: str) -> tuple[dict[str, int] | None, Unit]:
    found: dict[str, int] = {}
    unit: Unit = "fraction"
    for place, header in enumerate(headers[:MOST_COLUMNS]):
        column, percent = _column(header)
        if column is None:
            if header.strip():
                close = nearest(header.strip().casefold(), _BY_HEADER)
                what = f"column {header.strip()[:40]!r} is not one of an ownership table"
                draft.faults.add("OWNERSHIP-COLUMN", what, where=name, nearest=close, next="rename it, or leave it out")
        elif column in found:
            draft.fault("OWNERSHIP-COLUMN", f"two columns are {column}", name, "keep one of them")
        else:
            found[column] = place
            unit = "percent" if percent else unit
    for column in ("owner", "owned", "share"):
        if column not in found:
            what = f"there is no column {column}"
            draft.fault("OWNERSHIP-COLUMN", what, name, "the table needs the columns owner, owned and share or percent")
    return (found if {"owner", "owned", "share"} <= set(found) else None), unit


def _column(header: str) -> tuple[str | None, bool]:
    """Returns the column of a header, and whether its unit is percent."""
    word = " ".join(unicodedata.normalize("NFKC", header).casefold().replace("_", " ").split())
    bare = " ".join(word.replace("(%)", " ").replace("[%]", " ").replace("%", " ").split())
    column = _BY_HEADER.get(bare) if bare else None
    if column is None and word == "%":
        column = "percent"
    if column == "percent":
        return "share", True
    return column, column == "share" and bare != word


def _read_row(cells: dict[str, str], unit: Unit, draft: Draft, number: int, share_at: str) -> None:
    where = f"row {number}"
    long = [column for column, cell in cells.items() if len(cell) > MOST_CELL]
    if long:
        what = f"the cell has more than {MOST_CELL:,} characters"
        draft.fault("OWNERSHIP-SIZE", what, f"{where}, column {long[0]}", "write one company in a cell")
        return
    at = {column: cells.get(column, "").strip() for column in _HEADERS}
    if not any(at[column] for column in ("owner", "owned", "share")):
        return
    stake = RawStake(at["owner"], at["owned"], at["share"], at["kind"], at["from"], at["to"], unit, where, share_at)
    draft.stake(stake)
    if at["list"] and (owner := draft.owner_of(at["owner"])):
        texts = [text for text in at["list"].replace("；", ";").split(";") if text.strip()]
        draft.listed(owner, [(text, at["list_from"], at["list_to"]) for text in texts], where)
    for column in ("owner", "owned"):
        country = at[f"{column}_country"].upper()
        if country and (entity := draft.owner_of(at[column])):
            draft.countries[entity] = country
