"""Jobs: one per request, cancelled with everything they started, with the results of the commands."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from coercivity.cli.app import main
from coercivity.http.app import make_api
from coercivity.verbs.outlook import outlook
from coercivity.verbs.serving.jobs import (
    CANCELLED,
    DONE,
    FAILED,
    MOST_KEPT,
    MOST_RUNNING,
    MOST_WAITING,
    RUNNING,
    Job,
    Jobs,
)
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.problems import RefusedError
from tests.unit.http.conftest import BASE

LONG = {"scenario": "as-known", "scenario_b": "no-controls", "from": "2025-01", "to": "2029-12"}
SHORT = {"scenario": "no-controls", "from": "2024-10", "to": "2024-11"}
PATIENCE_S = 60.0


@pytest.fixture
def jobs(places: Places) -> Iterator[Jobs]:
    made = Jobs(places, ("a",))
    yield made
    made.close()


def until(true: Callable[[], bool], limit_s: float = PATIENCE_S) -> float:
    """Waits until something is true and returns how long that took [s]."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < limit_s, "it never came to be"
        time.sleep(0.01)
    return time.monotonic() - begun


def ended(job: Job) -> Job:
    """The job, when it has ended."""
    until(lambda: job.ended)
    return job


def group_of(pid: int) -> list[int]:
    """Processes of a group that live."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, group = path.read_text().rsplit(")", 1)[1].split()[:3]
        except OSError:
            continue
        if int(group) == pid and state != "Z":
            found.append(int(path.parent.name))
    return found


def scripted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str) -> None:
    """Lets a script stand for the child, so that what a child may do can be tried."""
    stand_in = tmp_path / "child"
    stand_in.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    stand_in.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(stand_in))


def test_the_same_question_is_the_same_job(jobs: Jobs, monkeypatch: pytest.MonkeyPatch, places: Places) -> None:
    monkeypatch.setattr(Jobs, "_run", lambda self, job: None)
    first = jobs.start("outlook", LONG)
    assert jobs.start("outlook", dict(reversed(LONG.items()))) is first
    assert jobs.find("outlook", LONG) is first
    assert jobs.start("brief", LONG) is not first
    assert jobs.start("outlook", SHORT).id != first.id
    assert jobs.find("outlook", {**LONG, "to": "2026-11"}) is None
    assert Jobs(places, ("another pack",)).id_of("outlook", LONG) != first.id


def test_a_queue_that_is_full_says_when_to_come_again(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Jobs, "_run", lambda self, job: None)
    asked = [{"from": "2024-01", "to": f"20{25 + n // 12}-{n % 12 + 1:02}"} for n in range(MOST_RUNNING + MOST_WAITING)]
    answers = [client.post("/api/outlook", json=sent) for sent in asked]
    assert {answer.status_code for answer in answers} == {202}
    assert [answer.json()["state"] for answer in answers][:3] == [RUNNING, RUNNING, "waiting"]
    assert len({answer.headers["location"] for answer in answers}) == len(asked)
    refused = client.post("/api/outlook", json=SHORT)
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "60"
    assert refused.json()["code"] == "JOB-QUEUE"
    assert client.post("/api/outlook", json=asked[5]).status_code == 202  # that one is there already
    waiting = answers[-1].json()["id"]
    assert client.delete(f"/api/jobs/{waiting}").json()["state"] == CANCELLED
    assert client.post("/api/outlook", json=SHORT).status_code == 202


def test_a_question_that_cannot_be_answered_starts_nothing(client: TestClient) -> None:
    for path, sent in (
        ("/api/outlook", {"scenario": "../../etc/passwd", "from": "2025-13", "to": "2024-01", "known": "x"}),
        ("/api/clause-price", {"clause": "no-such", "from": "2025-01", "to": "2025-02"}),
        ("/api/outlook", {"from": "2025-01", "to": "2025-02", "desk_without": ["queue", "wating"]}),
        ("/api/clause-price", {"clause": "a18-1c905", "from": "2025-01", "to": "2025-02", "general_licences": "none"}),
        ("/api/brief", {"case": "../ev-motor", "on": "2026-11-24"}),
        ("/api/brief", {"case": "ev-motor", "on": "never"}),
    ):
        answer = client.post(path, json=sent)
        assert answer.status_code == 422, answer.text
        assert answer.json()["faults"][0]["what"]
    assert client.get("/api/jobs").json() == []


def test_an_end_ends_the_whole_group_and_takes_the_folder_away(jobs: Jobs) -> None:
    job = jobs.start("outlook", LONG)
    until(lambda: job.done > 0)
    assert job.process is not None
    pid = job.process.pid
    assert group_of(pid)
    assert os.getpgid(pid) == pid != os.getpgid(0)
    assert jobs.cancel(job.id).state == CANCELLED
    assert until(lambda: not group_of(pid)) < 2
    until(lambda: not job.folder.exists())
    assert job.files() == {}
    assert jobs.cancel(job.id).state == CANCELLED


GRANDCHILD = """
import subprocess, sys, json, time
child = subprocess.Popen(["sleep", "600"])
print(json.dumps({"label": str(child.pid), "done": 1, "total": 2}), flush=True)
time.sleep(600)
"""


def test_what_a_job_started_ends_with_it(jobs: Jobs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    scripted(monkeypatch, tmp_path, GRANDCHILD)
    job = jobs.start("outlook", LONG)
    until(lambda: job.label != "")
    assert job.process is not None
    pid = job.process.pid
    assert len(group_of(pid)) == 2
    jobs.cancel(job.id)
    assert until(lambda: not group_of(pid)) < 2


def test_a_job_that_was_ended_can_be_asked_again_at_once(jobs: Jobs) -> None:
    """What is left of the first attempt does not take the second one's folder away."""
    for _ in range(3):
        job = jobs.start("outlook", SHORT)
        until(lambda job=job: job.process is not None)  # type: ignore[misc]
        jobs.cancel(job.id)
    last = ended(jobs.start("outlook", SHORT))
    assert (last.state, last.faults) == (DONE, ())
    assert "outlook.json" in last.files()


