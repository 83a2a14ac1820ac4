"""The descriptor of a data package: what each table and column holds, in the words of the Frictionless standards.

Beside the properties of the standards it has `title_zh` (Chinese title), `unit` (unit of every cell), `unit_field`
(column that states the unit of the row) and `separator` (between the entries of a list in one cell).

It follows the standards Data Package 1.0 and Table Schema 1.0 of Frictionless Data.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Constraints(TypedDict):
    """What a cell must be."""

    required: NotRequired[bool]
    unique: NotRequired[bool]
    minimum: NotRequired[float | int]
    maximum: NotRequired[float | int]
    enum: NotRequired[list[str]]
    pattern: NotRequired[str]


class Field(TypedDict):
    """A column."""

    name: str
    type: Literal["string", "integer", "number", "boolean", "date"]
    title: str
    title_zh: str
    description: str
    format: NotRequired[str]
    trueValues: NotRequired[list[str]]
    falseValues: NotRequired[list[str]]
    unit: NotRequired[str]
    unit_field: NotRequired[str]
    separator: NotRequired[str]
    constraints: NotRequired[Constraints]


class Reference(TypedDict):
    """The column of another table that a foreign key points to; the table itself has an empty name."""

    resource: str
    fields: list[str]


class ForeignKey(TypedDict):
    """A column whose cells are found in another one."""

    fields: list[str]
    reference: Reference


class TableSchema(TypedDict):
    """The columns of a table and its keys."""

    fields: list[Field]
    missingValues: list[str]
    primaryKey: NotRequired[list[str]]
    foreignKeys: NotRequired[list[ForeignKey]]


class Licence(TypedDict):
    """A licence by its SPDX id."""

    name: str
    title: str
    path: str


class Source(TypedDict):
    """A source; without an address it is a mark such as ASSUMED."""

    title: str
    path: NotRequired[str]


class Resource(TypedDict):
    """A table."""

    name: str
    path: str
    profile: str
    title: str
    title_zh: str
    description: str
    format: str
    mediatype: str
    encoding: str
    bytes: int
    hash: str
    schema: TableSchema
    licenses: list[Licence]
    sources: NotRequired[list[Source]]


class PackTold(TypedDict):
    """A pack by its version and hash."""

    name: str
    version: str
    hash: str
    description: str


class Package(TypedDict):
    """All tables."""

    profile: str
    name: str
    title: str
    title_zh: str
    description: str
    version: str
    licenses: list[Licence]
    packs: list[PackTold]
    resources: list[Resource]
