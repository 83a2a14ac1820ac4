"""The words box of the Deal screen: what was read, corrections, several deals, dates, and input that is no good."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site
from tests.web.test_deal import hash_on, outcome_on

VISIT = "Two engineers from Baotou will commission a sintering line in Rayong in January"
SEVERAL = "Strip caster, drawings of the copper wheel and two fitters to install it at the magnet plant in Rayong"
DAY = {"on": "2026-03-15", "lang": "en"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The screens, asked without a browser."""
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def sent(site: TestClient, **fields: str) -> str:
    """The page that the form leads to."""
    answer = site.post("/deal", data={**DAY, **fields}, headers={"origin": "http://127.0.0.1:8765"})
    assert answer.status_code in (200, 422)
    return answer.text


def part(page: str, start: str, end: str) -> str:
    """What stands between two texts."""
    return page.split(start, 1)[1].split(end, 1)[0]


def test_each_word_that_was_read_is_marked_with_its_fact_beside_it(site: TestClient) -> None:
    """A number behind the words is that of the fact; the fact names the words."""
    page = site.get("/deal", params={**DAY, "material": VISIT}).text
    said = part(page, '<p class="said"', "</p>")
    number = re.search(r'<mark class="fact"[^>]*>[^<]*sintering line</mark><sup>([\d,]+)</sup>', said)
    assert number is not None
    row = part(page, 'id="fact-process_stage"', "</li>")
    assert re.search(r'value="(\d+)"', row)[1] in number[1].split(",")  # type: ignore[index]
    assert "magnet making" in row
    assert "sintering line</q>" in row
    assert html.unescape(re.sub(r"<sup>.*?</sup>|<[^>]+>", "", said.split(">", 1)[1])) == VISIT


