"""Judgements about names over HTTP, if the server was started with a file of judgements."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field, StringConstraints

from coercivity.http.clock import now
from coercivity.http.parties.screen import ScreenSent
from coercivity.verbs.parties.judge import SAYS, judge, judgement_history
from coercivity.verbs.parties.screen import screen as screen_names
from coercivity.verbs.serving.served import judgements_path
from coercivity.verbs.serving.vouches import law_of

router = APIRouter(tags=["parties"])
PairId = Annotated[str, StringConstraints(min_length=1, max_length=20)]
Pairs = Annotated[list[PairId], Query(max_length=100, description="Ids of pairs; all pairs if there are none")]


class JudgeSent(ScreenSent):
    """The parties that were screened, and what is decided about which of their pairs."""

    pairs: Annotated[list[PairId], Field(min_length=1, max_length=1_000)]
    says: Annotated[str, Field(max_length=40, json_schema_extra={"enum": list(SAYS)})]
    by: Annotated[str, StringConstraints(max_length=200)]
    why: Annotated[str, StringConstraints(max_length=1_000)]


@router.post("/screen/judgements", summary="Judge pairs")
def record(sent: JudgeSent) -> dict[str, Any]:
    """Records a decision about pairs of parties and entries in the file of judgements of the server.

    Send the same parties as to `/api/screen`, and the ids of the pairs it returned. Nothing is overwritten: a later
    judgement counts, and `withdrawn` undoes the last one.
    """
    path = judgements_path()
    report = screen_names(sent.plain, on=sent.on, law=law_of((), parties=sent))
    return judge(report, sent.pairs, sent.says, by=sent.by, why=sent.why, path=path, at=now()).as_dict()


@router.get("/screen/judgements", summary="Get the judgements of pairs")
def history(pair: Pairs = []) -> list[dict[str, Any]]:  # noqa: B006 # the framework copies it
    """Returns all judgements of each pair, the oldest first, the pair judged last first."""
    return [one.as_dict() for one in judgement_history(judgements_path(), pair)]
