"""A user signs for a check: the form on every page, its faults, and what the statement changes for that user only."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from coercivity.base.days import ONE_DAY
from coercivity.cli.app import main
from coercivity.law.rules.load import load_rulebook
from coercivity.verbs.cases import packed_standing_block
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from coercivity.web.vouched import COOKIE
from tests.prose.pages import foreign

TODAY = dt.date.today().isoformat()
CHECK = load_rulebook().verified_through
BY, NOTE = "export desk", "announcements on the website of MOFCOM"
FERRITE = {"act": "goods", "material": "ferrite magnets", "from": "China", "to": "Germany", "standing": "yes"} | {
    "said_by": "the exporter or provider",
    "said_on": "transaction date",
}
FERRITE |= {"f.form": "magnet", "f.magnet_type": "ferrite", "f.elements": "[]"}
HOLMIUM = {**FERRITE, "f.magnet_type": "NdFeB", "f.elements": "Nd;Ho", "material": "magnets"}
PAGES = (
    "/",
    "/deal",
    "/rules",
    "/rules/calendar",
    "/batch",
    "/parties",
    "/supply",
    "/firm",
    "/brief",
    "/data",
    "/about",
    "/glossary",
)


@pytest.fixture
def site(tmp_path: Path) -> TestClient:
    """The screens for one browser."""
    return TestClient(make_site(Places(tmp_path)), base_url="http://127.0.0.1:8765")


def shown_at_last(site: TestClient, address: str) -> str:
    """The page of a job once it has ended."""
    until = time.monotonic() + 120
    while "data-job=" in (page := site.get(address).text):
        assert time.monotonic() < until
        time.sleep(0.2)
    return page


def deal(on: str = TODAY, lang: str = "en", **said: str) -> str:
    return f"/deal?{urlencode({**(said or FERRITE), 'on': on, 'lang': lang})}"


def sign(site: TestClient, through: str = TODAY, **said: str) -> None:
    made = site.post("/vouch", data={"through": through, "by": BY, "note": NOTE, "back": "/", **said})
    assert made.status_code == 200
    assert COOKIE in site.cookies


def outcome(page: str) -> str:
    """The outcome of a deal, as its class says."""
    found = re.search(r'<h2 id="outcome".*?class="chip big (\w+)"', page, re.S)
    assert found
    return found[1]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_two_clicks_from_the_remark_to_the_result(site: TestClient, lang: str) -> None:
    """The form beside the remark, its day preset to today, leads back to the same deal, which may now proceed."""
    page = site.get(deal(lang=lang)).text
    assert outcome(page) == "UNKNOWN"
    form = re.search(r'<input id="vouch-through-deal" name="through" value="([\d-]+)"', page)
    assert form
    assert form[1] == TODAY
    back = deal(lang=lang)
    made = site.post("/vouch", data={"through": TODAY, "by": BY, "note": NOTE, "back": back}, follow_redirects=False)
    assert (made.status_code, made.headers["location"]) == (303, back)
    page = site.get(back).text
    assert outcome(page) == "PROCEED"
    day = dt.date.today()
    told = (
        f"Rules checked through {day.day} {day:%B} {day.year} by {BY} (signed {day.day} {day:%B} {day.year}): {NOTE}"
        if lang == "en"
        else f"规则由{BY}核查至{day.year}年{day.month}月{day.day}日（签署日期：{day.year}年{day.month}月{day.day}日）：{NOTE}"
    )
    assert told in page
    assert foreign(page, lang, frozenset({BY, NOTE, *FERRITE.values()})) == []


def test_it_is_named_on_every_page_until_it_is_removed(site: TestClient) -> None:
    sign(site)
    for address in PAGES:
        page = site.get(f"{address}?lang=en").text
        assert 'id="vouched"' in page, address
        assert page.count(f"by {BY} (signed ") >= 2, address  # above the page and at its foot
    gone = site.post("/vouch/remove", data={"back": "/rules"}, follow_redirects=False)
    assert (gone.status_code, gone.headers["location"]) == (303, "/rules")
    assert COOKIE not in site.cookies
    for address in PAGES:
        page = site.get(address).text
        assert 'id="vouched"' not in page
        assert page.count('id="vouch-through-foot"') == 1
    assert outcome(site.get(deal()).text) == "UNKNOWN"


def test_it_counts_for_the_user_who_signed_only(site: TestClient) -> None:
    sign(site)
    other = TestClient(site.app, base_url="http://127.0.0.1:8765")
    assert [outcome(user.get(deal()).text) for user in (site, other)] == ["PROCEED", "UNKNOWN"]
    assert BY not in other.get("/").text


def test_it_reaches_its_day_and_no_further(site: TestClient) -> None:
    through = (CHECK + ONE_DAY).isoformat()
    sign(site, through)
    after = (CHECK + 2 * ONE_DAY).isoformat()
    assert [outcome(site.get(deal(on)).text) for on in (through, after)] == ["PROCEED", "UNKNOWN"]
    assert ["vouch-through-start" in page for page in _starts(site, (through, after))] == [
        False,
        True,
    ]


def _starts(site: TestClient, days: tuple[str, ...]) -> list[str]:
    return [site.get(f"/?on={day}&lang=en").text for day in days]


def test_an_unconfirmed_status_stays_open(site: TestClient) -> None:
    """Holmium magnets after the pause was due to end: both scenarios, with the statement as without it."""
    on = "2026-11-12"
    sign(site)
    page = site.get(deal(on, **HOLMIUM)).text
    assert outcome(page) == "UNKNOWN"
    assert "MOFCOM/GAC 57/2025: suspension lapsed" in re.sub(r"<[^>]+>", "", page)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"by": ""}, "VOUCH-NAME"),
        ({"by": "n/a"}, "VOUCH-NAME"),
        ({"note": "ok"}, "VOUCH-NOTE"),
        ({"through": "27.11.2026"}, "DATE"),
        ({"through": "2199-01-01"}, "VOUCH-FUTURE"),
        ({"through": "2026-10-01"}, "VOUCH-PAST"),
        ({"note": "核查" * 600}, "VOUCH-TEXT"),
    ],
)
def test_a_wrong_form_is_shown_again_with_its_fault(
    site: TestClient, said: dict[str, str], code: str, lang: str
) -> None:
    """Nothing is kept; what was typed stays in the form, and the faults are in the language of the page."""
    sent = {"through": TODAY, "by": BY, "note": NOTE, "back": "/rules", **said}
    made = site.post(f"/vouch?lang={lang}", data=sent)
    assert made.status_code == 422
    assert f"<b>{code}</b>" in made.text
    assert COOKIE not in site.cookies
    assert 'name="back" value="/rules"' in made.text
    assert foreign(made.text, lang, frozenset({BY, NOTE, *said.values()})) == []


def test_it_leads_back_to_pages_of_this_server_only(site: TestClient) -> None:
    for back in ("//elsewhere.example", "https://elsewhere.example", "/\\elsewhere.example"):
        for address in ("/vouch", "/vouch/remove"):
            sent = {"through": TODAY, "by": BY, "note": NOTE, "back": back}
            assert site.post(address, data=sent, follow_redirects=False).headers["location"] == "/"


@pytest.mark.parametrize("text", ["x", "e30=", "bnVsbA==", "", "eyJ0aHJvdWdoIjoiMjAyNi0xMC0wMSJ9"])
def test_a_damaged_or_outdated_statement_is_not_used_and_says_so(site: TestClient, text: str) -> None:
    site.cookies.set(COOKIE, text)
    page = site.get(deal()).text
    assert outcome(page) == "UNKNOWN"
    assert ("no longer counts" in page) == bool(text)


def test_the_file_gives_the_same_hash_on_the_command_line(
    site: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both files downloaded, and the command as the page shows it."""
    assert site.get("/vouch.yaml").status_code == 404
    sign(site)
    page = site.get(deal()).text
    file = site.get("/vouch.yaml")
    name = re.search(r'filename="(vouch-[\w-]+\.yaml)"', file.headers["content-disposition"])
    command = re.search(r"<code>coercivity (decide deal\.yaml --overlay (\S+) --explain)</code>", page)
    digest = re.search(r'<code id="hash">(\w+)</code>', page)
    assert name and command and digest  # noqa: PT018
    assert command[2] == name[1]
    monkeypatch.chdir(tmp_path)
    (tmp_path / name[1]).write_bytes(file.content)
    (tmp_path / "deal.yaml").write_bytes(site.get(deal().replace("/deal?", "/deal/deal.yaml?")).content)
    assert main(command[1].split()) == 0
    assert digest[1] in capsys.readouterr().out


