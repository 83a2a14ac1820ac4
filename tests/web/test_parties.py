"""The Parties screen, from typed names to judgements and downloads."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient

from coercivity.base.errors import CoercivityError
from coercivity.verbs.law import Law
from coercivity.verbs.parties.rows import Span
from coercivity.verbs.parties.screen import ScreenReport, screen_table
from coercivity.verbs.parties.write import report_csv, report_entities
from coercivity.verbs.serving.parties import screenings
from coercivity.verbs.serving.places import Places
from coercivity.verbs.serving.served import PartyPaths
from coercivity.web.parties.asked import PER_PAGE
from coercivity.web.parties.look import differing
from coercivity.web.site import make_site
from tests.web.test_batch import started

OURS = (
    "id,name,country,address\n"
    "x1,Muster Magnettechnik AG,DE,Hauptstrasse 1 Musterstadt\n"
    "x2,Beispiel Handels GmbH,AT,Nebengasse 2 Beispielstadt\n"
)
NAMES = (
    "Muster Magnetechnik AG\nBeispiel Handel GmbH\nMuster Magnetechnik AG\nMuster Magnetechnik AG\nVoellig Anders SE\n"
)
DESK, OTHER = "export control desk", "second desk"
MUSTER, BEISPIEL = "Muster Magnetechnik AG", "Beispiel Handel GmbH"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[TestClient]:
    """The screens, asked without a browser."""
    with client(Places(tmp_path / "state")) as found:
        yield found


def client(places: Places) -> TestClient:
    return TestClient(make_site(places), base_url="http://127.0.0.1:8765", follow_redirects=False)


def screened(site: TestClient, names: str = NAMES, lang: str = "en", **fields: str) -> str:
    """The address of the result for typed names and the list above."""
    files = {"lists": ("ours.csv", OURS.encode())}
    answer = site.post(f"/parties/screen?lang={lang}", data={"names": names, **fields}, files=files)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def pairs(page: str) -> dict[str, str]:
    """The pairs that a page asks about, in its order: id by the name as written."""
    found = {}
    for pair, card in re.findall(r'<article class="panel pair [a-z]+" id="pair-(\w+)"(.*?)</article>', page, re.S):
        name = re.search(r'<p class="partyname"[^>]*>(.*?)</p>', card, re.S)
        assert name is not None
        found[html.unescape(re.sub(r"<[^>]+>", "", name[1]))] = pair
    return found


def said(page: str, element: str) -> str:
    found = re.search(rf'id="{element}"[^>]*>(.*?)</p>', page, re.S)
    return html.unescape(re.sub(r"<[^>]+>", "", found[1])).strip() if found else ""


def last_of(page: str, pair: str) -> str:
    """The time of the last judgement of a pair, as its form sends it along."""
    found = re.search(rf'name="pair" value="{pair}"><input type="hidden" name="last" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def judged(site: TestClient, address: str, pair: str, says: str, **fields: str) -> str:
    """Sends a decision and returns the page that comes."""
    path, _, query = address.partition("?")
    sent = {"pair": pair, "says": says, "by": DESK, "last": "", **fields}
    answer = site.post(f"{path}/judge?{query}", data=sent)
    assert answer.status_code == 303, answer.text
    return site.get(answer.headers["location"]).text


def judgements(site: TestClient) -> list[dict[str, str]]:
    return [json.loads(line) for line in site.get("/parties/judgements.jsonl").text.splitlines()]


def test_the_pair_that_clears_most_rows_comes_first(site: TestClient) -> None:
    page = site.get(screened(site)).text
    assert list(pairs(page)) == [MUSTER, BEISPIEL]
    assert "clears 3 rows" in page
    assert "clears 1 row" in page
    assert said(page, "left") == "Pairs to decide: 2 (rows: 4). Rows done: 0."
    counts = dict(re.findall(r'class="count v-(\w+)"><b>([\d,]+)</b>', page))
    assert counts == {"match": "0", "possible": "4", "none": "1", "error": "0"}


def test_what_differs_is_marked_and_said_in_words(site: TestClient) -> None:
    page = site.get(screened(site, names="Muster Magnetttechnik AG\n")).text
    assert '<mark class="other">' in page
    assert re.search(r"Differs: “[^”]+” / “[^”]+”", page)
    assert "Reasons for the same party" in page
    assert "What would tell them apart" in page
    assert "ours; " in html.unescape(page) or ">ours" in page


def test_one_decision_clears_all_rows_of_its_pair_and_is_kept(site: TestClient) -> None:
    address = screened(site)
    found = pairs(site.get(address).text)
    page = judged(site, address, found[MUSTER], "different", reason="different.other_address", why="seat in Linz")
    assert said(page, "done") == f"“{MUSTER}” is not “Muster Magnettechnik AG”. Rows cleared: 3."
    assert said(page, "left") == "Pairs to decide: 1 (rows: 1). Rows done: 3."
    assert list(pairs(page)) == [BEISPIEL]
    assert f'data-pair="{found[BEISPIEL]}" tabindex="-1" aria-labelledby="t-{found[BEISPIEL]}" data-focus' in page
    (kept,) = judgements(site)
    assert {name: kept[name] for name in ("written", "entry", "says", "by", "why")} == {
        "written": MUSTER, "entry": "x1", "says": "different", "by": DESK, "why": "other address: seat in Linz",
    }  # fmt: skip
    # The same names on another day are not asked about again.
    assert list(pairs(site.get(screened(site, on="2026-11-20")).text)) == [BEISPIEL]


def test_a_reason_is_required_and_one_for_the_opposite_does_not_count(site: TestClient) -> None:
    address = screened(site)
    pair, (path, _, query) = pairs(site.get(address).text)[MUSTER], address.partition("?")
    for reason in ("", "same.same_address", "different.nonsense"):
        sent = {"pair": pair, "says": "different", "by": DESK, "last": "", "reason": reason}
        answer = site.post(f"{path}/judge?{query}", data=sent)
        assert answer.status_code == 422
        assert "a reason is required" in answer.text
        assert pair in pairs(answer.text).values()
    sent = {"pair": pair, "says": "different", "by": " ", "last": "", "reason": "different.by_website"}
    site.cookies.clear()
    assert site.post(f"{path}/judge?{query}", data=sent).status_code == 422
    assert "no decision was chosen" in site.post(f"{path}/judge?{query}", data={**sent, "says": ""}).text
    assert "not in this screening" in site.post(f"{path}/judge?{query}", data={**sent, "pair": "0"}).text
    assert judgements(site) == []


def test_the_signer_is_kept_for_the_session(site: TestClient) -> None:
    address = screened(site)
    page = judged(site, address, pairs(site.get(address).text)[MUSTER], "unsure")
    assert f'name="by" value="{DESK}"' in page
    assert 'id="by-' not in page
    answer = site.post("/parties/signer", data={"by": OTHER, "back": address})
    assert (answer.status_code, answer.headers["location"]) == (303, address)
    assert f'name="by" value="{OTHER}"' in site.get(address).text
    assert site.post("/parties/signer", data={"by": "x", "back": "//elsewhere"}).headers["location"] == "/"


def test_unsure_keeps_the_question_and_says_so(site: TestClient) -> None:
    address = screened(site)
    page = judged(site, address, pairs(site.get(address).text)[MUSTER], "unsure")
    assert said(page, "done").endswith("Rows that remain a question: 3.")
    assert "Rows unsure, still a question: 3." in said(page, "left")
    assert dict(re.findall(r'class="count v-(\w+)"><b>([\d,]+)</b>', page))["possible"] == "4"


def test_same_makes_a_match_and_undo_is_a_later_line(site: TestClient) -> None:
    address = screened(site)
    pair = pairs(site.get(address).text)[MUSTER]
    page = judged(site, address, pair, "same", reason="same.same_number")
    assert dict(re.findall(r'class="count v-(\w+)"><b>([\d,]+)</b>', page))["match"] == "3"
    undo = re.search(
        r'name="pair" value="(\w+)"><input type="hidden" name="last" value="([^"]+)"><button[^>]* id="undo"', page
    )
    assert undo is not None
    assert undo[1] == pair
    page = judged(site, address, pair, "withdrawn", last=undo[2])
    assert said(page, "done").endswith("Rows to decide again: 3.")
    assert pairs(page)[MUSTER] == pair
    assert [one["says"] for one in judgements(site)] == ["same", "withdrawn"]
    assert "same registration number" in page  # the history of the pair keeps what was undone
    assert "undone" in page


def test_a_pair_judged_meanwhile_is_a_conflict_and_not_overruled(site: TestClient) -> None:
    address = screened(site)
    pair, (path, _, query) = pairs(site.get(address).text)[MUSTER], address.partition("?")
    judged(site, address, pair, "different", reason="different.by_register", by=OTHER)
    sent = {"pair": pair, "says": "same", "reason": "same.by_website", "by": DESK, "last": ""}
    answer = site.post(f"{path}/judge?{query}", data=sent)
    assert answer.status_code == 409
    assert "This pair was judged meanwhile" in answer.text
    assert f"by {OTHER} at" in html.unescape(answer.text)
    assert len(judgements(site)) == 1
    # The page that says so knows the other judgement, so that the decision can be made on it.
    again = judged(site, address, pair, "withdrawn", last=last_of(answer.text, pair), by=DESK)
    assert pair in pairs(again).values()


def test_a_pair_is_asked_again_once_its_address_changes_and_says_so(site: TestClient) -> None:
    table = "name,country,address\nMuster Magnetechnik AG,DE,Industriestrasse 9 Musterstadt\n"
    first = _table(site, table)
    judged(site, first, pairs(site.get(first).text)[MUSTER], "different", reason="different.other_address")
    page = site.get(_table(site, table.replace("Industriestrasse 9", "Hauptstrasse 1"))).text
    assert pairs(page)
    assert "judged before; changed since: address" in page
    assert "other address" in page


def _table(site: TestClient, text: str, name: str = "suppliers.csv", **fields: str) -> str:
    files = [("file", (name, text.encode())), ("lists", ("ours.csv", OURS.encode()))]
    answer = site.post("/parties/screen?lang=en", data=fields, files=files)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_filters_leave_pairs_and_pages_are_bounded(site: TestClient) -> None:
    names = "".join(f"Muster Magnetechnik AG {'abcdefghijklmnopqrstuvwxyz'[n]}\n" for n in range(26))
    address = screened(site, names=names)
    page = site.get(address).text
    assert len(pairs(page)) == PER_PAGE
    assert "page 1 of 2" in page
    assert len(pairs(site.get(f"{address}&page=2").text)) == 26 - PER_PAGE
    assert len(pairs(site.get(f"{address}&page=9999999999").text)) == PER_PAGE
    assert len(pairs(site.get(f"{address}&q=magnetechnik+ag+c").text)) == 1
    for query in ("in_list=control_list", "verdict=match", "role=consignee", "state=judged", "reason=initials"):
        shown = site.get(f"{address}&{query}").text
        assert not pairs(shown), query
        assert "No pair fits the filter." in shown
    assert len(pairs(site.get(f"{address}&state=all&verdict=possible").text)) == PER_PAGE


def test_a_table_keeps_the_roles_and_places_of_its_rows(site: TestClient) -> None:
    page = site.get(_table(site, "id,consignee,end user\n7,Muster Magnetechnik AG,Beispiel Handel GmbH\n")).text
    assert set(pairs(page)) == {MUSTER, BEISPIEL}
    assert ">consignee<" in page
    assert ">end user<" in page
    named = _table(site, "a,b\n7,Muster Magnetechnik AG\n", column="b")
    assert list(pairs(site.get(named).text)) == [MUSTER]


def test_files_to_take_away_are_those_of_the_command_and_hold_no_formula(site: TestClient, tmp_path: Path) -> None:
    names = "Muster Magnetechnik AG\n=HYPERLINK(1) Beispiel Handels GmbH\n"
    address = screened(site, names=names)
    judged(site, address, pairs(site.get(address).text)[MUSTER], "different", reason="different.by_website")
    for name, text in (("names.txt", names), ("ours.csv", OURS), ("decided.jsonl", json.dumps(judgements(site)[0]))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    law = Law(lists=(tmp_path / "ours.csv",), judgements=tmp_path / "decided.jsonl")
    report = screen_table(tmp_path / "names.txt", law=law)
    path, _, query = address.partition("?")
    sent = site.get(f"{path}/result.csv?{query}").content
    assert sent == report_csv(report)
    rows = list(csv.DictReader(io.StringIO(sent.decode("utf-8-sig"))))
    first = next(row for row in rows if row["query"] == MUSTER)
    assert (first["verdict"], first["judged"], first["judged_by"]) == ("none", "different", DESK)
    assert any(row["query"].startswith("'=") for row in rows)
    lines = [json.loads(line) for line in site.get(f"{path}/result.jsonl?{query}").text.splitlines()]
    assert lines == json.loads(json.dumps([row.as_dict() for row in report.rows]))
    entities = [json.loads(line) for line in site.get(f"{path}/result.ftm?{query}").text.splitlines()]
    assert entities == list(report_entities(report))
    assert site.get(f"{path}/other.csv?{query}").status_code == 404


def test_a_file_of_judgements_can_be_started_from(site: TestClient, tmp_path: Path) -> None:
    address = screened(site)
    judged(site, address, pairs(site.get(address).text)[MUSTER], "different", reason="different.by_website")
    file = site.get("/parties/judgements.jsonl").content
    with client(Places(tmp_path / "other")) as other:
        files = [("lists", ("ours.csv", OURS.encode())), ("judgements", ("before.jsonl", file))]
        answer = other.post("/parties/screen?lang=en", data={"names": NAMES}, files=files)
        assert list(pairs(other.get(answer.headers["location"]).text)) == [BEISPIEL]
        other.post("/parties/screen?lang=en", data={"names": NAMES}, files=files)
        assert other.get("/parties/judgements.jsonl").content == file  # what is known is not added again
        files[1] = ("judgements", ("broken.jsonl", b"no judgement\n"))
        assert "JUDGE-LINE" in other.post("/parties/screen?lang=en", data={"names": NAMES}, files=files).text


def test_files_of_the_server_are_used_and_added_to(tmp_path: Path) -> None:
    (tmp_path / "ours.csv").write_text(OURS, encoding="utf-8")
    file = tmp_path / "decided.jsonl"
    with client(Places(tmp_path / "state", parties=PartyPaths((tmp_path / "ours.csv",), file))) as site:
        form = site.get("/parties?lang=en").text
        assert "Always used on this server: ours.csv." in form
        assert "added to decided.jsonl" in form
        address = site.post("/parties/screen?lang=en", data={"names": NAMES}).headers["location"]
        judged(site, address, pairs(site.get(address).text)[MUSTER], "same", reason="same.same_owner")
        assert json.loads(file.read_text(encoding="utf-8"))["says"] == "same"


@pytest.mark.parametrize(
    ("names", "code"),
    [("", "SCREEN-EMPTY"), ("  \n ", "SCREEN-EMPTY"), ("x" * 2_000_001, "SCREEN-SIZE")],
)
def test_bad_names_are_told_on_the_form(site: TestClient, names: str, code: str) -> None:
    answer = site.post("/parties/screen?lang=en", data={"names": names})
    assert answer.status_code == 422
    assert code in answer.text


def test_names_and_a_file_at_once_are_a_fault_and_the_names_stay(site: TestClient) -> None:
    files = {"file": ("names.csv", b"name\nVoellig Anders SE\n")}
    answer = site.post("/parties/screen?lang=en", data={"names": MUSTER}, files=files)
    assert answer.status_code == 422
    assert "names and a file" in answer.text
    assert f">{MUSTER}</textarea>" in answer.text


@pytest.mark.parametrize(("before", "after"), [("en", "zh"), ("zh", "en")])
def test_the_language_switch_keeps_what_was_typed(site: TestClient, before: str, after: str) -> None:
    switch = rf'<button type="submit" form="parties-form" name="to_lang" value="{after}"'
    for names, on in (("", "2026-11-20"), (MUSTER, "2026-02-31")):  # the form, and the form with a fault
        page = site.post(f"/parties/screen?lang={before}", data={"names": names, "on": on}).text
        assert switch in page
    assert switch in site.get(f"/parties?lang={before}").text
    sent = {"names": MUSTER, "on": "2026-11-20", "column": "x", "to_lang": after}
    answer = site.post(f"/parties/screen?lang={before}", data=sent)
    assert answer.status_code == 200
    assert f">{MUSTER}</textarea>" in answer.text
    assert 'value="2026-11-20"' in answer.text
    assert f'action="/parties/screen?lang={after}"' in answer.text


def test_the_address_of_the_form_opens_the_form(site: TestClient) -> None:
    answer = site.get("/parties/screen?lang=zh")
    assert (answer.status_code, answer.headers["location"]) == (303, "/parties?lang=zh")


def test_rows_without_a_pair_that_stay_open_are_not_called_unlike(site: TestClient) -> None:
    page = site.get(screened(site, names=f"{'A' * 4_100}\ntbc\n")).text
    told = said(page, "left")
    assert "No name is similar" not in told
    assert "Rows that could not be screened: 1." in told
    assert "Rows whose text does not name a party clearly: 1." in told
    assert "No name is similar" in said(site.get(screened(site, names="Voellig Anders SE\n")).text, "left")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_a_decision_lacks_is_said_once_and_by_the_words_of_the_form(site: TestClient, lang: str) -> None:
    address = screened(site, lang=lang)
    (path, _, query), pair = address.partition("?"), next(iter(pairs(site.get(address).text).values()))
    answer = site.post(f"{path}/judge?{query}", data={"pair": pair, "says": "different", "last": ""})
    assert answer.status_code == 422
    told = re.search(r'class="faults".*?</ul>', answer.text, re.S)
    assert told is not None
    assert told[0].count("<li") == 2
    assert all(word in told[0] for word in {"en": ("Decided by", "Reason"), "zh": ("判断人", "理由")}[lang])
    assert not re.search("judgement 1|JUDGE-TEXT|[(（]by|[(（]<code>by|[(（]<code>why", told[0])


def test_reasons_show_no_codes_of_the_program(site: TestClient) -> None:
    names = 'name,country\n"Muster Magnetechnik Co., Ltd.",DE\nMuster Magnetechnik AG,DE\n'
    page = site.get(_table(site, names)).text
    assert "coltd" not in page
    assert re.search(r"same country <b>[^<]*</b> <span class=\"soft\">Germany<", page)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_long_screening_shows_how_far_it_is(site: TestClient, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    go_on = Event()

    def slow(*given: Any, progress: Callable[[int, int], None], **options: Any) -> ScreenReport:
        progress(2_000, 4_500)
        assert go_on.wait(20)
        return screen_table(*given, **options)

    monkeypatch.setattr(screenings, "screen_table", slow)
    monkeypatch.setattr(screenings, "PATIENCE_S", 0.2)
    address = screened(site, lang=lang)
    page = site.get(address).text
    assert 'value="2000" max="4500"' in page
    assert {"en": "2,000 of 4,500", "zh": "已比对2,000个"}[lang] in page
    assert "data-again" in page
    go_on.set()
    monkeypatch.setattr(screenings, "PATIENCE_S", 20.0)
    assert list(pairs(site.get(address).text)) == [MUSTER, BEISPIEL]


def test_a_fault_found_late_is_told_by_the_page(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = Event()

    def slow(*given: Any, **options: Any) -> ScreenReport:
        assert go_on.wait(20)
        raise CoercivityError.of("SCREEN-ROWS", "more than 500,000 names", next="split the file")

    monkeypatch.setattr(screenings, "screen_table", slow)
    monkeypatch.setattr(screenings, "PATIENCE_S", 0.2)
    address = screened(site)
    go_on.set()
    monkeypatch.setattr(screenings, "PATIENCE_S", 20.0)
    for _ in range(2):
        assert "SCREEN-ROWS" in site.get(address).text


def test_a_word_that_differs_in_its_dots_alone_is_not_called_missing(site: TestClient) -> None:
    page = site.get(screened(site, names="Lafert Spa\n")).text
    assert pairs(page)
    assert "“nothing”" not in page
    assert "Differs: “Magnetechnik” / “Magnettechnik”" in site.get(screened(site)).text


def test_a_name_given_with_an_incomplete_decision_is_kept(site: TestClient) -> None:
    """The page that asks for the reason shows no field for the name again, so the next form comes without it."""
    address = screened(site)
    (path, _, query), pair = address.partition("?"), pairs(site.get(address).text)[MUSTER]
    sent = {"pair": pair, "says": "different", "last": ""}
    answer = site.post(f"{path}/judge?{query}", data={**sent, "by": "x", "reason": "different.by_website"})
    assert answer.status_code == 422
    assert f'id="by-{pair}"' in answer.text
    answer = site.post(f"{path}/judge?{query}", data={**sent, "by": DESK})
    assert answer.status_code == 422
    assert f'id="by-{pair}"' not in answer.text
    answer = site.post(f"{path}/judge?{query}", data={**sent, "reason": "different.by_website"})
    assert answer.status_code == 303
    assert judgements(site)[0]["by"] == DESK


@pytest.mark.parametrize(("lang", "words"), [("en", "however written"), ("zh", "不表示可以交易")])
def test_a_result_says_what_its_verdicts_mean(site: TestClient, lang: str, words: str) -> None:
    assert words in site.get(screened(site, lang=lang)).text


def test_every_fault_of_the_files_is_told_at_once(site: TestClient) -> None:
    files = [
        ("lists", ("a.csv", b"\xff\xfe\x00")),
        ("lists", ("b.csv", b"no,columns\n1,2\n")),
        ("owners", ("owners.csv", b"nothing here\n")),
    ]
    answer = site.post("/parties/screen?lang=en", data={"names": NAMES, "on": "2026-11-20"}, files=files)
    assert answer.status_code == 422
    for name in ("a.csv", "b.csv", "owners.csv"):
        assert name in answer.text, name
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("name", ["tbc", "\u202eAG retsuM", "A" * 4_100, "Muster\x00 AG", "<script>alert(1)</script>"])
def test_an_odd_name_is_a_row_and_never_lost(site: TestClient, name: str) -> None:
    page = site.get(screened(site, names=f"{MUSTER}\n{name}\n")).text
    counts = dict(re.findall(r'class="count v-(\w+)"><b>([\d,]+)</b>', page))
    assert sum(map(int, counts.values())) == 2
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_a_date_that_is_none_and_an_upload_that_is_gone(site: TestClient) -> None:
    assert "DATE" in site.post("/parties/screen?lang=en", data={"names": NAMES, "on": "2026-02-30"}).text
    assert site.get(f"/parties/{'0' * 32}").status_code == 404
    path, _, query = screened(site).partition("?")
    assert site.get(f"{path}?{query}&list={'1' * 32}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [("lists", b""), ("owners", b"a,b\n1,2\n"), ("judgements", b"no judgement\n"), ("", b"")],
)
def test_faults_on_a_chinese_page_are_in_chinese(site: TestClient, name: str, content: bytes) -> None:
    if name:
        files = {name: ("sent.csv", content)}
        page = site.post("/parties/screen?lang=zh", data={"names": NAMES}, files=files).text
    else:
        page = site.get(f"/parties/{'0' * 32}?lang=zh").text
    told = re.search(r'class="faults".*?</ul>', page, re.S)
    assert told is not None
    assert not re.search(r"upload|rename|expected|remove", told[0])


def test_names_come_along_in_a_link(site: TestClient) -> None:
    assert ">A &amp; B\nC</textarea>" in site.get("/parties?name=A+%26+B&name=C").text


def test_a_judgement_counts_on_the_deal_screen_too(site: TestClient) -> None:
    """The name of a deal is shown beside the listed one and leads to the Parties screen; the decision counts there."""
    deal = {"act": "goods", "material": "ferrite magnets", "from": "China", "to": "Germany", "on": "2026-10-01"}
    deal |= {"consignee": "Lockheed Martin Corporatoin", "lang": "en"}
    page = site.get("/deal", params=deal).text
    assert "As written" in page
    link = re.search(r'href="(/parties\?[^"]*)">Decide it on the Parties screen', page)
    assert link is not None
    assert ">Lockheed Martin Corporatoin</textarea>" in site.get(html.unescape(link[1])).text
    address = site.post("/parties/screen?lang=en", data={"names": deal["consignee"]}).headers["location"]
    for pair in re.findall(r'data-pair="(\w+)"', site.get(address).text):
        judged(site, address, pair, "different", reason="different.by_register")
    page = site.get("/deal", params=deal).text
    assert "checked in the company register" in page
    assert "Decide it on the Parties screen" not in page
    assert "--judgements judgements.jsonl" in page


def test_a_batch_leads_to_its_names(site: TestClient) -> None:
    """The columns as mapped, whatever they are called."""
    table = "date,item,from,to,Abnehmer X\n2026-10-01,ferrite magnets,China,Germany,Lockheed Martin Corporatoin\n"
    upload = site.post("/batch/upload", files={"file": ("t.csv", table.encode())}).headers["location"].split("?")[0]
    columns = {f"c{n}": role for n, role in enumerate(("on", "material", "from", "to", "end_user"))}
    done = site.get(started(site, f"{upload}?lang=en", **columns)).text
    link = re.search(r'href="(/parties/[^"]*)">Names to identify \(1\)', done)
    assert link is not None
    assert "col=end_user%3AAbnehmer+X" in link[1]
    page = site.get(html.unescape(link[1])).text
    assert "Lockheed Martin Corporatoin" in pairs(page)
    assert ">end user<" in page


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        ((Span("Example Aldeb", True), Span("r", False), Span("rook GmbH", True)), "Aldebrrook"),
        ((Span("东方", True), Span("慈", False), Span("材公司", True)), "慈"),
        ((Span("Muster ", True), Span("Holding ", False), Span("AG", True)), "Holding"),
        ((Span("Muster AG", True),), ""),
    ],
)
def test_a_difference_is_told_in_whole_words(spans: tuple[Span, ...], told: str) -> None:
    assert differing(spans) == told


def test_owners_that_a_file_states_are_rows_of_their_own(site: TestClient) -> None:
    owners = b"owner,owned,share\nMuster Magnetechnik AG,Voellig Anders SE,60%\n"
    files = [("lists", ("ours.csv", OURS.encode())), ("owners", ("owners.csv", owners))]
    for lang, place in (("en", "owner, line 1"), ("zh", "第1行的股东")):
        answer = site.post(f"/parties/screen?lang={lang}", data={"names": "Voellig Anders SE\n"}, files=files)
        assert answer.status_code == 303, answer.text
        page = site.get(answer.headers["location"]).text
        assert list(pairs(page)) == [MUSTER]
        assert f"<td>{place}</td>" in page
