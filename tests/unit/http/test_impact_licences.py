"""Licences in the impact of a draft over HTTP: of an uploaded case, and faults by the name that the user knows."""

from __future__ import annotations

from fastapi.testclient import TestClient

from coercivity.base.examples import example_folder
from tests.unit.http.test_impact import finished

DRAFT = (example_folder() / "overlays" / "magnets-2027.yaml").read_text(encoding="utf-8")
ROWS = (
    "id,on,act,form,magnet_type,elements,from,to,quantity,unit,licence\n"
    "a,2026-12-06,goods,magnet,NdFeB,Nd,CN,DE,2,t,L-1\n"
)
STANDING = (example_folder() / "impact" / "standing.yaml").read_text(encoding="utf-8")
LICENCES = "licence,valid_until,remaining_kg\nL-1,2026-12-05,1000\n"


def _upload(client: TestClient, name: str, text: str) -> str:
    answer = client.post("/api/uploads", files={"file": (name, text.encode())})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


def test_an_uploaded_case_with_its_table_of_licences(client: TestClient) -> None:
    files = {"case.yaml": f"title: {{en: Magnets}}\n{STANDING}", "transactions.csv": ROWS, "licences.csv": LICENCES}
    sent = client.post("/api/cases/folders", files=[("file", (name, text.encode())) for name, text in files.items()])
    assert sent.status_code == 200, sent.text
    job = finished(client, {"draft": DRAFT, "case": sent.json()["case"]})
    assert job["state"] == "done", job["faults"]
    told = job["result"]["licences"]
    assert told["source"] == "licences.csv"
    assert (told["licences"][0]["licence"], told["licences"][0]["late"]["deals"]) == ("L-1", 1)


def test_licences_are_called_by_the_name_of_their_upload(client: TestClient) -> None:
    deals = _upload(client, "deals.csv", ROWS)
    asked = {"draft": DRAFT, "upload": deals, "licences": _upload(client, "Genehmigungen.csv", LICENCES)}
    job = finished(client, asked)
    assert job["state"] == "done", job["faults"]
    assert job["result"]["licences"]["source"] == "Genehmigungen.csv"
    job = finished(client, {**asked, "licences": _upload(client, "twice.csv", LICENCES + "L-1,,\n")})
    assert job["state"] == "failed"
    (fault,) = job["faults"]
    assert (fault["code"], fault["where"]) == ("LICENCE-TWICE", "twice.csv, row 2")
