"""What may be sent to the interface, as models that name every fault with its place."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import ErrorDetails

from coercivity.base.errors import Fault
from coercivity.base.json_types import Json

MOST_TEXT, MOST_FACTS, MOST_LIST = 2_000, 200, 200
MOST_ANSWERS = 600  # deals times days that are answered while the sender waits
MOST_FAULTS = 20
Text = Annotated[str, StringConstraints(max_length=MOST_TEXT)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
DayText = Annotated[str, StringConstraints(max_length=20)]
MonthText = Annotated[str, StringConstraints(max_length=10)]
Scalar = Text | bool | Annotated[Decimal, Field(allow_inf_nan=False)]


def raw(value: Scalar | list[Scalar]) -> str | list[str]:
    """Returns a value that was sent as a file would hold it: text, or a list of texts."""
    return list(map(_text, value)) if isinstance(value, list) else _text(value)


def _text(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else value


# Held as text from the first reading on, so that a number is the same number however often it is read.
FactText = Annotated[Scalar | Annotated[list[Scalar], Field(max_length=MOST_LIST)], AfterValidator(raw)]
FactMap = Annotated[dict[Name, FactText], Field(max_length=MOST_FACTS)]


class Sent(BaseModel):
    """Content of a request; a name that is not known is a fault."""

    model_config = ConfigDict(extra="forbid")


class StandingSent(Sent):
    """Answers that hold unless the deal says otherwise."""

    said_by: Text = ""
    facts: FactMap = {}
    lists: Annotated[list[Name], Field(max_length=20)] = []
    version: Text = ""


class DealSent(Sent):
    """One deal: facts by name, or words as in a row of a table, or both."""

    id: Annotated[str, StringConstraints(max_length=200)] = "deal"
    facts: FactMap = {}
    cells: Annotated[dict[Name, Text], Field(max_length=MOST_FACTS)] = {}
    on: DayText | None = None
    known: DayText | None = None
    assume: Text | None = None
    standing: StandingSent = StandingSent()


class OutlookSent(Sent):
    """What an outlook is asked of."""

    scenario: Name = "as-known"
    scenario_b: Name | None = None
    first: Annotated[MonthText, Field(alias="from")]
    last: Annotated[MonthText, Field(alias="to")]
    known: DayText | None = None


class ClausePriceSent(Sent):
    """What the price of a clause is asked of."""

    clause: Name
    scenario: Name = "as-known"
    first: Annotated[MonthText, Field(alias="from")]
    last: Annotated[MonthText, Field(alias="to")]


class CaseAsked(Sent):
    """A case folder, by the name of an example, of a folder opened to the server, or of an upload."""

    case: Name
    on: DayText
    known: DayText | None = None
    assume: Text | None = None


class BriefAsked(CaseAsked):
    """What a brief is asked of."""

    supply: bool = True


def raw_facts(facts: FactMap) -> dict[str, str | list[str]]:
    """Returns facts that were sent as a file would hold them."""
    return {name: raw(value) for name, value in facts.items()}


def asked_of(sent: Sent) -> dict[str, Json]:
    """Returns what was sent as plain data, by its names outside, without what was left out."""
    return sent.model_dump(by_alias=True, exclude_none=True)


def faults_of_validation(errors: Iterable[ErrorDetails], where: str) -> tuple[Fault, ...]:
    """Returns faults with their places, at most twenty of them.

    Args:
        errors: Errors as pydantic tells them.
        where: Part of the request, such as `body`.
    """
    found: dict[tuple[str, str], Fault] = {}
    for error in errors:
        # The branches of a union are told apart by words of the model's own, which say nothing to a sender.
        path = [str(part)[:60] for part in error.get("loc", ()) if not _is_branch(part)]
        place = ".".join(filter(None, (where, *path)))
        text = str(error.get("msg", "it has another form"))[:200]
        found.setdefault((place, text), Fault("HTTP-FORM", text, place, next="see /api/openapi.json"))
    return tuple(found.values())[:MOST_FAULTS] or (Fault("HTTP-FORM", "it has another form", where),)


def _is_branch(part: object) -> bool:
    return isinstance(part, str) and (part in ("str", "bool", "decimal") or "[" in part)