def test_a_short_text_leads_to_an_address_and_a_long_one_to_none(site: TestClient) -> None:
    """What fits into an address can be kept as one; what does not is in no link of the page."""
    answer = site.post(
        "/deal",
        data={**DAY, "material": VISIT},
        headers={"origin": "http://127.0.0.1:8765"},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    held = parse_qs(urlsplit(answer.headers["location"]).query)
    assert held["material"] == [VISIT]
    long = f"{VISIT}.\r\n" + "With kind regards from the project office. " * 400
    page = sent(site, material=long)
    assert outcome_on(page) == "UNKNOWN"
    assert max(map(len, re.findall(r'(?:href|action)="([^"]*)"', page))) < 500
    assert hash_on(page) == hash_on(site.get("/deal", params={**DAY, "material": long.replace("\r\n", "\n")}).text)
    file = site.post("/deal/deal.yaml", data={**DAY, "material": long}, headers={"origin": "http://127.0.0.1:8765"})
    assert "line_service" in file.text


def test_a_text_over_the_limit_is_told_at_its_box_and_stays(site: TestClient) -> None:
    """20,001 characters and 100 kB: nothing is decided, nothing is cut off."""
    for length in (20_001, 100_000):
        text = ("magnet " * length)[:length].strip() + "x" * (length - len(("magnet " * length)[:length].strip()))
        page = sent(site, material=text)
        assert 'id="outcome"' not in page
        assert re.search(r'id="f-material"[^>]*aria-invalid="true"', page)
        assert f"{length:,}" in page
        assert text in page


@pytest.mark.parametrize("typed", ["15.03.2026", "15 March 2026", "2026年3月15日", "March 15, 2026", "15. März 2026"])
def test_a_date_is_taken_as_people_write_it(site: TestClient, typed: str) -> None:
    """The answer is that of the same date as the program writes it."""
    plain = site.get("/deal", params={**DAY, "material": VISIT}).text
    page = site.get("/deal", params={**DAY, "material": VISIT, "on": typed}).text
    assert hash_on(page) == hash_on(plain)
    assert re.search(r'id="f-on"[^>]*value="2026-03-15"', page)


@pytest.mark.parametrize("typed", ["tomorrow", "03/04/2026", "31.02.2026", "March", "15.03.26"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_no_date_or_may_be_two_is_told_with_how_to_write_it(site: TestClient, typed: str, lang: str) -> None:
    """Nothing is decided, and what was typed stays."""
    answer = site.get("/deal", params={"material": VISIT, "on": typed, "lang": lang})
    assert answer.status_code == 422
    assert 'id="outcome"' not in answer.text
    assert ("15.03.2026" if lang == "en" else "2026年3月15日") in part(answer.text, '<ul class="faults">', "</ul>")
    assert f'value="{typed}"' in answer.text


def test_a_correction_is_the_users_and_can_be_taken_back(site: TestClient) -> None:
    """The question of the fact opens with its value chosen; what the words said stays beside the answer."""
    query = {**DAY, "material": VISIT}
    page = site.get("/deal", params={**query, "correct": "process_stage"}).text
    form = part(page, 'id="correct"', "</form>")
    assert re.findall(r'value="(\w+)" required checked', form) == ["magnetic_material_manufacturing"]
    assert 'name="correct"' not in form
    corrected = site.get("/deal", params={**query, "f.process_stage": "metal_smelting"}).text
    row = part(corrected, 'id="fact-process_stage"', "</li>")
    assert "metal smelting</b>" in row
    assert "yours" in row
    assert '<s class="soft">magnet making</s>' in row
    assert hash_on(corrected) != hash_on(page)
    assert "process_stage: metal_smelting" in site.get(
        "/deal/deal.yaml", params={**query, "f.process_stage": "metal_smelting"}
    ).text.replace('"', "")


def test_an_open_list_is_not_closed_by_a_correction(site: TestClient) -> None:
    """Words name some of the work; the form opens with the note that there may be more."""
    page = site.get("/deal", params={**DAY, "material": VISIT, "correct": "line_service"}).text
    form = part(page, 'id="correct"', "</form>")
    assert re.findall(r'value="([^"]+)" checked', form) == ["commissioning", "..."]


def test_several_deals_have_a_card_each_and_answers_of_their_own(site: TestClient) -> None:
    """An answer about the drawings is none about the machine."""
    query = {**DAY, "material": SEVERAL}
    page = site.get("/deal", params=query).text
    cards = page.split('id="parts"')[1].split("</section>")[0].split('<li class="card')[1:]
    assert len(cards) == 3
    assert 'aria-current="true"' in cards[0]
    assert "part=2" in cards[1]
    assert "aria-current" not in "".join(cards[1:])
    hashes = [hash_on(site.get("/deal", params={**query, "part": str(n)}).text) for n in (1, 2, 3)]
    assert len(set(hashes)) == 3
    second = site.get("/deal", params={**query, "part": "2", "f2.public_domain": "false"}).text
    assert "Your answers so far" in second
    assert hash_on(site.get("/deal", params={**query, "part": "1", "f2.public_domain": "false"}).text) == hashes[0]


def test_answers_given_for_other_words_are_dropped_and_it_says_so(site: TestClient) -> None:
    """With several deals an answer belongs to one of them; other words may describe others."""
    query = {**DAY, "material": SEVERAL, "part": "2", "f2.public_domain": "true"}
    mark = re.search(r'name="of" value="([^"]+)"', site.get("/deal", params=query).text)
    assert mark is not None
    same = sent(site, **{**query, "of": mark[1]})
    assert "Your answers so far" in same
    assert "You changed the words" not in same
    other = sent(site, **{**query, "of": mark[1], "material": "drawings of the copper wheel and a strip caster"})
    assert "You changed the words" in other
    assert "f2.public_domain" not in part(other, '<form id="deal-form"', "</form>")


@pytest.mark.parametrize(
    "text",
    [
        '"><script>alert(1)</script> NdFeB magnet',
        "NdFeB \u202egnitpircsed\u202c magnet",
        '=HYPERLINK("http://example.com") magnet',
        "磁体 magnet магнит مغناطيس 자석",
        "\x00\x07 magnet \x1b[31m",
        "🧲🧲🧲",
    ],
)
def test_odd_texts_are_shown_as_text_and_conclude_nothing(site: TestClient, text: str) -> None:
    """HTML, directions, formulas, scripts and control characters: a page, never a trace, never PROCEED."""
    answer = site.post(
        "/deal", data={**DAY, "material": text, "standing": "yes"}, headers={"origin": "http://127.0.0.1:8765"}
    )
    assert answer.status_code in (200, 422)
    assert "<script>alert" not in answer.text
    assert "\u202e" not in re.sub(r'value="[^"]*"', "", part(answer.text, "</form>", "</main>"))
    if answer.status_code == 200:
        assert outcome_on(answer.text) != "PROCEED"


@pytest.mark.parametrize(
    "odd",
    [
        {"part": "99"},
        {"part": "0"},
        {"part": "x"},
        {"correct": "nothing"},
        {"go": "=&&;%"},
        {"f7.act": "goods"},
        {"of": "-"},
    ],
)
def test_an_address_that_somebody_changed_gives_the_first_deal(site: TestClient, odd: dict[str, str]) -> None:
    """Numbers of deals and names that do not exist change nothing."""
    plain = site.get("/deal", params={**DAY, "material": VISIT}).text
    page = site.get("/deal", params={**DAY, "material": VISIT, **odd})
    assert page.status_code == 200
    assert hash_on(page.text) == hash_on(plain)


def test_words_that_say_nothing_ask_for_the_kind_of_deal(site: TestClient) -> None:
    """Plain choices, one of which is enough."""
    page = site.get("/deal", params={**DAY, "material": "blue widget from Mars"}).text
    assert outcome_on(page) == "UNKNOWN"
    assert "No word was understood" in page
    choices = re.findall(r'<button class="choice"', part(page, 'id="question"', "</form>"))
    assert len(choices) >= 7


@pytest.mark.parametrize(
    "fact", ["technology_topic", "goods_kind", "alloy_system", "form", "public_domain", "elements"]
)
def test_no_answer_is_chosen_before_somebody_chooses_it(site: TestClient, fact: str) -> None:
    """A form that is sent as it opens states nothing: no list, choice or box has a value of its own."""
    page = site.get("/deal", params={**DAY, "material": "blue widget", "correct": fact}).text
    form = part(page, 'id="correct"', "</form>")
    assert " checked" not in form
    assert " selected" not in form
    first = re.findall(r"<select[^>]*><option value=\"([^\"]*)\"", form)
    assert first in ([], [""])
    assert first or 'name="f.' in form


def test_an_answer_is_taken_as_people_write_it(site: TestClient) -> None:
    """A share in per cent and a country by its name give the answer of the fraction and the code."""
    query = {**DAY, "material": "sintered NdFeB magnets"}
    plain = site.get("/deal", params={**query, "f.dy_mass_share": "0.018", "f.to": "DE"})
    typed = site.get("/deal", params={**query, "f.dy_mass_share": "1.8 %", "f.to": "Germany"})
    assert hash_on(typed.text) == hash_on(plain.text)
    assert hash_on(typed.text) != hash_on(site.get("/deal", params=query).text)
