"""The Rules screen: rules in force, suspended or unconfirmed; instruments, clauses, dates compared; journey J4."""

from __future__ import annotations

import html
import json
import re
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from coercivity.cases.arguments import PACKED
from coercivity.verbs.serving.places import Places
from coercivity.web.rules.reading import blocks
from coercivity.web.site import make_site
from tests.places import ROOT
from tests.sampling import sampled

PORTFOLIO = ROOT / "tests" / "journeys" / "portfolio.csv"
DAYS = {"first": "2025-10-20", "second": "2026-03-02", "third": "2026-11-12"}
A18, A56, A57 = "MOFCOM/GAC 18/2025", "MOFCOM/GAC 56/2025", "MOFCOM/GAC 57/2025"
A61, A62 = "MOFCOM 61/2025", "MOFCOM 62/2025"
N, S, U = "N · not yet in force", "S · suspended", "status unconfirmed"
TABLE = {
    "r1": (A18, "L LICENCE", "L LICENCE", "L LICENCE"),
    "r2": ("", *["not controlled: no instrument covers the deal"] * 3),
    "r3": (A57, N, S, U),
    "r4": (A56, N, S, U),
    "r5": (A61, N, S, U),
    "r6": (A61, "L LICENCE", S, U),
    "r7": (A61, N, S, U),
    "r8": (A62, "L LICENCE", S, U),
}


class _Cells(HTMLParser):
    """The cells of the table of deals: the outcome of each, and its entries of effects as text."""

    def __init__(self) -> None:
        super().__init__()
        self.deals: dict[str, list[tuple[str, list[str]]]] = {}
        self._row: list[tuple[str, list[str]]] = []
        self._inside: list[str] = []
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "tr":
            self._row = []
        elif tag == "td":
            self._row.append(("", []))
            self._text = ""
        elif tag == "ul" and self._row:
            self._row[-1] = (self._text.split()[-1] if self._text.split() else "", [])
            self._text = ""
        elif tag == "li" or (tag == "th" and held.get("scope") == "row"):
            self._text = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "th" and not self._row and self._text.split():
            self.deals[self._text.split()[0]] = self._row
        elif tag == "li" and self._row:
            self._row[-1][1].append(" ".join(self._text.split()))

    def handle_data(self, data: str) -> None:
        self._text += f" {data}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The screens, asked without a browser."""
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


@pytest.fixture(scope="module")
def compared(site: TestClient) -> str:
    """The page on which the portfolio of J4 was sent."""
    return _sent(site, "en")


def _sent(site: TestClient, lang: str, **more: str) -> str:
    said = {**DAYS, "standing": "yes", "lang": lang, **more}
    return str(site.post("/rules/upload", files={"file": ("portfolio.csv", PORTFOLIO.read_bytes())}, data=said).text)


def _cells(page: str) -> dict[str, list[tuple[str, list[str]]]]:
    parser = _Cells()
    table = page.split('<table class="law deals">')[1].split("</table>", maxsplit=1)[0]
    parser.feed(table.split("<tbody>")[1])
    return parser.deals


def _text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def _box(page: str, state: str) -> str:
    return _text(page.split(f'<div class="box {state}')[1].split(">", maxsplit=1)[1].split("</div>", maxsplit=1)[0])


def test_j4_1_the_table_cell_by_cell(compared: str) -> None:
    """The effect of the named instrument on each day, standing questions answered by the box."""
    found = _cells(compared)
    assert list(found) == list(TABLE)
    for deal, (name, *wanted) in TABLE.items():
        for (_, effects), cell in zip(found[deal], wanted, strict=True):
            if name:
                assert f"{name} : {cell}" in effects, (deal, effects)
            else:
                assert effects == [cell], deal