def test_faults_of_a_job_are_told_as_those_of_a_request(client: TestClient) -> None:
    jobs: Jobs = client.app.state.held.jobs  # type: ignore[attr-defined]
    job = ended(jobs.start("outlook", {**SHORT, "scenario": "no-such"}))
    assert job.state == FAILED
    answer = client.get(f"/api/jobs/{job.id}/result")
    assert answer.status_code == 422
    assert answer.json()["code"] == "SCENARIO-UNKNOWN"
    assert client.get(f"/api/jobs/{job.id}").json()["faults"][0]["code"] == "SCENARIO-UNKNOWN"
    assert jobs.start("outlook", {**SHORT, "scenario": "no-such"}) is not job


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("raise SystemExit(3)", "JOB-ENDED"),
        ("import os; os.kill(os.getpid(), 9)", "JOB-ENDED"),
        (
            "print('a library speaks'); print('[1]'); print('{\"label\": \"cut', flush=True); raise SystemExit(1)",
            "JOB-ENDED",
        ),
    ],
)
def test_a_child_that_dies_is_a_job_that_failed(
    jobs: Jobs, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, code: str
) -> None:
    scripted(monkeypatch, tmp_path, script)
    job = ended(jobs.start("outlook", LONG))
    assert job.state == FAILED
    assert [fault.code for fault in job.faults] == [code]
    assert job.faults[0].next


def test_a_child_that_cannot_be_started_is_a_job_that_failed(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    job = ended(jobs.start("outlook", LONG))
    assert [fault.code for fault in job.faults] == ["JOB-START"]


def test_progress_comes_as_events_until_the_end(client: TestClient) -> None:
    job_id = client.post("/api/outlook", json=SHORT).json()["id"]
    answer = client.get(f"/api/jobs/{job_id}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    told = [json.loads(line.removeprefix("data: ")) for line in answer.text.splitlines() if line.startswith("data: ")]
    *before, last = [entry["state"] for entry in told]
    assert last == DONE
    assert set(before) <= {RUNNING}  # none, if the run ended before its events were asked for
    done = [entry["done"] for entry in told]
    assert done == sorted(done)
    assert told[-1]["done"] == told[-1]["total"] > 0
    assert told[-1]["files"]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, str, Path]]:
    """A client, a job that is done, and the folder of the server."""
    folder = tmp_path_factory.mktemp("state")
    with TestClient(make_api(Places(folder)), base_url=BASE) as client:
        job_id = client.post("/api/outlook", json=SHORT).json()["id"]
        assert client.get(f"/api/jobs/{job_id}/events").status_code == 200
        yield client, job_id, folder


