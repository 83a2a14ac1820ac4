"""Links in a case folder are not followed out of it by commands, Python or the server."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from coercivity.base.errors import CoercivityError
from coercivity.base.examples import example_folder
from coercivity.cli.app import main
from coercivity.data.textyaml import file_in
from coercivity.http.app import make_api
from coercivity.verbs.serving.places import Places

ON = "2026-11-24"
NAMES = ("case.yaml", "transactions.csv", "company.yaml")
VERBS = (
    ("brief", "{case}", "--on", ON, "--out", "{out}", "--no-supply"),
    ("survive", "{case}", "--on", ON),
    ("replay", "{case}", "--on", ON),
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case folder below a folder of cases, and what lies outside of it."""
    shutil.copytree(example_folder() / "ev-motor", tmp_path / "cases" / "own")
    shutil.copytree(example_folder() / "ev-motor", tmp_path / "outside")
    return tmp_path / "cases" / "own"


def linked(case: Path, name: str, target: str | Path) -> None:
    (case / name).unlink()
    (case / name).symlink_to(target)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("target", ["{outside}/{name}", "../../outside/{name}", "chain"])
@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
def test_no_verb_follows_a_link_out_of_a_case_folder(
    name: str, target: str, verb: tuple[str, ...], case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if name == "company.yaml" and verb[0] == "replay":
        return  # which reads no firm
    if target == "chain":
        (case / "chain").symlink_to(tmp_path / "outside" / name)
    linked(case, name, target.format(outside=tmp_path / "outside", name=name))
    assert main([word.format(case=case, out=tmp_path / "out") for word in verb]) == 2
    told = capsys.readouterr()
    assert "FILE-LINK" in told.err
    assert name in told.err


def test_a_link_that_stays_in_the_folder_is_followed(case: Path) -> None:
    (case / "company.yaml").rename(case / "the company.yaml")
    (case / "company.yaml").symlink_to("the company.yaml")
    assert main(["survive", str(case), "--on", ON]) == 0


def test_a_folder_may_be_named_through_a_link(case: Path, tmp_path: Path) -> None:
    """Whoever reads it named it."""
    (tmp_path / "link").symlink_to(case)
    assert main(["survive", str(tmp_path / "link"), "--on", ON]) == 0


@pytest.mark.parametrize("target", ["/", "/dev/zero", "..", "loop", "/nothing"])
def test_a_link_to_anything_outside_or_to_nowhere_is_refused(target: str, case: Path) -> None:
    linked(case, "company.yaml", target)
    (case / "loop").symlink_to("loop")
    with pytest.raises(CoercivityError, match="FILE-LINK"):
        file_in(case, "company.yaml")


def test_a_standing_block_that_is_found_beside_a_table_is_not_followed_out(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "t.csv").write_text("id,date,material,composition,from,to\n1,2025-06-16,x,,CN,DE\n")
    (tmp_path / "standing.yaml").write_text("standing: {facts: {military_use: 'false'}}\n")
    (tmp_path / "in" / "standing.yaml").symlink_to(tmp_path / "standing.yaml")
    out = ("--out", str(tmp_path / "out"))
    assert main(["batch", str(tmp_path / "in" / "t.csv"), *out]) == 2
    assert main(["batch", str(tmp_path / "in" / "t.csv"), *out, "--standing", str(tmp_path / "standing.yaml")]) == 0


def client_of(tmp_path: Path) -> TestClient:
    return TestClient(make_api(Places(tmp_path / "state", (tmp_path / "cases",))), base_url="http://127.0.0.1:8765")


def test_the_server_does_not_follow_a_link_out_of_the_folder_of_cases(case: Path, tmp_path: Path) -> None:
    (tmp_path / "cases" / "elsewhere").symlink_to(tmp_path / "outside")
    (tmp_path / "cases" / "same").symlink_to("own")
    client = client_of(tmp_path)
    named = client.get("/api/cases/folders").json()
    assert {"own", "same"} <= set(named)
    assert "elsewhere" not in named
    for name in ("elsewhere", "../outside", str(tmp_path / "outside")):
        answer = client.post("/api/survive", json={"case": name, "on": ON})
        assert answer.status_code == 422
        assert answer.json()["code"] in ("EXAMPLE-UNKNOWN", "HTTP-FORM")
    assert client.post("/api/survive", json={"case": "same", "on": ON}).status_code == 200


@pytest.mark.parametrize("name", NAMES)
def test_nor_out_of_a_case_folder(name: str, case: Path, tmp_path: Path) -> None:
    linked(case, name, tmp_path / "outside" / name)
    client = client_of(tmp_path)
    for path in ("/api/survive", "/api/brief"):
        answer = client.post(path, json={"case": "own", "on": ON})
        assert answer.status_code == 422, answer.text
        assert answer.json()["code"] == "FILE-LINK"
        assert os.fspath(tmp_path) not in answer.text
