"""The Licence time screen: stages edited in a table, the last day to sign, part by air, general licence, faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.places import ROOT

NORDLICHT = ROOT / "examples/firms/nordlicht.yaml"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The screens, asked without a browser."""
    with TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765") as made:
        yield made


def text_of(html: str) -> str:
    bare = re.sub(r"<script.*?</script>", " ", html, flags=re.DOTALL)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare)))


def fields_of(page: str) -> dict[str, str]:
    """What the form would send, as a browser reads it."""
    form = page[page.index('<form id="clock-form"') :]
    form = form[: form.index("</form>")]
    found = dict(re.findall(r'<input [^>]*?name="([^"]+)" value="([^"]*)" form="clock-form"', page))
    for name, value in re.findall(r'<input [^>]*?name="([^"]+)" value="([^"]*)"', form):
        found[name] = unescape(value)
    for name, inside in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        picked = re.search(r'<option value="([^"]*)" selected', inside)
        first = re.search(r'<option value="([^"]*)"', inside)
        chosen = picked or first
        found[name] = unescape(chosen[1]) if chosen else ""
    area = re.search(r'<textarea [^>]*name="calendar"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    found["calendar"] = unescape(area[1]) if area else ""
    return {name: value for name, value in found.items() if value}


@pytest.fixture(scope="module")
def fields(site: TestClient) -> dict[str, str]:
    """The form filled with the example."""
    page = site.get("/clock?file=nordlicht&lang=en")
    assert page.status_code == 200
    return fields_of(page.text)


def asked(site: TestClient, fields: dict[str, str], **changed: str) -> Any:
    held = {**fields, "lang": "en", **changed}
    return site.get("/clock?" + urlencode({name: value for name, value in held.items() if value}))


def test_the_last_day_to_sign_is_the_heading(site: TestClient) -> None:
    """At 90 %: by sea 2027-01-24 (90.225 %, a day later 88.5 %), by air 2027-03-06 (exactly 90 %)."""
    page = site.get("/clock?file=nordlicht&lang=en").text
    heading = re.search(r'<h2 id="first-h"[^>]*>(.*?)</h2>', page)
    assert heading is not None
    assert "2027-01-24" in heading[1]
    told = text_of(page)
    for text in ("90.225", "88.5", "2027-03-06", "95.966 %", "98.438 %"):
        assert text in told, text


def test_the_form_of_a_workbook_gives_the_same_answer(site: TestClient, fields: dict[str, str]) -> None:
    """All rows of the workbook are in the form; what it sends is a permanent address with the same result."""
    page = asked(site, fields)
    assert page.status_code == 200
    told = text_of(page.text)
    for text in ("2027-01-24", "90.225", "2027-03-06", "95.966 %", "2027-06-13"):
        assert text in told, text
    assert fields_of(page.text) == fields


def test_another_chance_of_return_is_set_beside(site: TestClient, fields: dict[str, str]) -> None:
    """With 0.10 the last day by sea is 2027-03-15, with 0.40 it is 2026-12-04, before the day of signing."""
    told = text_of(asked(site, fields, other_return="0.10").text)
    assert "With a probability of return of 0.10" in told
    assert "2027-03-15" in told
    changed = {name: "0.40" if name.startswith("rc") else value for name, value in fields.items()}
    assert "2026-12-04" in text_of(asked(site, changed).text)


def test_masses_by_air_are_compared(site: TestClient, fields: dict[str, str]) -> None:
    told = text_of(asked(site, fields, masses="600 1240 1520").text)
    for text in ("75.00", "93.15", "93.75", "10.401", "6.651", "4.199", "260,021", "112,024"):
        assert text in told, text
    assert "31 or 38 days" in told


def test_a_plant_that_the_licence_does_not_name_gains_nothing(site: TestClient, fields: dict[str, str]) -> None:
    named = text_of(asked(site, fields).text)
    assert "92 %" in named
    assert "2027-02-06" in named
    other = text_of(asked(site, fields, plant="Bremen").text)
    assert "2027-02-06" not in other
    assert "95.966 %" in other


def test_faults_are_told_at_once_beside_their_fields(site: TestClient, fields: dict[str, str]) -> None:
    """Customs with 0.7 and 0.2, a day off that is a make-up day too, and a day needed before that of signing."""
    customs = [name for name, value in fields.items() if value == "customs"]
    second = customs[1].replace("s", "p")
    calendar = fields["calendar"] + "\n2027-01-31,2027-01-31,off,assumed"
    page = asked(site, fields, **{second: "0.2", "calendar": calendar, "needed": "2026-11-30"})
    assert page.status_code == 422
    told = text_of(page.text)
    assert "the chances of customs add up to 0.9, not 1" in told
    assert "2027-01-31 is off and a make-up day" in told
    assert "2026-11-30" in told
    assert 'id="first-h"' not in page.text
    assert page.text.count('aria-invalid="true"') >= 2


def test_without_a_workbook_the_usual_stages_are_shown_with_their_basis(site: TestClient) -> None:
    page = site.get("/clock?lang=en&signed=2026-12-07")
    assert page.status_code == 200
    assert "s1" in fields_of(page.text)
    assert fields_of(page.text)["signed"] == "2026-12-07"


def test_a_confidence_may_be_a_per_cent_with_a_blank(site: TestClient) -> None:
    told = text_of(site.get("/clock?lang=en&signed=2026-12-07&needed=2027-09-01&confidence=90%20%25").text)
    assert "at confidence 90 %" in told


def test_what_another_chance_of_return_leaves_alone_is_told_once(site: TestClient, fields: dict[str, str]) -> None:
    told = text_of(asked(site, fields, other_return="0.10").text)
    set_beside = told.split("With a probability of return of 0.10")[1].split("Probability of arrival by date")[0]
    assert "2027-03-15" in set_beside
    assert "A refusal is not simulated" not in set_beside


def test_rows_can_be_added_to_the_usual_stages_too(site: TestClient) -> None:
    page = site.get("/clock?lang=en&signed=2026-12-07").text
    more = site.get("/clock?lang=en&signed=2026-12-07&more=yes").text
    assert len(re.findall(r'name="s\d+"', more)) > len(re.findall(r'name="s\d+"', page)) > 60


def test_a_workbook_can_be_uploaded(site: TestClient) -> None:
    page = site.post("/clock/upload?lang=en", files={"file": ("mine.yaml", NORDLICHT.read_bytes())})
    assert page.status_code == 200
    assert "2027-01-24" in text_of(page.text)


def test_the_page_in_chinese(site: TestClient) -> None:
    page = site.get("/clock?file=nordlicht&lang=zh").text
    assert '<html lang="zh-Hans">' in page
    assert "2027年1月24日" in page


def test_more_rows_can_be_added(site: TestClient, fields: dict[str, str]) -> None:
    rows = len(re.findall(r'name="s\d+"', asked(site, fields).text))
    assert len(re.findall(r'name="s\d+"', asked(site, fields, more="yes").text)) > rows


def test_markup_in_a_field_stays_text(site: TestClient, fields: dict[str, str]) -> None:
    page = asked(site, fields, s1="<script>alert(1)</script>")
    assert "<script>alert(1)" not in page.text


def test_an_unknown_country_is_told_with_the_nearest_codes(site: TestClient) -> None:
    for lang in ("en", "zh"):
        answer = site.get("/clock", params={"to": "UK", "lang": lang})
        assert answer.status_code == 422
        assert "GB" in answer.text
        assert 'value="UK"' in answer.text
