"""What public money should buy, over HTTP: rows, an upload, and faults with their cells."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from coercivity.ministry.fund.read import fund_book_of
from coercivity.ministry.fund.write import fund_file, fund_rows
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.places import ROOT

BOOK = fund_book_of(ROOT / "examples" / "ministry" / "fund")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as made:
        yield made


def rows() -> dict[str, object]:
    """Returns the example as rows, its settings as one object."""
    found: dict[str, object] = {key: [dict(row) for row in entries] for key, entries in fund_rows(BOOK).items()}
    return found | {"settings": {row["name"]: row["value"] for row in fund_rows(BOOK)["settings"]}}


def test_rows_and_an_upload_give_the_same_answer(site: TestClient) -> None:
    told = site.post("/api/ministry/fund", json={"workbook": rows(), "budget": [150, "100"]}).json()
    sent = site.post("/api/firm/workbooks", files={"file": ("ministry.xlsx", fund_file(BOOK))})
    again = site.post("/api/ministry/fund", json={"file": sent.json()["file"], "budget": ["150", 100]}).json()
    assert told == again
    assert told["sets"][0]["projects"] == ["F1", "F4", "F5"]
    assert [row["budget_musd"] for row in told["budgets"]] == ["100", "150"]


def test_every_fault_has_its_place(site: TestClient) -> None:
    wrong = rows()
    wrong["paths"] = [{"path": "extension", "probability": 0.6}, {"path": "lapse", "probability": 0.3}]
    found = site.post("/api/ministry/fund", json={"workbook": wrong, "budget": [-1], "technology": "some"})
    assert found.status_code == 422
    told = [(fault["where"], fault["what"]) for fault in found.json()["faults"]]
    assert ("paths", "the chances add up to 0.9, not 1") in told
    assert ("budget", "the budget is above 0, not -1") in told
    assert any(where == "technology" for where, _ in told)