def test_j4_1_the_outcomes_of_r8_and_the_catalogue_beside_62(compared: str) -> None:
    """LICENCE, then STOP by the catalogue, then LICENCE that may become STOP (checks 1 and 6)."""
    row = _cells(compared)["r8"]
    assert [outcome for outcome, _ in row][:2] == ["LICENCE", "STOP"]
    assert "MOFCOM/MOST 57/2023 : S STOP" in row[1][1]
    assert "MOFCOM/MOST 57/2023 : S STOP" in row[2][1]
    third = compared[compared.index("sintering recipe") :].split("</td>")[2]
    assert "may become STOP" in _text(third)


def test_j4_1_the_same_in_chinese(site: TestClient) -> None:
    """Outcomes, hashes and cells are the same; only the words differ."""
    page = _sent(site, "zh")
    assert "暂停实施" in page
    assert "尚未施行" in page
    found = _cells(page)
    assert found["r2"][0][1] == ["非管制：没有文件适用于该交易"]
    assert "商务部公告2025年第62号 ： 暂停实施" in found["r8"][1][1]
    hashes = [re.findall(r"<code>([0-9a-f]{64})</code>", text) for text in (page, _sent(site, "en"))]
    assert hashes[0] == hashes[1]
    assert len(hashes[0]) == 24


def test_j4_1_the_hash_of_each_cell_is_that_of_the_interface(site: TestClient, compared: str) -> None:
    """A cell's hash is the one that replay gives."""
    asked = {"deals": PORTFOLIO.read_text(encoding="utf-8"), "standing": "worked_cases", "on": list(DAYS.values())}
    rows = site.post("/api/replay", json=asked).json()
    assert re.findall(r"<code>([0-9a-f]{64})</code>", compared) == [row["proof"]["hash"] for row in rows]


def test_j4_2_the_clause_of_technology_in_chinese(site: TestClient) -> None:
    """The clause page of limb 2 shows the text in the language of the page and asks for the origin of the technology."""
    found = PACKED.book().provision("a61-1-2")
    assert found is not None
    gist = found[1].gist.as_dict()
    assert "原产于中国的五个环节稀土技术" in gist["zh"]
    for lang, other in (("en", "zh"), ("zh", "en")):
        page = html.unescape(site.get(f"/rules/clause/a61-1-2?on=2026-03-02&lang={lang}").text)
        assert gist[lang] in page
        assert gist[other] not in page
        assert "technology_origin" in page


def test_j4_3_the_last_day_says_which_reading_was_used(site: TestClient) -> None:
    """On 2026-11-10 both readings of "until" are told, on the clause and where days are compared; not the day before."""
    page = site.get("/rules/clause/a61-1-3?on=2026-11-10").text
    assert "to 2026-11-10 (inclusive)" in page
    assert "If the last day is not counted, the clause already applies on 2026-11-10" in page
    told = "2026-11-10 is the last day of the suspension, counted as included: still suspended."
    assert told in site.get("/rules/diff?first=2026-03-02&second=2026-11-10&lang=en").text
    assert (
        "is the last day of the suspension"
        not in site.get("/rules/diff?first=2026-03-02&second=2026-11-09&lang=en").text
    )


@pytest.mark.parametrize(
    ("assume", "cell", "words"),
    [
        ("lapsed", "L LICENCE", "suspension lapsed, in force again"),
        ("extended:2027-11-10", S, "suspension extended to 2027-11-10"),
    ],
)
def test_j4_4_a_branch_turns_the_third_column(site: TestClient, assume: str, cell: str, words: str) -> None:
    """Lapse gives a licence, an extension gives suspended; the page says that it is an assumption."""
    page = _sent(site, "en", assume=assume)
    found = _cells(page)
    for deal in ("r3", "r4", "r5", "r6", "r7", "r8"):
        assert f"{TABLE[deal][0]} : {cell}" in found[deal][2][1], deal
    assert f"Planning assumption: all suspended instruments ({words})." in _text(page)


