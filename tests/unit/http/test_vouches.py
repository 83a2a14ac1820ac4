"""A person's check over HTTP: sent with a deal, a table, a case; checked, counted and named like its file."""

from __future__ import annotations

import datetime as dt
import json
import time
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.cases.files import packed_standing
from coercivity.law.rules.load import load_rulebook
from coercivity.verbs.decide import decide
from coercivity.verbs.law import Law
from coercivity.verbs.vouch import vouch
from tests.unit.http.test_tables import sent as uploaded

TODAY = dt.date.today()
CHECK = load_rulebook().verified_through
ON = (CHECK + dt.timedelta(days=20)).isoformat()
STATEMENT: dict[str, Any] = {
    "through": ON,
    "by": "export desk",
    "signed_on": ON,
    "note": "announcements on the website of MOFCOM",
}
FERRITE = {"act": "goods", "form": "magnet", "magnet_type": ["ferrite"], "elements": [], "from": "CN", "to": "DE"}
STANDING = packed_standing()
DECLARED = {
    "said_by": STANDING.said_by,
    "said_on": STANDING.said_on,
    "facts": dict(STANDING.facts),
    "lists": list(STANDING.lists),
}
DEAL: dict[str, Any] = {"facts": FERRITE, "standing": {**DECLARED, "version": STANDING.version}, "on": ON}
BLOCK = {"said_by": STANDING.said_by, "said_on": STANDING.said_on, "facts": dict(STANDING.facts)}
ROWS = json.dumps({"standing": BLOCK, "deals": [{"id": "a", "on": ON, "facts": FERRITE}]})


def test_a_deal_is_decided_as_with_the_file(client: TestClient) -> None:
    """The same outcome, statement and hash; without it the deal awaits a check."""
    bare = client.post("/api/decide", json=DEAL).json()
    found = client.post("/api/decide", json={**DEAL, "vouches": [STATEMENT]}).json()
    assert (bare["outcome"], found["outcome"]) == ("UNKNOWN", "PROCEED")
    assert found["proof"]["vouches"] == [STATEMENT]
    same = decide(FERRITE, on=ON, standing=STANDING, law=Law(overlays=(vouch(**STATEMENT),)))
    assert found["proof"]["hash"] == same.proof["hash"]


def test_a_proof_is_verified_with_the_statement_that_it_contains(client: TestClient) -> None:
    made = client.post("/api/decide", json={**DEAL, "vouches": [STATEMENT]}).json()
    assert client.post("/api/proof/verify", json=made).json()["stands"]
    made["proof"]["vouches"][0]["by"] = "legal department"
    assert not client.post("/api/proof/verify", json=made).json()["stands"]
    made["proof"]["vouches"] = [{"by": 3}]
    assert not client.post("/api/proof/verify", json=made).json()["stands"]


def test_a_stream_and_dates_compared_take_it_too(client: TestClient) -> None:
    line = json.dumps({**DEAL, "vouches": [STATEMENT]})
    assert json.loads(client.post("/api/decide/lines", content=line).text)["outcome"] == "PROCEED"
    sent = {"deals": ROWS, "form": "yaml", "on": [ON]}
    outcomes = [
        client.post("/api/replay", json={**sent, "vouches": held}).json()[0]["outcome"] for held in ([], [STATEMENT])
    ]
    assert outcomes == ["UNKNOWN", "PROCEED"]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("by", "me", "VOUCH-NAME"),
        ("by", "", "VOUCH-NAME"),
        ("note", "-", "VOUCH-NOTE"),
        ("through", "2026-10-04", "VOUCH-PAST"),
        ("through", "27.11.2026", "DATE"),
        ("signed_on", CHECK.isoformat(), "VOUCH-FUTURE"),
        ("signed_on", (TODAY + dt.timedelta(days=40_000)).isoformat(), "VOUCH-FUTURE"),
    ],
)
def test_a_wrong_statement_is_refused_with_its_place(client: TestClient, key: str, value: str, code: str) -> None:
    sent = {**DEAL, "vouches": [STATEMENT, {**STATEMENT, key: value}]}
    answer = client.post("/api/decide", json=sent)
    assert answer.status_code == 422
    fault = answer.json()["faults"][0]
    place = "through" if code == "VOUCH-FUTURE" and value == CHECK.isoformat() else key
    assert (fault["code"], fault["where"]) == (code, f"vouches[1].{place}")


def test_a_statement_without_a_key_is_refused(client: TestClient) -> None:
    answer = client.post("/api/decide", json={**DEAL, "vouches": [{"through": ON, "by": "export desk"}]})
    assert answer.status_code == 422
    assert {fault["where"] for fault in answer.json()["faults"]} == {"body.vouches.0.signed_on", "body.vouches.0.note"}


def ended(client: TestClient, begun: Any) -> dict[str, Any]:
    """The job that a request began, once it has ended."""
    assert begun.status_code == 202, begun.text
    until = time.monotonic() + 120
    while time.monotonic() < until:
        job: dict[str, Any] = client.get(begun.headers["location"]).json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.1)
    raise AssertionError("the job does not end")


def test_a_table_and_a_report_are_made_with_it(client: TestClient) -> None:
    """Counts and files as with the file; a wrong statement is refused before anything is started."""
    table = uploaded(
        client, f"id,form,magnet_type,composition,from,to,on\na,magnet,ferrite,Sr 9 %,CN,DE,{ON}\n".encode()
    )
    asked = {"upload": table["id"], "standing": {**DECLARED, "version": STANDING.version}}
    bare, with_it = (
        ended(client, client.post("/api/batch", json={**asked, **more}))["result"]
        for more in ({}, {"vouches": [STATEMENT]})
    )
    assert "vouches" not in bare
    assert with_it["vouches"] == [STATEMENT]
    assert with_it["pack"].startswith(f"{bare['pack']}+vouch-{ON}-")
    case = {"case": "magnet-jv", "on": ON, "supply": False, "vouches": [STATEMENT]}
    job = ended(client, client.post("/api/brief", json=case))
    assert any("by export desk (signed " in line for line in job["result"]["summary"])
    wrong = [{**STATEMENT, "by": "me"}]
    for address, held in (
        ("/api/batch", asked),
        ("/api/brief", case),
        ("/api/survive", {"case": "ev-motor", "on": ON}),
    ):
        refused = client.post(address, json={**held, "vouches": wrong})
        assert (refused.status_code, refused.json()["code"]) == (422, "VOUCH-NAME")
    cover = client.post("/api/survive", json={"case": "ev-motor", "on": "2026-12-01", "vouches": [STATEMENT]})
    assert cover.status_code == 200