def test_the_files_of_a_job_are_those_of_the_verb_and_of_the_command_line(
    finished: tuple[TestClient, str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client, job_id, _ = finished
    outlook(SHORT["scenario"], first=SHORT["from"], last=SHORT["to"], out=tmp_path)
    here = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    names = client.get(f"/api/jobs/{job_id}").json()["files"]
    there = {name: client.get(f"/api/jobs/{job_id}/files/{name}").content for name in names}
    assert set(there) == set(here) >= {"outlook.html", "outlook.zh.html", "outlook.json"}
    assert there == here
    words = ["outlook", SHORT["scenario"], "--from", SHORT["from"], "--to", SHORT["to"], "--json"]
    capsys.readouterr()
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(there["outlook.json"])


def test_the_result_of_a_job_names_its_runs_by_their_hashes(finished: tuple[TestClient, str, Path]) -> None:
    client, job_id, _ = finished
    result = client.get(f"/api/jobs/{job_id}/result").json()
    report = client.get(f"/api/jobs/{job_id}/files/outlook.json").json()
    assert [run["hash"] for run in result["runs"]] == [run["hash"] for run in report["runs"]]
    assert result["summary"]


def test_a_page_of_a_result_runs_no_script(finished: tuple[TestClient, str, Path]) -> None:
    client, job_id, _ = finished
    shown = client.get(f"/api/jobs/{job_id}/files/outlook.html")
    assert shown.headers["content-type"].startswith("text/html")
    assert "script-src" not in shown.headers["content-security-policy"]
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    table = client.get(f"/api/jobs/{job_id}/files/prices.parquet")
    assert table.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "name",
    [
        *("../asked.json", "..%2fasked.json", "..%2Fresult.json", "%2e%2e%2flog.txt", "%2e%2e", "asked.json", "out"),
        *("..%5casked.json", "%2fetc%2fpasswd", "outlook.json%00.html", "outlook.json/", "./outlook.json%2f..", "OUTLOOK.JSON"),
        *("..%252fasked.json", "outlook.jsonx", "x" * 5000),
    ],
)  # fmt: skip
def test_nothing_beside_the_results_can_be_reached(finished: tuple[TestClient, str, Path], name: str) -> None:
    client, job_id, folder = finished
    secret = next((folder / "jobs").iterdir()) / "asked.json"
    assert secret.is_file()
    answer = client.get(f"/api/jobs/{job_id}/files/{name}")
    assert answer.status_code == 404
    assert "no-controls" not in answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_file_that_a_link_leads_to_is_no_result(finished: tuple[TestClient, str, Path], tmp_path: Path) -> None:
    client, job_id, folder = finished
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    link = next((folder / "jobs").iterdir()) / "out" / "link.txt"
    link.symlink_to(tmp_path / "secret.txt")
    try:
        answer = client.get(f"/api/jobs/{job_id}/files/link.txt")
    finally:
        link.unlink()
    assert answer.status_code == 404


def test_a_result_is_not_there_while_the_work_goes_on(client: TestClient) -> None:
    started = client.post("/api/outlook", json=LONG)
    assert started.status_code == 202
    assert started.headers["location"] == f"/api/jobs/{started.json()['id']}"
    answer = client.get(started.headers["location"] + "/result")
    assert answer.status_code == 409
    assert answer.json()["code"] == "JOB-STATE"
    assert client.get("/api/jobs").json()[0]["id"] == started.json()["id"]
    assert client.delete(started.headers["location"]).json()["state"] == CANCELLED
    assert client.get(started.headers["location"] + "/result").status_code == 409


def test_the_end_of_the_server_ends_its_jobs(places: Places) -> None:
    with TestClient(make_api(places), base_url=BASE) as client:
        jobs: Jobs = client.app.state.held.jobs  # type: ignore[attr-defined]
        job = jobs.get(client.post("/api/outlook", json=LONG).json()["id"])
        until(lambda: job.process is not None)
        assert job.process is not None
        pid = job.process.pid
    assert until(lambda: not group_of(pid)) < 2
    assert job.state == CANCELLED


def test_the_oldest_results_make_room(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def at_once(self: Jobs, job: Job) -> None:
        job.folder.mkdir(parents=True)
        job.state = DONE

    monkeypatch.setattr(Jobs, "_run", at_once)
    made = []
    for number in range(MOST_KEPT + 3):
        made.append(jobs.start("outlook", {"n": number}))
        until(lambda: made[-1].ended)
    assert jobs.all()[0] is made[-1]
    assert len(jobs.all()) == MOST_KEPT
    assert [job.folder.exists() for job in made[:4]] == [False, False, False, True]


def test_a_job_that_nobody_started_is_not_there(jobs: Jobs) -> None:
    assert jobs.find("outlook", LONG) is None
    with pytest.raises(Exception, match="job not found"):
        jobs.get("x" * 500)


def test_a_full_queue_is_refused_below_http_too(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Jobs, "_run", lambda self, job: None)
    for number in range(MOST_RUNNING + MOST_WAITING):
        jobs.start("outlook", {"n": number})
    with pytest.raises(RefusedError, match="16 jobs are waiting"):
        jobs.start("outlook", {"n": "one more"})
