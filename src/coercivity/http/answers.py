"""The answers of `POST /api/decide` as models, for the description of the API.

An answer is written by the verbs themselves; a test holds these models to the data that they write.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

OutcomeWord = Literal["PROCEED", "LICENCE", "STOP", "UNKNOWN"]
InLanguages = Annotated[dict[str, str], Field(description="The text by language: `en`, `zh`")]


class Told(BaseModel):
    """A part of an answer; there are no other fields. A field without a value is left out."""

    model_config = ConfigDict(extra="forbid")


class EventTold(Told):
    """An event of a clause: its type, its dates, and the act that caused it."""

    type: str
    by: str
    published: str = ""
    effective: str = ""
    ends: str = ""
    ends_inclusive: bool = False


class StatusTold(Told):
    """The status of a clause on the transaction date."""

    status: str
    event: EventTold | None = None
    starts: str = ""
    until: str = ""
    other_reading: str = ""
    branches: dict[str, str] = {}
    announced: EventTold | None = None
    statements: list[EventTold] = []


class StepTold(Told):
    """One clause in the audit trail: what it says of the deal, and its role in the result."""

    instrument: str
    provision: str
    ref: str
    effect: str
    ceiling: str = ""
    remains: str = ""
    basis: str = ""
    match: str
    role: str
    status: StatusTold
    item: dict[str, JsonValue] = {}
    when: dict[str, JsonValue] = {}
    bears_on: dict[str, str] = {}
    taken_out_by: list[str] = []
    unless: list[str] = []


class BranchTold(Told):
    """The result under one legal scenario."""

    finding: str
    outcome: OutcomeWord
    bites: list[str]
    picks: dict[str, str] = {}
    perhaps_suspended: list[str] = []
    suspended: list[str] = []


class FactTold(Told):
    """A fact with its source."""

    fact: str
    value: JsonValue
    said_by: str


class PackTold(Told):
    """The rulebook; its jurisdiction if only the instruments of one were used."""

    version: str
    hash: str
    jurisdiction: str = ""


class ListHeldTold(Told):
    """How complete a built-in party list is, and as of which day."""

    completeness: str
    as_of: str


class ListsTold(Told):
    """The restricted-party lists: the built-in ones, and what a person searched, when and in which version."""

    held: dict[str, ListHeldTold]
    searched: dict[str, str]
    packed: str
    search: dict[str, str] = {}


class ScreenedTold(Told):
    """The names of a deal and the lists that they were compared with."""

    names: list[dict[str, JsonValue]]
    lists: list[dict[str, JsonValue]]


class VouchTold(Told):
    """A person's statement to have looked for newer notices."""

    by: str
    note: str
    signed_on: str
    through: str


class ProofTold(Told):
    """The audit trail, for `POST /api/proof/verify`; `hash` is the decision hash."""

    schema_: Annotated[str, Field(alias="schema")]
    engine: str
    pack: PackTold
    on: str
    known: str
    assume: dict[str, str]
    verified_through: str
    instruments_used: list[str]
    lists: ListsTold
    facts: list[FactTold]
    missing: list[str]
    open_standing: list[str]
    steps: list[StepTold]
    branches: list[BranchTold]
    finding: str
    outcome: OutcomeWord
    interval: list[str]
    unverified: bool
    screened: ScreenedTold | None = None
    unread: list[str] = []
    names: list[dict[str, JsonValue]] = []
    vouches: list[VouchTold] = []
    may_become: str = ""
    ruling: str
    hash: str


class ReasonTold(Told):
    """Why a result is undetermined."""

    kind: str
    names: list[str]
    lists: list[str] = []
    day: str = ""


class WayOutTold(Told):
    """The result under one legal scenario, if a legal status is unconfirmed."""

    if_: Annotated[dict[str, str], Field(alias="if")]
    outcome: str
    finding: str = ""


