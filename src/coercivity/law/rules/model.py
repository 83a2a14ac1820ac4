"""Terms of the law: instruments, provisions, events, effects, findings and outcomes."""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Literal

from coercivity.data.schema import DayText, FlagText, Plain, Strict, Words

NO_EFFECT = "none"
CHINA = "CN"  # the jurisdiction of an instrument that names none

Confidence = Literal["high", "medium", "low"]
Basis = Literal["read", "inferred", "recalled", "reported"]
EventType = Literal[
    "publication",
    "entry_into_force",
    "suspension",
    "resumption",
    "amendment",
    "repeal",
    "policy_statement",
    "listing",
    "delisting",
]
ProvisionKind = Literal[
    "control",
    "catch_all",
    "prohibition",
    "exclusion",
    "policy",
    "duty",
    "procedure",
    "definition",
    "penalty",
    "listing",
    "statement",
]
Effect = Literal[
    "licence_required",
    "case_by_case",
    "presumed_denial",
    "prohibited",
    "exempt",
    "out_of_scope",
    "unknown",
    "obligation",
    "duty",
    "none",
]
Remains = Literal["certificate_first", "report_after", "customs_supervision"]
Track = Literal["single", "general", "certificate", "ordinary_export_licence", "technology_licence"]


class Status(StrEnum):
    """Status of a provision on a date, as published and verified by another date."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    ENDED = "ended"
    UNKNOWN = "unknown"


class Finding(IntEnum):
    """Findings on a deal, weakest first, so that the strongest is the greatest.

    Examples:
        >>> coercivity.Finding.PROHIBITED > coercivity.Finding.LICENCE_REQUIRED, coercivity.Finding.SUSPENDED.word
        (True, 'suspended')
    """

    NOT_CONTROLLED = 0
    EXEMPT = 1
    SUSPENDED = 2
    NOT_HELD = 3
    NEED_FACTS = 4
    LICENCE_REQUIRED = 5
    CASE_BY_CASE = 6
    PRESUMED_DENIAL = 7
    PROHIBITED = 8

    @property
    def word(self) -> str:
        """The finding as written in files."""
        return self.name.lower()


class Outcome(StrEnum):
    """The four outcomes.

    Examples:
        >>> coercivity.Outcome("LICENCE").exit_code
        10
    """

    PROCEED = "PROCEED"
    LICENCE = "LICENCE"
    STOP = "STOP"
    UNKNOWN = "UNKNOWN"

    @property
    def exit_code(self) -> int:
        """Exit code of the command line."""
        return _EXIT_CODES[self]


_EXIT_CODES = {Outcome.PROCEED: 0, Outcome.LICENCE: 10, Outcome.STOP: 20, Outcome.UNKNOWN: 30}
GRAVITY = {Outcome.PROCEED: 0, Outcome.LICENCE: 1, Outcome.UNKNOWN: 2, Outcome.STOP: 3}

BITES: dict[str, Finding] = {
    "obligation": Finding.EXEMPT,  # the deal may go, and something is owed
    "licence_required": Finding.LICENCE_REQUIRED,
    "case_by_case": Finding.CASE_BY_CASE,
    "presumed_denial": Finding.PRESUMED_DENIAL,
    "prohibited": Finding.PROHIBITED,
}


def outcome_of(finding: Finding, *, certificate_first: bool = False) -> Outcome:
    """Returns the outcome of a finding if nothing else is open.

    Source: docs/outcomes.md.
    """
    if finding >= Finding.PRESUMED_DENIAL:
        return Outcome.STOP
    if finding >= Finding.LICENCE_REQUIRED:
        return Outcome.LICENCE
    if finding in (Finding.NOT_HELD, Finding.NEED_FACTS):
        return Outcome.UNKNOWN
    if finding is Finding.EXEMPT and certificate_first:
        return Outcome.LICENCE
    return Outcome.PROCEED


class Event(Strict):
    """Something that happened to an instrument or to some of its provisions.

    Attributes:
        published: Publication date; absent if no text read states it.
        effective: Date from which it applies.
        ends: Last day (see `ends_inclusive`); absent if it has no end.
        by: Instrument that causes it.
        scope: Ids of the provisions affected, or `all`; an empty list affects the text but no status.
    """

    type: EventType
    published: DayText | None = None
    published_after: DayText | None = None
    published_before: DayText | None = None
    effective: DayText | None = None
    ends: DayText | None = None
    ends_inclusive: FlagText = True
    by: Plain
    scope: Literal["all"] | list[str]
    note: str = ""
    note_zh: str = ""

    def touches(self, provision_id: str) -> bool:
        """Returns whether the event affects the provision."""
        return self.scope == "all" or provision_id in self.scope


class Provision(Strict):
    """One clause with an effect, in our own words.

    Attributes:
        ref: Place in the instrument: an article, an annex, a control code, or words.
        ref_zh: The same in Chinese, by article, paragraph and item as the Chinese text counts them.
        item: Condition tree for the item.
        when: Condition tree for the transaction: act, places, parties, use.
        qualifies: Provisions or instruments it qualifies, or `any_item_control`.
        only_where: It has an effect only if one of these applies and is in force.
        ceiling: The strongest effect that an unavailable or unclear text could have.
        basis: How the text was established: read, inferred from texts read on both sides of it, recalled, or known only
            from what others report of it.
    """

    id: Plain
    ref: Plain
    ref_zh: str = ""
    kind: ProvisionKind
    subject: Plain
    subject_zh: str = ""
    gist: Words
    item: object = None
    when: object = None
    qualifies: Literal["any_item_control"] | list[str] = []
    only_where: list[str] = []
    effect: Effect
    ceiling: Effect | None = None
    remains: Remains | None = None
    track: list[Track] = []
    dual_use: FlagText = False
    guidance: FlagText = False
    published: DayText | None = None
    control_codes: list[str] = []
    effective_from: DayText | None = None
    effective_to: DayText | None = None
    details: object = None
    reading: str = ""
    reading_zh: str = ""
    note: str = ""
    note_zh: str = ""
    practice_ref: str = ""
    confidence: Confidence
    basis: Basis = "read"
    source_urls: list[str] = []

    @property
    def has_effect(self) -> bool:
        """Whether the provision can change a finding; an `obligation` is decided for each deal, a `duty` only told."""
        return self.effect not in (NO_EFFECT, "duty")


Grade = Literal["official_text", "official_copy", "law_firm", "news", "vendor", "recalled"]


class Instrument(Strict):
    """A published instrument with its dates, provisions and events.

    Attributes:
        short_en: Name as it is cited, where issuer and number do not give it: a law, a decree, a statement.
        short_zh: The same in Chinese.
        jurisdiction: Whose law it is.
        grade: How near to the official text the source is; None where each clause says so for itself.
    """

    id: Plain
    jurisdiction: Plain = CHINA
    aliases: list[str] = []
    type: Literal["law", "regulation", "announcement", "list_notice", "catalogue", "statement", "guidance"]
    issuer: list[Plain]
    number: Plain
    title_en: Plain
    title_zh: str = ""
    short_en: str = ""
    short_zh: str = ""
    issued: DayText | None = None
    published: DayText | None = None
    effective: DayText | None = None
    legal_basis: list[str] = []
    summary: Words
    verified_through: DayText
    verified_basis: Plain
    verified_basis_zh: str = ""
    grade: Grade | None = None
    confidence: Confidence
    note: str = ""
    note_zh: str = ""
    events: list[Event]
    provisions: list[Provision]
    source_urls: list[str] = []

    @property
    def title(self) -> dict[str, str]:
        """The title by language; the Chinese one only where there is one."""
        read = any("一" <= sign <= "鿿" for sign in self.title_zh)
        return {"en": self.title_en, **({"zh": self.title_zh} if read else {})}
