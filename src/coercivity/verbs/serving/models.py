"""Request models of the API, which report every fault with its place."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints
from pydantic_core import ErrorDetails

from coercivity.base.errors import Fault
from coercivity.base.json_types import Json
from coercivity.data.input import Content
from coercivity.intake.words.read import LONGEST_TEXT
from coercivity.practice.desk import ELEMENTS
from coercivity.verbs import GeneralLicences
from coercivity.verbs.draws_offered import MOST_DRAWS

MOST_TEXT, MOST_FACTS, MOST_LIST = 2_000, 200, 200
MOST_VOUCHES = 8
MOST_LISTS, MOST_FILE_TEXT = 8, 2**20
MOST_SCENARIO = 2**16
MOST_ANSWERS = 600  # deals times dates that are decided within one request
MOST_FAULTS = 20
_ELEMENTS = ", ".join(ELEMENTS)
Text = Annotated[str, StringConstraints(max_length=MOST_TEXT)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=100)]
DayText = Annotated[str, StringConstraints(max_length=20)]
MonthText = Annotated[str, StringConstraints(max_length=10)]
# Strict, or the numbers 0 and 1 would be read as no and yes.
Scalar = Text | StrictBool | Annotated[Decimal, Field(allow_inf_nan=False)]


def raw(value: Scalar | list[Scalar]) -> str | list[str]:
    """Returns a value as a file would contain it: text, or a list of texts."""
    return list(map(_text, value)) if isinstance(value, list) else _text(value)


def _text(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else value


# Kept as text, so that a number does not change however often it is read.
FactText = Annotated[Scalar | Annotated[list[Scalar], Field(max_length=MOST_LIST)], AfterValidator(raw)]
FactMap = Annotated[dict[Name, FactText], Field(max_length=MOST_FACTS)]


class Sent(BaseModel):
    """Content of a request; unknown names are faults."""

    model_config = ConfigDict(extra="forbid")


class StandingSent(Sent):
    """Compliance declarations, which apply unless the deal states otherwise."""

    said_by: Text = ""
    said_on: Text = ""
    facts: FactMap = {}
    lists: Annotated[list[Name], Field(max_length=20)] = []
    version: Text = ""


class VouchSent(Sent):
    """A statement that a person looked for newer notices and found none; it extends the dates for PROCEED only."""

    through: DayText
    by: Text
    signed_on: DayText
    note: Text


Vouches = Annotated[
    list[VouchSent],
    Field(max_length=MOST_VOUCHES, description="Who looked for newer notices, how far, when and where, and found none"),
]


class FileSent(Sent):
    """A small file as text; a larger one is given to the server when it is started."""

    name: Name
    text: Annotated[str, StringConstraints(min_length=1, max_length=MOST_FILE_TEXT)]

    @property
    def content(self) -> Content:
        """The file as its reader takes it."""
        return Content.of(self.name, self.text)


class FilesSent(Sent):
    """Files for the screening of parties, beside those of the server."""

    lists: Annotated[
        list[FileSent],
        Field(max_length=MOST_LISTS, description="Lists of parties of your own: whoever may be on one is a question"),
    ] = []
    judgements: Annotated[str, Field(max_length=MOST_FILE_TEXT, description="Judgements about names, JSON lines")] = ""
    ownership: Annotated[FileSent | None, Field(description="Who owns whom")] = None


_JURISDICTION = (
    "Whose law, such as `CN,US,EU`; China if it is left out. With another one the response has an answer for each, "
    "the most restrictive first."
)
_STEPS = "Where each step of the chain was done, for other jurisdictions: step, country, share, by, evidence, on."
_PAPERS = (
    "Documents of the lots of the deal: lot, kind, end_use and more. Two documents of one lot that name different end "
    "uses are refused."
)
_TEXT = (
    f"The deal in words, at most {LONGEST_TEXT:,} characters. The response then has each deal of the text and the "
    "facts read. `cells` and `facts` add further facts, such as `from` and `to`."
)


_DRAWS = (
    f"Draws of every scenario from the ranges of its assumptions: a power of two, at most {MOST_DRAWS}. The result "
    "then has ranges, chances, and the assumptions that matter most. A draw of 36 months takes about 12 s on one core."
)


_PRICE_DRAWS = (
    f"Draws of all legal scenarios together, a power of two of at least 2 in each, at most {MOST_DRAWS}; each is run "
    "with the clause and without it. By default those made before are shown."
)
_SCRAMBLE = "Number of the design of the draws; another one gives an independent replicate"


class DealSent(FilesSent):
    """One deal: words, facts by name, or cells as in a row of a table; words can describe several deals."""

    id: Annotated[str, StringConstraints(max_length=200)] = "deal"
    text: Annotated[str, Field(description=_TEXT)] = ""
    facts: FactMap = {}
    cells: Annotated[dict[Name, Text], Field(max_length=MOST_FACTS)] = {}
    on: DayText | None = None
    known: DayText | None = None
    assume: Text | None = None
    jurisdiction: Annotated[str, StringConstraints(max_length=200), Field(description=_JURISDICTION)] = ""
    steps: Annotated[list[FactMap], Field(max_length=MOST_FACTS, description=_STEPS)] = []
    papers: Annotated[list[FactMap], Field(max_length=MOST_FACTS, description=_PAPERS)] = []
    standing: StandingSent = StandingSent()
    vouches: Vouches = []


class ScenarioSent(Sent):
    """A scenario file as text, to be saved."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=MOST_SCENARIO)]