def test_j4_5_clauses_then_deals_then_tonnes_and_money(compared: str) -> None:
    """The last step: r1 and r2 are not in it."""
    clauses, moved = compared.index("Clauses that change status"), compared.index("2026-03-02 to 2026-11-12")
    assert clauses < moved
    step = _text(compared[moved:].split("Your deals on these dates", maxsplit=1)[0])
    assert "6 deals change in result or legal basis; 2 do not. Unchanged deals that are" in step
    assert "undetermined only because the rules were not verified that far: 1." in step
    assert re.findall(r"\b(r\d)\b", step) == ["r3", "r4", "r5", "r6", "r7", "r8"]
    assert "Affected: 3.2 t; 20,000 EUR; 1,073,000 USD. 1 with neither mass nor value." in step


def test_j4_7_days_to_watch_with_days_left_and_a_file_for_a_diary(site: TestClient) -> None:
    """Sorted; 37 days from the last check to the end of the pauses; the link gives an iCalendar."""
    page = site.get("/rules/calendar?on=2026-10-05&lang=en").text
    days = re.findall(r'<th scope="row" class="nowrap">(\S+)</th><td class="num">(\d+)</td>', page)
    assert days == sorted(days)
    assert days[0] == ("2026-11-11", "37")
    address = re.search(r'href="(/api/rules/calendar[^"]+)"', page)
    assert address is not None
    answer = site.get(address[1].replace("&amp;", "&"))
    assert answer.content.startswith(b"BEGIN:VCALENDAR")
    assert "暂停期届满" in site.get("/rules/calendar?on=2026-10-05&lang=zh").text


def test_j4_8_old_answers_keep_their_hash_beside_the_new(site: TestClient) -> None:
    """A file of answers given before is answered on its own days."""
    asked = {"deals": PORTFOLIO.read_text(encoding="utf-8"), "standing": "worked_cases", "on": ["2026-03-02"]}
    before = site.post("/api/replay", json=asked).json()
    sent = {"file": ("past.json", json.dumps(before).encode())}
    page = site.post("/rules/upload", files=sent, data={**DAYS, "lang": "en"}).text
    assert f"was {before[0]['outcome']} with hash {before[0]['proof']['hash'][:12]}" in _text(page)
    assert "result unchanged" in page


def test_one_look_tells_who_stands_how(site: TestClient) -> None:
    """In force since, paused through and again from, unknown because the end was not seen to be moved."""
    page = site.get("/rules?on=2026-03-02&lang=en").text
    assert "MOFCOM/GAC 18/2025 since 2025-04-04" in _box(page, "in_force")
    paused = _box(page, "suspended")
    assert "suspended 2025-11-07 to 2026-11-10; applies again from 2026-11-11 unless extended MOFCOM 61/2025" in paused
    assert "MOFCOM 46/2024 3 of 5 clauses" in paused
    assert "No instrument has this status on this date." in _box(page, "unknown")
    later = site.get("/rules?on=2026-11-12&lang=en").text
    assert "The suspension ended on 2026-11-10 on its terms, and no later notice has been found." in _box(
        later, "unknown"
    )
    assert "MOFCOM 61/2025" in _box(later, "unknown")
    zh = site.get("/rules?on=2026-11-12&lang=zh").text
    assert "暂停期于2026年11月10日届满" in _box(zh, "unknown")


def test_the_two_clocks(site: TestClient) -> None:
    """Seen from August 2025 the October announcements do not stand among what is paused or starts."""
    page = site.get("/rules?on=2026-03-02&known=2025-08-15&lang=en").text
    assert "based on notices published by 2025-08-15" in page
    assert "no effective date published by 2025-08-15" in _box(page, "not_yet")
    assert "MOFCOM 61/2025" in _box(page, "not_yet")


