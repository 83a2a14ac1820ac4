"""Records of the practice pack besides its tables: names of measures, documents requested, filing channels, fines."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.exact import parse_exact
from coercivity.data.packs import open_pack
from coercivity.data.schema import DayText, FlagText, Plain, Strict, Words, parse_as
from coercivity.data.textyaml import load_file
from coercivity.law.rules.load import law_folder
from coercivity.law.rules.model import Confidence

Group = Literal[
    "processing",
    "expected",
    "first_approvals",
    "lead_time",
    "customs_hold",
    "granted_share",
    "survey",
    "decided",
    "filed",
    "queue",
    "unofficial_threshold",
    "fine_ratio",
    "penalty_count",
    "validity",
    "law_repeated",
    "remark",
]


def _number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str):
        raise ValueError("a number as text is expected")
    parse_exact(value)
    return Decimal(value)


Number = Annotated[Decimal, BeforeValidator(_number)]


class Measure(Strict):
    """Metrics of the table with the same meaning."""

    metrics: list[Plain]
    group: Group
    name: Words


class ReportedPlaces(Strict):
    """A group of places."""

    id: Plain
    members: list[Plain]


class GeneralLicences(Strict):
    """Reports on general licences."""

    id: Plain
    instrument: Plain
    subject: Words
    first_reported: DayText
    confirmed: DayText
    holders_reported: list[Plain]
    validity_years_seen: Number
    validity_years_by_law: Number
    per_customer: FlagText
    conditions_seen: list[Words]
    control_codes: list[Plain]
    note: Words
    confidence: Confidence
    source_urls: list[Plain]


class AskedPaper(Strict):
    """A document requested in addition to those required by law."""

    id: Plain
    name: Words
    source_url: Plain
    note: str = ""


class Channel(Strict):
    """The filing channel of an application."""

    id: Plain
    portal: Plain
    route: Words
    source_url: Plain


class PenaltyCount(Strict):
    """Penalty decisions published in a year."""

    year: Plain
    published_customs_decisions_at_least: Number
    subordinate_customs: Number
    directly_affiliated_customs: Number
    most_active: dict[str, Number]
    mofcom_published_decisions: Number
    source_url: Plain


class FineSeen(Strict):
    """A published penalty decision.

    Attributes:
        decided: Date of the decision, if known.
        fine_cny: Fine; absent if not stated [CNY].
    """

    id: Plain
    decided: DayText | None = None
    destination: str = ""
    facts: Words
    illegal_turnover_cny: Number | None = None
    fine_cny: Number | None = None
    fine_over_turnover: Number | None = None
    legal_basis: str = ""
    mitigation: Words | None = None
    note: str = ""
    confidence: Confidence
    source_url: Plain


class Conviction(Strict):
    """A reported conviction."""

    id: Plain
    decided: DayText
    court: Words
    facts: Words
    sentences: Words
    defendants: Number
    note: str = ""
    confidence: Confidence
    source_url: Plain


class Enforcement(Strict):
    """Penalties imposed."""

    note: Words
    aggregates: list[PenaltyCount]
    decisions: list[FineSeen]
    convictions: list[Conviction]


class CountingBody(Strict):
    """A body or a firm that counts the applications of its own members or customers, not of a place."""

    sources: list[Plain]
    name: Words


class ReportedUse(Strict):
    """Uses of reports, and the queues of the licensing desk of which they speak.

    Attributes:
        form: Form of the goods; `any` for all.
        user: `civil` or `military`; `any` for both.
        queue: Whether there is such a queue.
    """

    uses: list[Plain]
    form: Plain = "any"
    user: Plain = "any"
    queue: FlagText = True


class PracticeRecords(Strict):
    """The records of the practice pack."""

    about: Words
    measures: list[Measure]
    groups_of_places: list[ReportedPlaces]
    special_uses: list[Plain]
    counting_bodies: list[CountingBody]
    reported_uses: list[ReportedUse]
    general_licences: list[GeneralLicences]
    documents: list[AskedPaper]
    channels: list[Channel]
    enforcement: Enforcement


def practice_folder() -> Path:
    """Returns the folder of the built-in practice pack."""
    return law_folder().parent / "practice"


@lru_cache(maxsize=4)
def load_records(folder: Path | None = None) -> PracticeRecords:
    """Returns the records of the practice pack.

    Args:
        folder: Folder of the pack; by default the built-in one.

    Raises:
        CoercivityError: With all faults of the file.
    """
    name, faults = "practice.yaml", Faults()
    records = parse_as(PracticeRecords, load_file((folder or practice_folder()) / name), name=name, faults=faults)
    faults.raise_if_any()
    assert records is not None
    return records


class Report(Strict):
    """One row of the practice table, with its source.

    Attributes:
        group: Kind of figure.
        name: Name of the figure.
        value: The figure, or a word if the unit is text.
        counted: Unit counted.
        decides: Decided applications with refusals reported alongside: only these affect a probability.
    """

    id: Plain
    reported_on: Day
    destination: Plain
    end_use: Plain
    metric: Plain
    kind: Plain
    group: Group
    name: Words
    value: Plain
    unit: Plain
    qualifier: str
    counted: str
    decides: bool
    quality: Plain
    note: str
    source_id: Plain
    publisher: str
    url: str

    @property
    def figure(self) -> Decimal:
        """Returns the value as a number.

        Raises:
            ValueError: If the row contains a word.
        """
        parse_exact(self.value)
        return Decimal(self.value)


@lru_cache(maxsize=1)
def load_reports() -> tuple[Report, ...]:
    """Returns the rows of the built-in practice table, oldest first.

    Raises:
        CoercivityError: With all faults of the table, or if a metric has no name.
    """
    pack, faults = open_pack("practice"), Faults()
    sources = {str(row["id"]): row for row in pack.table("sources").rows}
    measures = {metric: measure for measure in load_records().measures for metric in measure.metrics}
    table, found = pack.table("licence_practice"), []
    for at, row in enumerate(table.rows):
        text = {name: table.text(name)[at] for name in table.schema.names}
        measure, source = measures.get(text["metric"]), sources.get(text["source_id"])
        if measure is None or source is None:
            what = "metric" if measure is None else "source_id"
            faults.add("PRACTICE", f"{what} {text[what]!r} not found", where=table.place(at, what))
            continue
        reported_on = row["date"]
        assert isinstance(reported_on, Day)
        found.append(_report(text, reported_on, measure, source))
    faults.raise_if_any()
    return tuple(sorted(found, key=lambda report: (report.reported_on, report.id)))


def _report(text: dict[str, str], reported_on: Day, measure: Measure, source: object) -> Report:
    assert isinstance(source, dict)
    kept = {name: text[name] for name in Report.model_fields if name in text and name != "source_id"}
    return Report(
        **kept,
        reported_on=reported_on,
        group=measure.group,
        name=measure.name,
        decides=text["updates_probability"] == "yes",
        source_id=text["source_id"],
        publisher=str(source["publisher"] or ""),
        url=str(source["url"] or ""),
    )
