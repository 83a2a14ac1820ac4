"""Tables of the packs as CSV files with the description of their columns."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator

from coercivity.data.cells import NUMERIC
from coercivity.data.columns import ColumnSpec, Schema
from coercivity.data.packs import Pack
from coercivity.data.tables import Table
from coercivity.papers.data_package.descriptor import (
    Constraints,
    Field,
    ForeignKey,
    Licence,
    Resource,
    Source,
    TableSchema,
)
from coercivity.papers.shared.words import paper_words

CC_BY: Licence = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_SOURCES, _SELF = "sources", ""
_SEPARATORS = {"choices": ";", "refs": ";", "sources": ";", "parts": "+"}
_PERIOD = r"\d{4}(-(Q[1-4]|H[12]|\d{2}(-\d{2})?))?(\.\.\d{4}(-(Q[1-4]|H[12]|\d{2}(-\d{2})?))?)?"


def resource_name(pack: str, table: str) -> str:
    """Returns the name of a table in the package, such as `world-prices`."""
    return f"{pack}-{table.replace('_', '-')}"


def table_path(pack: str, table: str) -> str:
    """Returns the path of the CSV file of a table, such as `world/prices.csv`."""
    return f"{pack}/{table}.csv"


def table_bytes(table: Table) -> bytes:
    """Returns a table as a CSV file with its cells as written: UTF-8, comma, a line feed after each row.

    Args:
        table: The table.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.schema.names)
    writer.writerows(table.texts)
    return out.getvalue().encode()


def resource(pack: Pack, name: str, content: bytes) -> Resource:
    """Returns the description of a table.

    Args:
        pack: Pack of the table.
        name: Its name.
        content: Its file.
    """
    rules, table = pack.rules[name], pack.tables[name]
    found: Resource = {
        "name": resource_name(pack.name, name),
        "path": table_path(pack.name, name),
        "profile": "tabular-data-resource",
        "title": rules.title,
        "title_zh": paper_words("data_tables", "tables").get(f"{pack.name}/{name}", {}).get("zh", ""),
        "description": rules.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": _schema(pack, table),
        "licenses": [CC_BY],
    }
    if told := list(_sources(pack, table)):
        found["sources"] = told
    return found


def _schema(pack: Pack, table: Table) -> TableSchema:
    schema = table.schema
    found: TableSchema = {"fields": [_field(column, schema, pack) for column in schema.columns], "missingValues": [""]}
    if schema.key:
        found["primaryKey"] = list(schema.key)
    if keys := list(_foreign_keys(pack, table)):
        found["foreignKeys"] = keys
    return found


def _field(column: ColumnSpec, schema: Schema, pack: Pack) -> Field:
    words = paper_words("data_tables", "columns").get(column.name, {})
    found: Field = {
        "name": column.name,
        "type": "string",
        "title": column.name,
        "title_zh": words.get("zh", ""),
        "description": column.meaning,
    }
    if column.type == "integer":
        found["type"] = "integer"
    elif column.type in NUMERIC:
        found["type"] = "number"
    elif column.type == "flag":
        found |= {"type": "boolean", "trueValues": ["1"], "falseValues": ["0"]}
    elif column.type == "day":
        found |= {"type": "date", "format": "default"}
    elif column.type == "url":
        found["format"] = "uri"
    if column.type in _SEPARATORS:
        found["separator"] = _SEPARATORS[column.type]
    if column.unit == "row":
        found["unit_field"] = next(other.name for other in schema.columns if other.type == "unit")
    elif column.unit:
        found["unit"] = column.unit
    if limits := _constraints(column, schema, pack):
        found["constraints"] = limits
    return found


def _constraints(column: ColumnSpec, schema: Schema, pack: Pack) -> Constraints:
    found: Constraints = {}
    if column.required:
        found["required"] = True
    if schema.key == (column.name,):
        found["unique"] = True
    if column.type in NUMERIC and column.least is not None:
        found["minimum"] = _whole(column.least)
    if column.type in NUMERIC and column.most is not None:
        found["maximum"] = _whole(column.most)
    if column.type == "choice" and column.allowed:
        found["enum"] = list(column.allowed)
    elif column.type == "unit":
        found["enum"] = list(column.allowed) or sorted(pack.units)
    elif column.type == "period":
        found["pattern"] = _PERIOD
    if found.get("enum") == []:
        del found["enum"]
    return found


def _whole(limit: float) -> float | int:
    return int(limit) if limit.is_integer() else limit


def _foreign_keys(pack: Pack, table: Table) -> Iterator[ForeignKey]:
    """Yields the columns that name a row of a table of the pack, one in each cell."""
    for column in table.schema.columns:
        if column.type == "source":
            yield _key(pack, table.name, column.name, f"{_SOURCES}.id")
        elif column.type == "ref" and column.allowed:
            yield _key(pack, table.name, column.name, column.allowed[0])
    for rule in pack.rules[table.name].refs:
        yield _key(pack, table.name, rule.column, rule.to)


def _key(pack: Pack, table: str, column: str, to: str) -> ForeignKey:
    other, _, field = to.partition(".")
    name = _SELF if other == table else resource_name(pack.name, other)
    return {"fields": [column], "reference": {"resource": name, "fields": [field]}}


def _sources(pack: Pack, table: Table) -> Iterator[Source]:
    """Yields the sources that rows of the table cite, in the order of the table of sources."""
    columns = [column.name for column in table.schema.columns if column.type in ("source", "sources")]
    cited = {name for column in columns for cell in table.text(column) for name in cell.split(";")}
    for row in pack.tables[_SOURCES].rows if _SOURCES in pack.rules else ():
        if row["id"] in cited:
            title = ": ".join(str(row[part]) for part in ("publisher", "title") if row[part])
            found: Source = {"title": f"{row['id']} {title}".strip()}
            if row["url"]:
                found["path"] = str(row["url"])
            yield found