def test_the_picture_has_its_table_and_its_day(site: TestClient) -> None:
    """Inline data only, a bar for every control, the upright line on the day, and the same as a table."""
    page = site.get("/rules?on=2026-03-02&lang=en").text
    spec = json.loads(page.split('id="timeline-spec">')[1].split("</script>")[0])
    values = [layer["data"]["values"] for layer in spec["layer"]]
    assert [{"d": "2026-03-02"}] in values
    assert {"in force", "suspended", "status unconfirmed"} <= {value["s"] for value in values[1]}
    table = page.split('<figure class="figure" id="timeline">')[1].split("</figure>")[0]
    assert "<td>MOFCOM 61/2025</td><td>2025-11-07</td><td>2025-11-30</td>" in table.replace("\n", "")
    assert '"url"' not in json.dumps(spec)


def test_lists_may_be_kept_to_one_state(site: TestClient) -> None:
    """What is chosen stays in the address and in the switch of languages."""
    page = site.get("/rules?on=2026-03-02&state=suspended&lang=en").text
    rows = page.split("Export controls on goods and technology</h2>")[1]
    assert "MOFCOM 62/2025" in rows
    assert "MOFCOM/GAC 18/2025" not in rows
    assert "Showing only instruments with a clause that is: suspended." in _text(page)
    assert "MOFCOM 21/2025" in site.get("/rules?on=2026-03-02&state=suspended&more=yes&lang=en").text


def test_lists_of_parties_and_laws_stand_behind_a_link(site: TestClient) -> None:
    """74 more instruments, with their own picture."""
    page = site.get("/rules?on=2026-03-02&lang=en").text
    assert "Restricted-party lists, laws, guidance and statements (74)" in page
    assert "Export Control Law" not in page
    more = site.get("/rules?on=2026-03-02&lang=en&more=yes").text
    assert "Export Control Law" in more
    assert 'id="timeline-more"' in more


def test_every_instrument_and_clause_has_a_page_in_both_languages(site: TestClient) -> None:
    """Each with its number, and a clause with both texts."""
    for instrument in sampled(PACKED.book().instruments.values(), key=lambda instrument: instrument.id):
        for lang in ("en", "zh"):
            page = site.get(f"/rules/instrument/{instrument.id}?on=2026-11-12&lang={lang}")
            assert page.status_code == 200, instrument.id
        for provision in instrument.provisions:
            page = site.get(f"/rules/clause/{provision.id}?on=2026-11-12&lang=zh")
            assert page.status_code == 200, provision.id
            assert provision.id in page.text


def test_an_instrument_with_its_reading_cases_and_sources(site: TestClient) -> None:
    """By number too; the sources are links that take nothing along."""
    page = site.get("/rules/instrument/61/2025?on=2026-03-02&lang=en").text
    assert "Export controls on certain rare earth items outside China" in page
    assert "公布对境外相关稀土物项实施出口管制的决定" in page
    assert "<b>Who is covered.</b>" in page
    assert "**" not in page.split('<div class="reading"')[1].split("</div>")[0]
    assert re.search(r"(\d+) test cases; \1 give the expected result", page)
    assert 'rel="noreferrer noopener external"' in page
    assert "MOFCOM/GAC 70/2025" in page


def test_a_clause_says_how_it_may_turn_out(site: TestClient) -> None:
    """After the unseen end: both branches; assumed to have lapsed: in force, and again from the next day in a pause."""
    page = _text(site.get("/rules/clause/a61-1-3?on=2026-11-12&lang=en").text)
    assert re.search(r"if the suspension lapsed: ● in force", page)
    assert re.search(r"if the suspension was extended: ‖ suspended", page)
    assert "Applies again from, unless extended 2026-11-11" in _text(
        site.get("/rules/clause/a61-1-3?on=2026-03-02&lang=en").text
    )
    lapsed = _text(site.get("/rules/clause/a61-1-3?on=2026-11-12&lang=en&assume=lapsed").text)
    assert "on the assumption that the suspension to 2026-11-10 lapsed" in lapsed
    assert "Test cases for this clause" in lapsed


