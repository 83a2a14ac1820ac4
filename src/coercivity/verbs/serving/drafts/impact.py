"""Jobs that show what a draft notice would move: the request and the work.

A draft is an uploaded file. It is read for the job alone: no decision of the server uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import cast

from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.exact import Interval
from coercivity.base.json_types import Json
from coercivity.batches.impact.licence_model import LicenceData, LicencesData
from coercivity.batches.impact.model import ExemptionData, MoveData, MovedDealData, ResultData, SumsData
from coercivity.batches.request import TableAsked, Times
from coercivity.cases.arguments import Law
from coercivity.cases.sources import standing_of_file
from coercivity.data.catalogue import raw_value
from coercivity.data.input import Content
from coercivity.data.values import FactValue
from coercivity.intake.cells.columns import read_map
from coercivity.law.engine.decide import Deal
from coercivity.law.engine.jurisdictions import reading_book
from coercivity.law.rules.model import CHINA
from coercivity.verbs.cases import packed_standing_block
from coercivity.verbs.impact import BY_ONE, Impact, rules_impact
from coercivity.verbs.impact_law import NO_TIMES, DraftedLaw, drafted_law
from coercivity.verbs.impact_result import ImpactData, PeriodsData
from coercivity.verbs.notice import NoticeRead, read_notice
from coercivity.verbs.replay import named_deals
from coercivity.verbs.serving.contents import called, placeless, standing_file
from coercivity.verbs.serving.jobs import Job
from coercivity.verbs.serving.look import look
from coercivity.verbs.serving.models import FilesSent, VouchSent
from coercivity.verbs.serving.places import Places, Upload
from coercivity.verbs.serving.state import Held
from coercivity.verbs.serving.vouches import law_of
from coercivity.verbs.table_look import cells_of_rows, map_of, proposal

__all__ = [
    "CELLS", "KIND", "MOST_DRAFT_BYTES", "MOVED_SHOWN", "ExemptionData", "ImpactJob", "LicenceData", "LicencesData",
    "MoveData", "MovedDealData", "PeriodsData", "ResultData", "SumsData", "checked_impact", "draft_law", "draft_of",
    "drafted_of",
    "impact_started", "notice_read", "result_of", "run_impact",
]  # fmt: skip

KIND = "impact"
MOVED_SHOWN = 200  # moved deals listed, each of which opens as a deal
CELLS = "cells"
MOST_DRAFT_BYTES = 256 * 2**10
SET_JOINT, RANGE_JOINT = ";", ".."
STANDING = "standing"


class ImpactJob(FilesSent):
    """Request of an impact job; files by the ids of their uploads, the mapping as text.

    Attributes:
        draft: The draft.
        notice: The notice, to be read beside it in the result; blank if it is not asked for.
        table: Table or file of deals; blank if a case is asked for.
        case: Name of a case folder.
        licences: Table of licences.
        standing: Whether the packed compliance declarations are made for every row of a table.
        standing_text: Other declarations, as text of their file.
        map: Mapping of the columns, as text of its file; blank to propose one.
    """

    draft: str
    notice: str = ""
    table: str = ""
    case: str = ""
    licences: str = ""
    on: str = ""
    known: str = ""
    assume: str = ""
    standing: bool = False
    standing_text: str = ""
    map: str = ""
    vouches: list[VouchSent] = []


def impact_started(held: Held, job: ImpactJob) -> Job:
    """Returns the job that compares the deals with and without a draft.

    Raises:
        CoercivityError: With every fault of the request that is known before the run starts.
    """
    return held.jobs.start(KIND, checked_impact(held.places, job).model_dump(exclude_defaults=True))


def checked_impact(places: Places, job: ImpactJob) -> ImpactJob:
    """Returns a request after its files were found and its draft was read.

    Raises:
        CoercivityError: With every fault of the draft, the files and the choice of deals.
    """
    faults = Faults()
    if bool(job.table) == bool(job.case):
        what = "choose either a table of deals or a case"
        faults.add("UPLOAD-FORM", what, where="deals", next="upload a table, or choose a case from the list")
    for name, text in (("map", job.map), ("standing", job.standing_text or ("yes" if job.standing else ""))):
        if text and job.case:
            what = f"{name} is for a table of deals; a case has its own"
            faults.add("UPLOAD-FORM", what, where=name, next="leave it out, or send a table")
    reading, assumed = reading_book(Law().book()), Times(None, None, job.assume or None)
    for check in (
        lambda: Times(job.on or None, job.known or None, None).read(reading, faults),
        lambda: read_map(reading, Content.of("mapping.yaml", job.map)) if job.map else None,
        lambda: standing_of_file(Content.of("standing.yaml", job.standing_text)) if job.standing_text else None,
        lambda: _read_times(drafted_of(places, job.draft, times=assumed), faults),
        lambda: notice_read(places, job.draft, job.notice) if job.notice else None,
        lambda: places.upload(job.table) if job.table else None,
        lambda: places.case(job.case) if job.case else None,
        lambda: places.upload(job.licences) if job.licences else None,
    ):
        try:
            check()
        except CoercivityError as error:
            faults.items += error.faults
    faults.raise_if_any()
    return job


def draft_of(places: Places, upload_id: str) -> Content:
    """Returns an uploaded draft under its own name.

    Raises:
        CoercivityError: If there is no such upload, or it is too large for a draft.
    """
    upload = places.upload(upload_id)
    size = upload.path.stat().st_size
    if size > MOST_DRAFT_BYTES:
        what = f"the file has {size:,} bytes; the limit is {MOST_DRAFT_BYTES:,}"
        step = "split it, or check that it is the file you meant"
        raise CoercivityError.of("FILE-SIZE", what, where=upload.name, next=step)
    return Content(upload.name, upload.path.read_bytes())


def draft_law(places: Places, upload_id: str, law: Law) -> Law:
    """Returns a rulebook with an uploaded draft added to it, for a look at a draft and for nothing else."""
    return replace(law, overlays=(*law.overlays, draft_of(places, upload_id)))


def drafted_of(places: Places, upload_id: str, law: Law | None = None, times: Times = NO_TIMES) -> DraftedLaw:
    """Returns the law that an uploaded draft changes.

    Raises:
        CoercivityError: If there is no such upload, or with every error in the draft, and in the assumptions about
            another jurisdiction.
    """
    return drafted_law([draft_of(places, upload_id)], law or Law(), times)


def _read_times(drafted: DraftedLaw, faults: Faults) -> None:
    drafted.times.read(drafted.reading, faults)


def notice_read(places: Places, draft: str, notice: str) -> NoticeRead:
    """Returns an uploaded notice beside an uploaded draft.

    Raises:
        CoercivityError: If an upload is gone, or with every fault of both files.
    """
    upload = places.upload(notice)
    with called(upload):
        return read_notice(Content(upload.name, upload.path.read_bytes()), [draft_of(places, draft)])


def run_impact(
    asked: Mapping[str, Json], places: Places, out: Path, tell: Callable[[str, int, int], None]
) -> dict[str, object]:
    """Compares every deal with and without the draft and returns the impact, with what opens each moved deal.

    Args:
        asked: An `ImpactJob` as plain data.
        places: Folders of the server.
        out: Folder for the results.
        tell: Called with the current step, the amount done and the total.

    Raises:
        CoercivityError: As for `rules_impact`; faults name files without the folders of the server.
    """
    job = ImpactJob.model_validate(asked)
    beside = {"notice": notice_read(places, job.draft, job.notice).as_dict()} if job.notice else {}
    law = law_of(job.vouches, parties=job)
    if job.case:
        folder = places.case(job.case)
        with placeless(folder.parent), placeless(out):
            found = _impact(job, TableAsked(folder), law, places, out, tell)
            cells = _facts_of(drafted_of(places, job.draft, law), folder, found)
            return {**found.as_dict(), "source": folder.name, CELLS: cells, **beside}
    upload = places.upload(job.table)
    with placeless(out.parent), placeless(out), called(upload):
        table = _table(job, upload, out)
        found = _impact(job, table, law, places, out, tell)
        if upload.path.suffix.lower() in BY_ONE:
            cells = _facts_of(drafted_of(places, job.draft, law), upload.path, found)
        else:
            abroad = found.jurisdiction != CHINA
            shown = look(places, upload, {})
            columns = (map_of(job.map, of_all=abroad) if job.map else proposal(shown, of_all=abroad)).columns
            cells = cells_of_rows(table, columns, [one.row for one in found.deals])
            if job.standing:
                by = str(packed_standing_block().get("said_by", ""))
                days = [one.on for one in found.deals]
                cells = [{**c, STANDING: "yes", "said_by": by, "said_on": d} for c, d in zip(cells, days, strict=True)]
        return {**found.as_dict(), "source": upload.name, CELLS: cells, **beside}


def result_of(job: Job) -> ImpactData:
    """Returns the impact that a finished job found."""
    return cast(ImpactData, job.result)


def _table(job: ImpactJob, upload: Upload, out: Path) -> TableAsked:
    mapping = None
    if job.map:
        mapping = out.parent / "mapping.yaml"
        mapping.write_bytes(job.map.encode(errors="replace"))
    standing = Content.of("standing.yaml", job.standing_text) if job.standing_text else None
    if job.standing and standing is None:
        standing = standing_file(packed_standing_block())
    return TableAsked(upload.path, standing, called=upload.name, mapping=mapping)


def _impact(
    job: ImpactJob, deals: TableAsked, law: Law, places: Places, out: Path, tell: Callable[[str, int, int], None]
) -> Impact:
    licences = places.upload(job.licences) if job.licences else None
    with called(licences) if licences else nullcontext():
        return rules_impact(
            [draft_of(places, job.draft)],
            deals,
            licences=TableAsked(licences.path, called=licences.name) if licences else None,
            on=job.on or None,
            known=job.known or None,
            assume=job.assume or None,
            law=law,
            out=out,
            shown=MOVED_SHOWN,
            progress=tell,
        )


def _facts_of(drafted: DraftedLaw, path: Path, found: Impact) -> list[dict[str, str]]:
    """Returns the facts of the moved deals of a file that is read deal by deal, as cells of the Deal screen."""
    deals = [entry.deal for entry in named_deals(drafted.reading, path, None, Faults())]
    claimed = {str(name) for name in packed_standing_block()["facts"]}
    return [_cells(deals[one.row - 1], claimed, one.on) for one in found.deals]


def _cells(deal: Deal, claimed: Set[str], on: str) -> dict[str, str]:
    """Returns the facts of a deal; those declared for the whole file as the declarations that the screen offers."""
    declared = {name for name, source in deal.said_by.items() if source.startswith(f"{STANDING}:")}
    by = next((deal.said_by[name].partition(": ")[2] for name in sorted(declared)), "")
    offered = bool(declared) and claimed <= set(deal.facts)  # what the deal states for itself takes precedence
    told = {name: _text(value) for name, value in deal.facts.items() if not (offered and name in declared)}
    return {**told, **({STANDING: "yes", "said_by": by, "said_on": on} if offered else {})}


def _text(value: FactValue) -> str:
    """Returns a value as a field of the Deal screen takes it: members of a set, the ends of a range."""
    raw = raw_value(value)
    if isinstance(raw, str):
        return raw
    return RANGE_JOINT.join(raw) if isinstance(value, Interval) else SET_JOINT.join(raw) or "[]"