class OutlookSent(Sent):
    """Scenarios and months of a model run."""

    scenario: Name = "as-known"
    scenario_b: Name | None = None
    first: Annotated[MonthText, Field(alias="from")]
    last: Annotated[MonthText, Field(alias="to")]
    known: DayText | None = None
    desk_without: Annotated[
        list[Name],
        Field(max_length=len(ELEMENTS), description=f"Elements of the licensing desk to switch off: {_ELEMENTS}"),
    ] = []
    draws: Annotated[StrictInt | None, Field(description=_DRAWS)] = None
    scramble: Annotated[StrictInt, Field(description=_SCRAMBLE)] = 0


class ClausePriceSent(Sent):
    """Clause, scenario and months for the cost of a clause; with general licences, without them, or both."""

    clause: Name
    scenario: Name = "as-known"
    first: Annotated[MonthText, Field(alias="from")]
    last: Annotated[MonthText, Field(alias="to")]
    general_licences: GeneralLicences = "with"
    draws: Annotated[StrictInt | None, Field(description=_PRICE_DRAWS)] = None
    scramble: Annotated[StrictInt, Field(description=_SCRAMBLE)] = 0


class DeskCheckSent(Sent):
    """Scenario, months and queues for the comparison of the licensing desk with reports."""

    scenario: Name = "as-known"
    first: Annotated[MonthText, Field(alias="from")]
    last: Annotated[MonthText, Field(alias="to")]
    known: DayText | None = None
    form: Annotated[Name, Field(description="Form of the goods, or any")] = "any"
    destination: Annotated[
        Name, Field(description="Two-letter code or a group such as EU; every destination by default")
    ] = "ALL"
    user: Annotated[Name, Field(description="civil, military, or any")] = "any"
    desk_without: Annotated[
        list[Name],
        Field(max_length=len(ELEMENTS), description=f"Elements of the licensing desk to switch off: {_ELEMENTS}"),
    ] = []

    @property
    def queues(self) -> tuple[str, str, str]:
        """Form, destination and user."""
        return self.form, self.destination, self.user


class CaseAsked(FilesSent):
    """A case folder: an example, a folder given when the server was started, or the id of an upload."""

    case: Name
    on: DayText
    known: DayText | None = None
    assume: Text | None = None
    vouches: Vouches = []


class BriefAsked(CaseAsked):
    """A case folder for a report; `supply` includes the market model."""

    supply: bool = True


# If empty, so that a request without them keeps its id.
_LEFT_OUT = ("vouches", "lists", "judgements", "desk_without", "scramble")


def raw_facts(facts: FactMap) -> dict[str, str | list[str]]:
    """Returns facts as a file would contain them."""
    return {name: raw(value) for name, value in facts.items()}


def asked_of(sent: Sent) -> dict[str, Json]:
    """Returns a request as plain data by its public names, without the parts left out."""
    found: dict[str, Json] = sent.model_dump(by_alias=True, exclude_none=True)
    return {name: value for name, value in found.items() if name not in _LEFT_OUT or value}


def faults_of_validation(errors: Iterable[ErrorDetails], where: str) -> tuple[Fault, ...]:
    """Returns at most twenty faults with their places.

    Args:
        errors: Errors from pydantic.
        where: Part of the request, such as `body`.
    """
    found: dict[tuple[str, str], Fault] = {}
    for error in errors:
        # Pydantic names the members of a union in its own words, which mean nothing to a sender.
        path = [str(part)[:60] for part in error.get("loc", ()) if not _is_branch(part)]
        place = ".".join(filter(None, (where, *path)))
        text = str(error.get("msg", "not valid"))[:200]
        found.setdefault((place, text), Fault("HTTP-FORM", text, place, next="see /api/openapi.json"))
    return tuple(found.values())[:MOST_FAULTS] or (Fault("HTTP-FORM", "the content is not valid", where),)


def _is_branch(part: object) -> bool:
    return isinstance(part, str) and (part in ("str", "bool", "decimal") or "[" in part)