@pytest.mark.parametrize(("name", "kind"), [("a61-1-3", "clause"), ("mofcom-2025-61", "instrument")])
def test_a_bare_id_leads_to_its_page(site: TestClient, name: str, kind: str) -> None:
    """The address keeps its clocks."""
    answer = site.get(f"/rules/{name}?on=2026-03-02", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/rules/{kind}/{name}?on=2026-03-02"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/rules?on=2026-02-30", 'name="on" value="2026-02-30"'),
        ("/rules?on=2026-03-02&assume=99=lapsed", 'name="assume" value="99=lapsed"'),
        ("/rules/clause/a61-1-3?on=soon", 'name="on" value="soon"'),
        ("/rules/instrument/mofcom-2025-61?on=soon", 'name="on" value="soon"'),
        ("/rules/diff?first=2026-03-02&second=soon", 'name="second" value="soon"'),
        ("/rules/calendar?on=2026-03-02&to=soon", 'name="to" value="soon"'),
    ],
)
def test_what_cannot_be_read_is_told_beside_what_was_typed(site: TestClient, address: str, kept: str) -> None:
    """The field at fault is marked, nothing typed is lost."""
    answer = site.get(f"{address}&lang=en")
    assert answer.status_code == 422
    field = answer.text.split(kept)[1].split(">")[0]
    assert 'aria-invalid="true"' in field
    assert 'class="faults"' in answer.text


@pytest.mark.parametrize("address", ["/rules/clause/a61-9", "/rules/instrument/nope", "/rules/nope"])
def test_what_is_not_there(site: TestClient, address: str) -> None:
    """A page that says so, with the nearest names where there are any."""
    assert site.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("deals.csv", b"id\n\x00", ""), ("deals.yaml", b"a: &x [1]", "YAML-ANCHOR"), ("deals.json", b"{}", "PROOF-NONE")],
)
def test_a_file_that_cannot_be_read(site: TestClient, name: str, content: bytes, code: str) -> None:
    """Its faults beside the days; the clauses are compared all the same; no place of this machine is told."""
    answer = site.post("/rules/upload", files={"file": (name, content)}, data={**DAYS, "lang": "en"})
    assert answer.status_code == 422
    assert code in answer.text
    assert "Clauses that change status" in answer.text
    assert "/tmp" not in answer.text


def test_what_the_box_answers_is_listed(site: TestClient) -> None:
    """Every standing question, so that nobody answers one unseen."""
    page = site.get("/rules/diff?first=2026-03-02&second=2026-11-12&lang=en").text
    listed = page.split("declarations in full, each answered no, none, 0 % or")[1].split("</details>", maxsplit=1)[0]
    assert listed.count("<li>") == 18
    assert "Is the end use military?" in listed


def test_an_upload_that_is_gone_or_missing(site: TestClient) -> None:
    """Told, never a failure."""
    assert "UPLOAD-UNKNOWN" in site.get("/rules/diff?first=2026-03-02&second=2026-11-12&deals=abc").text
    assert site.post("/rules/upload", data=DAYS).status_code == 422


def test_what_a_reading_holds_is_text() -> None:
    """Marks become blocks and pieces; markup of a page stays text."""
    found = blocks(
        "## Head\n\nOne `code` and **bold**\ngoes on.\n\n- a\n- <b>b</b>\n\n1. x\n\n| h | i |\n|---|---|\n| 1 | 2 |"
    )
    assert [block.kind for block in found] == ["heading", "paragraph", "bullets", "numbers", "table"]
    assert found[1].lines == [
        [("text", "One "), ("code", "code"), ("text", " and "), ("bold", "bold"), ("text", " "), ("text", "goes on.")]
    ]
    assert found[2].lines[1] == [("text", "<b>b</b>")]
    assert found[4].cells == [[[("text", "h")], [("text", "i")]], [[("text", "1")], [("text", "2")]]]
