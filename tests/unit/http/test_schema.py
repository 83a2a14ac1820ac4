"""The whole API tested from its own description: no request crashes it, and each response is as described."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode, SerializationContext
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from coercivity.http.app import PROBLEM_SCHEMA
from coercivity.http.limits import LOOPBACK
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.sampling import examples
from tests.unit.http.conftest import BASE

pytestmark = pytest.mark.long

EXAMPLES = examples(20, 10)
# Not whether data that fits the description is accepted: that a day exists and a name names something is not in it.
CHECKS = [
    *(not_a_server_error, status_code_conformance, content_type_conformance),
    *(response_headers_conformance, response_schema_conformance),
]
CALM = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
TABLE = "id,act,form,elements,from,to\nr1,goods,magnet,Nd;Dy,CN,DE\nr2,reexport,metal,Sm,NL,US\n"
# What a request may well say, so that most of what comes is read and some of it is answered.
LIKELY: dict[str, list[Any]] = {
    **{name: ["2025-04-04", "2026-03-02", "2026-11-12"] for name in ("on", "first", "known", "second")},
    **{name: ["2025-01", "2025-02"] for name in ("from", "to")},
    "days": [["2025-10-20", "2026-11-12"]],
    "scenario": ["as-known", "controls-back"],
    "scenario_b": ["no-controls"],
    "case": ["ev-motor", "magnet-jv"],
    "clause": ["a18-1c905", "mofcom-2025-61"],
    "facts": [{"act": "goods", "form": "magnet", "from": "CN", "to": "DE"}, {"form": "magnett"}, {}],
    "cells": [{"material": "NdFeB magnet", "composition": "Dy 1.8 %"}, {}],
    "standing": [{}, {"said_by": "engineer 1", "facts": {"knowledge": "none"}}],
    "parties": [["Lokheed Martin Corp."], ["tbc", "", {"name": "Muster GmbH", "country": "DE"}]],
    "name": ["elements", "61/2025", "mofcom-2025-61", "a18-1c905", "outlook.json"],
    "deals": [TABLE, "id\n\n", "id,form\n1,magnet\n1,\u0000"],
    "format": ["ics", "json"],
    "lang": ["zh"],
}


@schemathesis.serializer("application/x-ndjson")
def lines_of(context: SerializationContext, value: Any) -> bytes:
    return str(value).encode(errors="replace")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """A whole server; what it started ends with it."""
    made = make_site(Places(tmp_path_factory.mktemp("state")), hosts=(*LOOPBACK, "testserver"))
    with TestClient(made, base_url=BASE):
        yield made


@pytest.fixture(scope="module")
def held(app: FastAPI) -> dict[str, list[Any]]:
    """Likely values, with a job that is done, an upload and a table that there are."""
    client = TestClient(app, base_url=BASE)
    job = client.post("/api/outlook", json={"scenario": "no-controls", "from": "2024-10", "to": "2024-10"}).json()["id"]
    assert client.get(f"/api/jobs/{job}/events").status_code == 200
    upload = client.post("/api/uploads", files={"file": ("deals.csv", TABLE.encode())}).json()
    tables = client.get("/api/data").json()
    return {**LIKELY, "job_id": [job], "upload": [upload["id"]], "pack": ["law"], "table": [tables[0]["table"]]}


def likely(case: schemathesis.Case[Any], named: dict[str, Any]) -> None:
    """Puts likely values in the places of what was made up, where the request has such a place."""
    for part in (case.path_parameters, case.query, case.body):
        if isinstance(part, dict):
            part.update({name: value for name, value in named.items() if name in part})


def attempt(operation: Any, mode: GenerationMode, app: FastAPI, held: dict[str, list[Any]]) -> dict[int, int]:
    """Sends what the description allows, or what it does not, and returns how often each status came."""
    seen: dict[int, int] = {}
    values = {name: st.sampled_from(found) for name, found in held.items()}

    @CALM
    @given(
        case=operation.as_strategy(generation_mode=mode),
        named=st.one_of(st.fixed_dictionaries(values), st.fixed_dictionaries({}, optional=values)),
    )
    def send(case: schemathesis.Case[Any], named: dict[str, Any]) -> None:
        likely(case, named)
        answer = case.call()
        for job in app.state.held.jobs.all():
            app.state.held.jobs.cancel(job.id)
        seen[answer.status_code] = seen.get(answer.status_code, 0) + 1
        case.validate_response(answer, checks=CHECKS)
        if 400 <= answer.status_code < 500:
            assert answer.headers["content-type"] == ["application/problem+json"], answer.headers
            assert set(PROBLEM_SCHEMA["required"]) <= set(answer.json())

    send()
    return seen


def test_no_answer_is_a_crash_and_each_is_as_described(app: FastAPI, held: dict[str, list[Any]]) -> None:
    """Every operation, in the ways its description allows and in ways it does not; all that is wrong is told at once."""
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    told, tried = [], set()
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            seen: dict[int, int] | str = "nothing to send"
            try:
                seen = attempt(operation, mode, app, held)
            except Unsatisfiable:  # nothing about it can be wrong
                assert mode is GenerationMode.NEGATIVE, operation.label
            except Exception as error:
                told.append(f"{operation.label} {mode.name}: {str(error)[:1500]}")
            print(f"{operation.label:40} {mode.name:9} {seen}")
            tried.add(operation.label)
    assert not told, "\n\n".join(told)
    described = {f"{method.upper()} {path}" for path, methods in app.openapi()["paths"].items() for method in methods}
    assert tried == described
    assert len(tried) > 20
