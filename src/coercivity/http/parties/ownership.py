"""Ownership over HTTP: one graph, or a file of cases, as the text of a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import Field, StringConstraints

from coercivity.base.errors import CoercivityError
from coercivity.verbs.parties.ownership import ownership, ownership_cases
from coercivity.verbs.serving.models import MOST_LISTS, DayText, FileSent, Sent
from coercivity.verbs.serving.vouches import law_of

router = APIRouter(tags=["parties"])
Company = Annotated[str, StringConstraints(min_length=1, max_length=500)]


class OwnershipSent(Sent):
    """Who owns whom, as the text of a file, and the company asked about."""

    file: Annotated[FileSent, Field(description="CSV, FollowTheMoney JSON lines, YAML or JSON, by its name")]
    target: Annotated[Company | None, Field(description="Company asked about; default: as the file states")] = None
    on: Annotated[DayText | None, Field(description="Day asked about; default: as the file states")] = None
    known: DayText | None = None
    lists: Annotated[list[FileSent], Field(max_length=MOST_LISTS, description="Lists of parties of your own")] = []


@router.post("/ownership", summary="Check who owns a company")
def assess(sent: OwnershipSent) -> dict[str, Any]:
    """Returns what the ownership rule of each regime makes of a company, with the stakes that decide it.

    A file with `cases` gives `cases`: structure, status and reason of each case, or the faults of one that cannot be
    read.
    """
    law = law_of(())
    law = replace(law, lists=(*law.lists, *(one.content for one in sent.lists)))
    cases = ownership_cases(sent.file.content, on=sent.on, known=sent.known, law=law)
    if cases is None:
        return ownership(sent.file.content, target=sent.target, on=sent.on, known=sent.known, law=law).as_dict()
    if sent.target is not None:
        what = "a file with cases states the target of each"
        raise CoercivityError.of("ARGUMENT", what, where="target", next="omit it")
    return {"cases": [case.as_dict() for case in cases]}
