"""Tables over HTTP: contents of a table, and a run with the same bytes as on the command line."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from fastapi.testclient import TestClient

from coercivity.base.examples import example_folder
from coercivity.cli.app import main
from coercivity.verbs.serving import look as look_module
from coercivity.verbs.serving.places import Places

EXTRACT = example_folder() / "erp-extract" / "extract.csv"
STANDING = EXTRACT.with_name("standing.yaml")


def sent(client: TestClient, content: bytes, name: str = "table.csv") -> dict[str, Any]:
    answer = client.post("/api/uploads", files={"file": (name, content)})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def finished(client: TestClient, asked: dict[str, Any]) -> dict[str, Any]:
    begun = client.post("/api/batch", json=asked)
    assert begun.status_code == 202, begun.text
    assert begun.headers["location"] == f"/api/jobs/{begun.json()['id']}"
    for _ in range(300):
        job: dict[str, Any] = client.get(begun.headers["location"]).json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.1)
    raise AssertionError("the run does not end")


def test_a_table_tells_its_columns_the_map_they_suggest_and_its_first_rows(client: TestClient) -> None:
    """And the same is told again by its id, for as long as it is kept."""
    found = sent(client, EXTRACT.read_bytes(), "extract.csv")
    roles = {column["name"]: column["role"] for column in found["columns"]}
    assert roles["date"] == "on"
    assert roles["end_use"] == "use"
    assert roles["plant"] == ""
    assert found["columns"][2]["sample"][:3] == ["NdFeB magnets", "NdFeB magnets", "钕铁硼磁体"]
    assert found["kind"] == "csv"
    assert "encoding UTF-8" in found["notes"]
    assert found["constants"] == {"act": "by_route"}
    assert found["missing"] == []
    assert client.get(f"/api/uploads/{found['id']}").json() == found


def test_of_two_columns_for_one_role_it_is_told_which_is_read_and_why(client: TestClient) -> None:
    """And what the table lacks is told with what it is."""
    found = sent(client, b"Item,Material description,to\nx,NdFeB magnets,DE\n")
    by_name = {column["name"]: column for column in found["columns"]}
    assert by_name["Material description"]["role"] == "material"
    assert by_name["Item"]["because"] == "material is read from 'Material description'"
    assert [entry["role"] for entry in found["missing"]] == ["on", "from"]
    picked = client.get(f"/api/uploads/{found['id']}", params={"on_column": "Item"}).json()
    assert {column["name"]: column["role"] for column in picked["columns"]}["Item"] == "on"


def test_how_a_table_is_read_may_be_said(client: TestClient) -> None:
    """An encoding in the address; one that is none is a fault of the request."""
    content = "id,材料,from,to\n1,钕铁硼磁体,CN,DE\n".encode("gb18030")
    told = client.post("/api/uploads", params={"encoding": "gbk"}, files={"file": ("t.csv", content)}).json()
    assert told["columns"][1]["name"] == "材料"
    refused = client.post("/api/uploads", params={"encoding": "morse"}, files={"file": ("t.csv", content)})
    assert refused.status_code == 422
    assert refused.json()["code"] == "TABLE-ENCODING"


@pytest.mark.parametrize("standing", ["file", "content"])
def test_the_answers_are_those_of_the_command_line_byte_for_byte(
    client: TestClient, tmp_path: Path, standing: str
) -> None:
    """Answers, rows set aside, readings and map of the example, its standing block as text or as content."""
    from coercivity.data.textyaml import load_file

    out = tmp_path / "cli"
    main(["batch", str(EXTRACT), "--out", str(out), "--on-column", "date"])
    upload = sent(client, EXTRACT.read_bytes(), "extract.csv")["id"]
    block = load_file(STANDING)["standing"]
    content = {
        "said_by": block["said_by"],
        "said_on": block["said_on"],
        "facts": block["facts"],
        **{k: block["screened"][k] for k in ("lists", "version")},
    }
    asked = {
        "upload": upload,
        "on_column": "date",
        "standing": content if standing == "content" else STANDING.read_text(),
    }
    job = finished(client, asked)
    assert job["state"] == "done", job["faults"]
    assert set(job["files"]) == {p.name for p in out.iterdir() if not p.name.startswith(".")}
    for name in ("decisions.csv", "set-aside.csv", "readings.csv", "mapping.yaml", "summary.json", "summary.txt"):
        assert client.get(f"/api/jobs/{job['id']}/files/{name}").content == (out / name).read_bytes(), name


def test_the_result_is_the_summary_with_the_outcomes_of_each_rule(client: TestClient) -> None:
    """The sum balances, and so does each rule."""
    upload = sent(client, EXTRACT.read_bytes())["id"]
    result = finished(client, {"upload": upload, "standing": STANDING.read_text()})["result"]
    assert result["rows"] == 40 == sum(result["outcomes"].values()) + sum(result["input_errors"].values())
    assert result["balances"] is True
    by_rule: dict[str, int] = {}
    for entry in result["outcomes_by_rule"]:
        by_rule[entry["rule"]] = by_rule.get(entry["rule"], 0) + entry["rows"]
    assert {rule: rows for rule, rows in by_rule.items() if rule} == result["rules"]
    assert by_rule[""] > 0


def test_a_map_is_content_or_text_and_parquet_parts_can_be_fetched(client: TestClient) -> None:
    """Constants and options go with it; every answer lies in a file of its own name."""
    stream = io.BytesIO()
    pl.DataFrame({"a": ["1", "2"], "b": ["NdFeB magnets", "Ho metal"], "c": ["DE", "KR"]}).write_parquet(stream)
    upload = sent(client, stream.getvalue(), "t.parquet")["id"]
    columns = {"a": "id", "b": "material", "c": "to"}
    long = {"columns": columns, "constants": {"from": "CN", "act": "goods"}, "options": {"dates": "dmy"}}
    job = finished(client, {"upload": upload, "map": long, "on": "2025-06-16"})
    assert job["state"] == "done", job["faults"]
    assert "decisions-part-00001.parquet" in job["files"]
    text = client.get(f"/api/jobs/{job['id']}/files/mapping.yaml").text
    again = finished(client, {"upload": upload, "map": text, "on": "2025-06-16"})
    part = "files/decisions-part-00001.parquet"
    first, second = (client.get(f"/api/jobs/{found['id']}/{part}").content for found in (job, again))
    assert pl.read_parquet(io.BytesIO(first)).equals(pl.read_parquet(io.BytesIO(second)))
    assert pl.read_parquet(io.BytesIO(first))["id"].to_list() == ["1", "2"]


def test_all_faults_of_map_standing_and_days_come_at_once_and_nothing_runs(client: TestClient) -> None:
    """Each names its file, none the folder in which the server keeps it."""
    upload = sent(client, b"id,material,from,to\n1,x,CN,DE\n")["id"]
    asked = {
        "upload": upload,
        "map": {"columns": {"id": "colour", "gone": "to"}, "options": {"dates": "ymd"}},
        "standing": {"facts": {"military_use": "perhaps"}},
        "on": "2025-02-30",
        "formats": ["docx"],
    }
    answer = client.post("/api/batch", json=asked)
    assert answer.status_code == 422
    codes = [fault["code"] for fault in answer.json()["faults"]]
    assert codes[:3] == ["BATCH-FORMAT", "DATE", "MAP-ROLE"]
    assert {"MAP-OPTION", "FACT-VALUE"} <= set(codes)
    assert all("/" not in fault["where"] for fault in answer.json()["faults"])
    assert client.get("/api/jobs").json() == []


def test_what_only_the_rows_tell_fails_the_run_with_its_faults(client: TestClient) -> None:
    """A column of a type that holds no cell that can be read."""
    stream = io.BytesIO()
    pl.DataFrame({"material": [b"\1", b"\2"], "to": ["DE", "DE"], "from": ["CN", "CN"]}).write_parquet(stream)
    upload = sent(client, stream.getvalue(), "t.parquet")["id"]
    job = finished(client, {"upload": upload, "on": "2025-06-16"})
    assert job["state"] == "failed"
    assert [(fault["code"], fault["where"]) for fault in job["faults"]] == [("TABLE-TYPE", "t.parquet")]


@pytest.mark.parametrize("method", ["get", "batch"])
def test_an_upload_that_is_not_kept_is_told(client: TestClient, method: str) -> None:
    """By an address that names nothing; or as a fault of what is asked."""
    if method == "get":
        answer = client.get(f"/api/uploads/{'0' * 32}")
        assert answer.status_code == 404
    else:
        answer = client.post("/api/batch", json={"upload": "x", "on": "2025-06-16"})
        assert answer.status_code == 422
    assert answer.json()["code"] == "UPLOAD-UNKNOWN"


def test_a_table_that_takes_too_long_to_open_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that opens it is ended."""
    monkeypatch.setattr(look_module, "LIMIT_S", 0.01)
    answer = client.post("/api/uploads", files={"file": ("t.csv", b"id\n1\n")})
    assert answer.json()["code"] == "UPLOAD-TIME"


def test_a_table_that_takes_too_much_to_open_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever ends the process, the answer is plain."""
    monkeypatch.setattr(sys, "executable", "/bin/false")
    answer = client.post("/api/uploads", files={"file": ("t.csv", b"id\n1\n")})
    assert answer.json()["code"] == "UPLOAD-MEMORY"


def test_a_file_that_is_sent_again_stays_where_it_is(client: TestClient, places: Places) -> None:
    """A run may be reading it."""
    first = sent(client, b"id,to\n1,DE\n")["id"]
    before = next((places.uploads / first).iterdir()).stat()
    assert sent(client, b"id,to\n1,DE\n")["id"] == first
    after = next((places.uploads / first).iterdir()).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
