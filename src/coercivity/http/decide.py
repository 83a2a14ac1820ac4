"""`decide` over HTTP: one deal, or a stream of deals with one per line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from functools import lru_cache

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import ValidationError
from starlette.types import Receive, Scope, Send

from coercivity.base.canonical import each_key_once
from coercivity.base.errors import CoercivityError, Fault
from coercivity.http.answers import DealAnswer, TextAnswer
from coercivity.http.clock import today
from coercivity.http.jurisdictions.answers import JurisdictionsAnswer, TextJurisdictions
from coercivity.verbs.deal import decide_cells
from coercivity.verbs.decide import Standing, decide
from coercivity.verbs.jurisdictions.decide import CHINA, decide_jurisdictions, gravest_of, text_in_jurisdictions
from coercivity.verbs.law import Law
from coercivity.verbs.serving.models import DealSent, faults_of_validation, raw_facts
from coercivity.verbs.serving.problems import TOO_LARGE, UNPROCESSABLE, RefusedError, problem_body
from coercivity.verbs.serving.served import served_law
from coercivity.verbs.serving.vouches import law_of
from coercivity.verbs.texts.decide import decide_text

router = APIRouter(tags=["law"])
AnyAnswer = DealAnswer | TextAnswer | JurisdictionsAnswer | TextJurisdictions
JSON_TYPE, LINES_TYPE = "application/json", "application/x-ndjson"
MOST_LINE_BYTES = 256 * 1024
KEPT_ANSWERS, MOST_KEPT_TEXT = 1024, 16 * 1024


@router.post("/decide", summary="Decide one deal", response_model=AnyAnswer)
async def one(sent: DealSent, request: Request) -> Response:
    """Returns the outcome of a deal with control status, legal basis, the most useful question, and proof with hash.

    The hash is the same as that of `coercivity decide` for the same deal. With `text`, the response holds the result
    for each deal that the words describe, and what was read. With `jurisdiction`, it holds an answer for each law.
    """
    _check_keys(await request.body())
    law_of(sent.vouches, today(), parties=sent)
    return Response(answered(sent.model_dump_json()), media_type=JSON_TYPE)


@router.post(
    "/decide/lines",
    summary="Decide a stream of deals",
    openapi_extra={"requestBody": {"required": True, "content": {LINES_TYPE: {"schema": {"type": "string"}}}}},
    responses={200: {"content": {LINES_TYPE: {}}, "description": "One result or problem object per line, in order"}},
    response_class=StreamingResponse,
)
async def lines(request: Request) -> StreamingResponse:
    """Decides deals as they arrive: one line of JSON in, one out, in order; a bad line gives a problem object."""
    return _Streamed(_answers(_lines(request.stream())), media_type=LINES_TYPE)


class _Streamed(StreamingResponse):
    """A response sent while the request still arrives; the usual class would read the request to its end."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.stream_response(send)


async def _lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    rest = b""
    async for chunk in chunks:
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            yield _bounded(line)
        _bounded(rest)
    yield rest


def _bounded(line: bytes) -> bytes:
    if len(line) > MOST_LINE_BYTES:
        what = f"a line is longer than {MOST_LINE_BYTES // 1024} KiB; the rest of the request was not read"
        raise RefusedError(TOO_LARGE, Fault("HTTP-SIZE", what, next="write one deal per line"))
    return line