def test_deals_on_several_dates_and_days_of_cover_take_it(site: TestClient) -> None:
    """The table of deals on the Rules screen, and the Firm screen, decide with the statement."""
    facts = {"act": "goods", "form": "magnet", "magnet_type": ["ferrite"], "elements": [], "from": "CN", "to": "DE"}
    rows = json.dumps({"standing": packed_standing_block(), "deals": [{"id": "a", "facts": facts}]})
    sent = {"first": CHECK.isoformat(), "second": TODAY, "lang": "en"}
    at = site.post("/rules/upload", data=sent, files={"file": ("deals.yaml", rows)}, follow_redirects=False)
    bare = site.get(at.headers["location"]).text
    sign(site)
    with_it = site.get(at.headers["location"]).text
    assert bare.count("chip PROCEED") < with_it.count("chip PROCEED")
    assert site.get(f"/firm?case=ev-motor&on={TODAY}").status_code == 200


def test_a_table_and_a_report_name_who_looked(tmp_path: Path) -> None:
    """Results that a job makes for the user who signed; without the statement they say that a check is missing."""
    said = f"by {BY} (signed "
    with TestClient(make_site(Places(tmp_path)), base_url="http://127.0.0.1:8765") as site:
        rows = f"id,material,composition,from,to,on\na,NdFeB magnets,Nd 30 %,CN,DE,{TODAY}\n".encode()
        table = site.post("/batch/upload?lang=en", files={"file": ("t.csv", rows)}, follow_redirects=False)
        address = table.headers["location"].partition("?")[0]
        sent = {"do": "start", "lang": "en", "set": "map", "act": "by_route", "day": "row", "claims": "packed"}
        sent |= {f"c{n}": role for n, role in enumerate(("id", "material", "composition", "from", "to", "on"))}
        sign(site)
        begun = site.post(address, data=sent, follow_redirects=False)
        assert begun.status_code == 303, begun.text
        page = shown_at_last(site, begun.headers["location"])
        assert page[page.index('id="answers"') : page.index("</main>")].count(said) == 2  # above, and in the summary
        asked = {"case": "magnet-jv", "on": TODAY, "supply": "no", "lang": "en"}
        begun = site.post("/brief/start", data=asked, follow_redirects=False)
        page = shown_at_last(site, begun.headers["location"])
        assert said in page[page.index('id="made-h"') : page.index("</main>")]
        site.post("/vouch/remove", data={"back": "/"})
        page = site.get(begun.headers["location"]).text  # another report, which was not made
        assert 'id="made-h"' not in page
