"""Draws on the page for the cost of a clause: the form, bad numbers, the table of ranges."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.papers.market.report_data import PriceDraws, PriceRange
from coercivity.verbs.draws_offered import minutes
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site

CLAUSE = {"clause": "a18-1c905", "scenario": "controls-back", "from": "2026-01", "to": "2026-02"}
UNTIL_DONE_S = 240.0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The screens, asked without a browser."""
    app = make_site(Places(tmp_path_factory.mktemp("state")))
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        yield client


@pytest.fixture(scope="module")
def priced(site: TestClient) -> Any:
    """The job of a clause, done without draws."""
    assert site.post("/supply/clause", data=CLAUSE, follow_redirects=False).status_code == 303
    job = site.app.state.held.jobs.all()[0]  # type: ignore[attr-defined] # the application is ours
    until = time.monotonic() + UNTIL_DONE_S
    while not job.ended:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert job.state == "done", job.faults
    return job


def made_draws(clause: str) -> PriceDraws:
    """Returns what draws say of the cost of a clause in the only legal scenario: a loss of 1 to 3 million USD.

    Args:
        clause: The clause.
    """
    whole: PriceRange = {
        "run": "controls-back",
        "less": f"without {clause}",
        "figure": "whole_usd",
        "unit": "USD",
        "usual": -1.5e6,
        "mean": -2e6,
        "low": -2.2e6,
        "high": -1.8e6,
        "quantiles": {"5": -3e6, "10": -2.8e6, "25": -2.4e6, "50": -2e6, "75": -1.6e6, "90": -1.2e6, "95": -1e6},
        "share_positive": 0.0,
        "share_negative": 1.0,
        "draws": 64,
    }
    return {
        "design": "sobol-64-0",
        "draws": 64,
        "first": "2026-01",
        "last": "2026-02",
        "shared": ["2024-10", "2025-12"],
        "rows": {"drawn": {"world": 600}, "not_drawn": {"not in use": 10}},
        "prices": [{"branch": "", "general_licences": "with", "ranges": [whole]}],
        "failed": [],
        "hash": "0" * 64,
    }


def test_the_form_of_a_clause_offers_draws_and_says_how_long_they_take(site: TestClient) -> None:
    """Each draw is two runs; four with and without general licences."""
    page = site.get("/supply/clause", params={**CLAUSE, "lang": "en"}).text
    assert '<option value="none" selected>' in page
    assert "draws take about" not in page
    for licences, runs in (("with", 2), ("both", 4)):
        asked = {**CLAUSE, "draws": "64", "general_licences": licences}
        page = site.get("/supply/clause", params={**asked, "lang": "en"}).text
        assert '<option value="64" selected>64 draws</option>' in page
        assert f"64 draws take about {minutes(64, 2, runs)[0]} min more" in page
        assert "64次抽样在本机上约另需" in site.get("/supply/clause", params={**asked, "lang": "zh"}).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [("3", "each needs a power of two"), ("1", "an interval needs"), ("x", "is not a number of draws")],
)
def test_draws_that_do_not_fit_a_clause_are_told_with_the_other_faults(site: TestClient, typed: str, told: str) -> None:
    sent = site.post("/supply/clause", data={**CLAUSE, "draws": typed, "lang": "en"})
    assert sent.status_code == 422
    assert told in sent.text
    assert re.search(r'<select id="f-draws" name="draws" aria-invalid="true"', sent.text)
    chinese = site.get("/supply/clause", params={**CLAUSE, "draws": typed, "lang": "zh"}).text
    (fault,) = re.findall(r"DRAWS.{0,400}", chinese, re.S)[:1]
    assert told not in fault
    assert "抽样" in fault
    both = site.post("/supply/clause", data={**CLAUSE, "draws": "x", "clause": "a18-1c90", "lang": "en"})
    assert "CLAUSE-UNKNOWN" in both.text
    assert "is not a number of draws" in both.text


def test_a_clause_that_is_priced_stays_on_the_page_until_its_draws_are_done(site: TestClient, priced: Any) -> None:
    """The cost without draws is shown, and what draws take; then a table of ranges, in the language of the page."""
    page = site.get("/supply/clause", params={**CLAUSE, "lang": "en"}).text
    assert "Choose a number of draws above" in page
    page = site.get("/supply/clause", params={**CLAUSE, "draws": "64", "lang": "en"}).text
    assert f"/api/jobs/{priced.id}/files/clause-price.json" in page
    assert "64 draws take about" in page
    assert "Choose a number of draws above" not in page
    priced.result["draws"] = made_draws("a18-1c905")
    page = site.get("/supply/clause", params={**CLAUSE, "lang": "en"}).text
    told = ("Ranges over 64 draws, 2026-01 to 2026-02", "90 % interval of the mean", "-3.00 M USD to -1.00 M USD")
    assert all(text in page for text in told)
    assert "Choose a number of draws above" not in page
    chinese = site.get("/supply/clause", params={**CLAUSE, "lang": "zh"}).text
    assert "64次抽样的区间（2026年1月至2026年2月）" in chinese
    assert "-300万美元至-100万美元" in chinese