async def _answers(texts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    number = 0
    try:
        async for text in texts:
            number += 1
            if text.strip():
                yield _line(text, number) + b"\n"
                await asyncio.sleep(0)  # lets other requests run between two lines
    except RefusedError as refusal:  # results are already being sent, so the refusal is sent as a line too
        yield json.dumps(problem_body(refusal.status, (refusal.fault,), f"line {number + 1}")).encode() + b"\n"


def _line(text: bytes, number: int) -> bytes:
    try:
        sent = DealSent.model_validate_json(text)
        _check_keys(text)
        law_of(sent.vouches, today(), parties=sent)
        return answered(sent.model_dump_json())
    except ValidationError as error:
        faults = faults_of_validation(error.errors(), "")
    except CoercivityError as error:
        faults = error.faults
    return json.dumps(problem_body(UNPROCESSABLE, faults, f"line {number}"), ensure_ascii=False).encode(
        errors="replace"
    )


def _check_keys(text: bytes) -> None:
    """Raises if an object has a key twice, because JSON readers differ in which of the two they use."""
    try:
        json.loads(text, object_pairs_hook=each_key_once)
    except ValueError as error:
        raise CoercivityError.of("JSON-TWICE", str(error), where="body", next="write each key once") from None


def answered(sent_json: str) -> bytes:
    """Returns the result for a deal as JSON; results are cached unless the content is unusually long.

    Raises:
        CoercivityError: With every fault of the deal.
    """
    if len(sent_json) > MOST_KEPT_TEXT:
        return _answered(sent_json)
    return _answered_once(sent_json, served_law().book().party_files.key)


@lru_cache(maxsize=KEPT_ANSWERS)
def _answered_once(sent_json: str, files: tuple[str, ...]) -> bytes:
    """Keeps the result for a deal while the files of the server are as they were."""
    return _answered(sent_json)


def _answered(sent_json: str) -> bytes:
    sent = DealSent.model_validate_json(sent_json)
    block = sent.standing
    said = Standing(block.said_by, raw_facts(block.facts), tuple(block.lists), block.version, block.said_on)
    facts = raw_facts(sent.facts)
    more: dict[str, object] = {}
    law = law_of(sent.vouches, parties=sent)
    if sent.steps and sent.jurisdiction in ("", CHINA):
        what = "steps without another jurisdiction have no effect"
        raise CoercivityError.of("ARGUMENT", what, where="steps", next="add jurisdiction, or omit the steps")
    if sent.jurisdiction not in ("", CHINA):
        return _written(_in_jurisdictions(sent, facts, said, law))
    papers = [raw_facts(row) for row in sent.papers]
    if sent.text:
        text = decide_text(
            sent.text,
            on=sent.on,
            known=sent.known,
            assume=sent.assume,
            cells=sent.cells,
            facts=facts,
            standing=said,
            papers=papers,
            law=law,
        )
        return _written(text.as_dict(sent.id))
    if sent.cells:
        spoken = decide_cells(
            sent.cells,
            facts=facts,
            on=sent.on,
            known=sent.known,
            assume=sent.assume,
            standing=said,
            papers=papers,
            law=law,
        )
        found, more = spoken.answer, {"notes": list(spoken.notes), "facts_read": spoken.facts}
    else:
        found = decide(facts, on=sent.on, known=sent.known, assume=sent.assume, standing=said, papers=papers, law=law)
    return _written({**found.as_dict(), "id": sent.id, **more})


def _in_jurisdictions(
    sent: DealSent, facts: Mapping[str, object], standing: Standing, law: Law
) -> Mapping[str, object]:
    of, on, known, assume = sent.jurisdiction, sent.on, sent.known, sent.assume
    steps, papers = ([raw_facts(row) for row in rows] for rows in (sent.steps, sent.papers))
    if not sent.text and not sent.cells:
        found = decide_jurisdictions(
            facts,
            jurisdiction=of,
            on=on,
            known=known,
            assume=assume,
            standing=standing,
            steps=steps,
            papers=papers,
            law=law,
        )
        return {**found.as_dict(), "id": sent.id}
    told = text_in_jurisdictions(
        sent.text,
        jurisdiction=of,
        on=on,
        known=known,
        assume=assume,
        cells=sent.cells,
        facts=facts,
        steps=steps,
        papers=papers,
        standing=standing,
        law=law,
    )
    if not sent.text:
        return {**told[0].as_dict(), "id": sent.id}
    return {"id": sent.id, "outcome": gravest_of(told).value, "deals": [one.as_dict() for one in told]}


def _written(body: Mapping[str, object]) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