class WhyUnknownTold(Told):
    """One of the three kinds of UNKNOWN: facts missing, law unconfirmed, or not checked since."""

    cause: Literal["facts", "law", "check"]
    head: InLanguages
    names: list[str]
    text: InLanguages
    next: InLanguages
    branches: list[WayOutTold] = []


class DisagreementTold(Told):
    """A statement of an order, a label or a supplier that contradicts the facts used."""

    by: str
    fact: str
    value: JsonValue
    against: dict[str, JsonValue]


class LotTold(Told):
    """What the documents of a lot show; `holds` if the result stays open until it is settled."""

    kind: str
    lot: str
    said: list[tuple[str, str]]
    holds: bool
    text: dict[str, str]
    ask: dict[str, str]


class OtherReadingTold(Told):
    """The result if the last day of a suspension is not counted."""

    outcome: OutcomeWord
    finding: str


class FieldTold(Told):
    """A fact that a question asks for; `hints` are what the words of the deal suggest."""

    fact: str
    text: InLanguages
    help: InLanguages
    values: dict[str, InLanguages]
    hints: list[InLanguages]
    ask_whom: InLanguages


class ChoiceTold(Told):
    """A plain answer to a question, and the facts that it states."""

    id: str
    label: InLanguages
    facts: dict[str, JsonValue]
    suggested: bool


class QuestionTold(Told):
    """The question to clarify first."""

    fact: str
    text: InLanguages
    help: InLanguages
    values: dict[str, InLanguages]
    settles: list[int]
    beside: list[str]
    lists: list[str]
    facts: list[str]
    card: str
    why: InLanguages
    clauses: list[str]
    fields: list[FieldTold]
    choices: list[ChoiceTold]
    ask_whom: InLanguages


class DealAnswer(Told):
    """The result for one deal; without control status and audit trail if no date was given."""

    id: str
    title: str
    outcome: OutcomeWord
    finding: Annotated[str, Field(description="Control status")] = ""
    proof: ProofTold | None = None
    grounds: Annotated[list[str], Field(description="Ids of the clauses that the result is based on")]
    reasons: list[ReasonTold]
    unknown_because: list[WhyUnknownTold] = []
    names: list[dict[str, JsonValue]] = []
    disagreements: list[DisagreementTold] = []
    papers: list[LotTold] = []
    other_reading: OtherReadingTold | None = None
    ask: Annotated[str, Field(description="The fact to clarify first")] = ""
    question: Annotated[QuestionTold | None, Field(description="The question on that fact")] = None
    notes: Annotated[list[str], Field(description="How words were interpreted")] = []
    facts_read: Annotated[dict[str, JsonValue], Field(description="The facts that words and cells state")] = {}


class WordsTold(Told):
    """Words of the text, from character `start` to before `end`."""

    start: int
    end: int
    words: str


class StatementTold(Told):
    """A fact that the words state, that follows from what they state, or that they only suggest."""

    fact: str
    value: JsonValue
    strength: Literal["stated", "entailed", "suggested"]
    words: list[WordsTold]
    by: Annotated[str, Field(description="The lexicon line or the rule that read them")]
    reason: str = ""


class DealRead(Told):
    """One deal of a text: the facts that the decision uses, and the words behind them."""

    facts: dict[str, JsonValue]
    statements: list[StatementTold]


class EvidenceTold(Told):
    """Something that the text says and that is no fact, such as a claim."""

    kind: str
    text: str
    words: list[WordsTold]


class TextReadTold(Told):
    """What was read in a text."""

    deals: list[DealRead]
    not_understood: list[WordsTold]
    held: Annotated[str, Field(description="Why the text is not decided as read; blank if it is")]
    evidence: list[EvidenceTold]
    notes: list[str]


class TextAnswer(Told):
    """The result for a text: the most restrictive outcome of its deals, each deal, and what was read."""

    id: str
    outcome: OutcomeWord
    deals: list[DealAnswer]
    read: TextReadTold
