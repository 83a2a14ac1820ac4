"""`decide` over HTTP: one deal, or a stream of deals, a line each."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from functools import lru_cache

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import ValidationError
from starlette.types import Receive, Scope, Send

from coercivity.base.canonical import each_key_once
from coercivity.base.errors import CoercivityError, Fault
from coercivity.verbs.deal import decide_cells
from coercivity.verbs.decide import Standing, decide
from coercivity.verbs.serving.models import DealSent, faults_of_validation, raw_facts
from coercivity.verbs.serving.problems import TOO_LARGE, UNPROCESSABLE, RefusedError, problem_body

router = APIRouter(tags=["law"])
JSON_TYPE, LINES_TYPE = "application/json", "application/x-ndjson"
MOST_LINE_BYTES = 256 * 1024
KEPT_ANSWERS, MOST_KEPT_TEXT = 1024, 16 * 1024


@router.post("/decide", summary="One deal", response_model=dict[str, object])
async def one(sent: DealSent, request: Request) -> Response:
    """Answers one deal: outcome, finding, grounds, reasons, the question that helps most, and the proof with its hash.

    The hash is that of `coercivity decide` for the same deal.
    """
    _check_keys(await request.body())
    return Response(answered(sent.model_dump_json()), media_type=JSON_TYPE)


@router.post(
    "/decide/lines",
    summary="Many deals, a line each",
    openapi_extra={"requestBody": {"required": True, "content": {LINES_TYPE: {"schema": {"type": "string"}}}}},
    responses={200: {"content": {LINES_TYPE: {}}, "description": "An answer or a problem for each line, in order"}},
    response_class=StreamingResponse,
)
async def lines(request: Request) -> StreamingResponse:
    """Answers deals as they come: a line of JSON in, a line of JSON out, in order; a bad line gives a problem."""
    return _Streamed(_answers(_lines(request.stream())), media_type=LINES_TYPE)


class _Streamed(StreamingResponse):
    """An answer that is made while the question still comes; the usual one would read on to look for its end."""

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
        what = f"a line holds more than {MOST_LINE_BYTES // 1024} KiB; what follows it is not read"
        raise RefusedError(TOO_LARGE, Fault("HTTP-SIZE", what, next="a deal is a line of its own"))
    return line


async def _answers(texts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    number = 0
    try:
        async for text in texts:
            number += 1
            if text.strip():
                yield _line(text, number) + b"\n"
                await asyncio.sleep(0)  # others are answered between two lines
    except RefusedError as refusal:  # what was answered is on its way, so this is told as a line too
        yield json.dumps(problem_body(refusal.status, (refusal.fault,), f"line {number + 1}")).encode() + b"\n"


def _line(text: bytes, number: int) -> bytes:
    try:
        sent = DealSent.model_validate_json(text)
        _check_keys(text)
        return answered(sent.model_dump_json())
    except ValidationError as error:
        faults = faults_of_validation(error.errors(), "")
    except CoercivityError as error:
        faults = error.faults
    return json.dumps(problem_body(UNPROCESSABLE, faults, f"line {number}"), ensure_ascii=False).encode(
        errors="replace"
    )


def _check_keys(text: bytes) -> None:
    """Raises where a key of an object stands twice: readers of JSON differ in which of the two they take."""
    try:
        json.loads(text, object_pairs_hook=each_key_once)
    except ValueError as error:
        raise CoercivityError.of("JSON-TWICE", str(error), where="body", next="state each key once") from None


def answered(sent_json: str) -> bytes:
    """Returns the answer to a deal as JSON; the same content is answered once, unless it is of unusual length.

    Raises:
        CoercivityError: With every fault of the deal.
    """
    return _answered_once(sent_json) if len(sent_json) <= MOST_KEPT_TEXT else _answered(sent_json)


@lru_cache(maxsize=KEPT_ANSWERS)
def _answered_once(sent_json: str) -> bytes:
    return _answered(sent_json)


def _answered(sent_json: str) -> bytes:
    sent = DealSent.model_validate_json(sent_json)
    block = sent.standing
    said = Standing(block.said_by, raw_facts(block.facts), tuple(block.lists), block.version)
    facts = raw_facts(sent.facts)
    more: dict[str, object] = {}
    if sent.cells:
        spoken = decide_cells(sent.cells, facts=facts, on=sent.on, known=sent.known, assume=sent.assume, standing=said)
        found, more = spoken.answer, {"notes": list(spoken.notes), "facts_read": spoken.facts}
    else:
        found = decide(facts, on=sent.on, known=sent.known, assume=sent.assume, standing=said)
    body = {**found.as_dict(), "id": sent.id, **more}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
