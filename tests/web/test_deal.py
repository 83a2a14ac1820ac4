"""The Deal screen for the deals of journey J1."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from fastapi.testclient import TestClient

from coercivity.cli.app import main
from coercivity.law.rules.model import Outcome
from coercivity.verbs.serving.places import Places
from coercivity.web.site import make_site

SIGNED = {"said_by": "the exporter or provider", "said_on": "transaction date"}  # as the worked cases
LOT = {
    "material": "sintered NdFeB block", "hs": "8505111000", "from": "China", "to": "Germany",
    "use": "traction motors, passenger cars", "quantity": "1200 kg", "price": "62 USD", "standing": "yes", **SIGNED,
}  # fmt: skip
D1 = {**LOT, "on": "2025-08-15", "composition": "Dy 1.8 %, Tb 0 %, Nd+Pr 30 %"}
D1_FILE = """
standing: worked_cases
deals:
- id: D1
  on: 2025-08-15
  facts: {act: goods, form: magnet, magnet_type: [NdFeB], elements: [Nd, Pr, Dy, not Tb, "..."], dy_mass_share: 0.018,
    tb_mass_share: 0, from: CN, to: DE}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The screens, asked without a browser."""
    return TestClient(make_site(Places(tmp_path_factory.mktemp("state"))), base_url="http://127.0.0.1:8765")


def hash_on(page: str) -> str:
    """The decision hash that a page shows."""
    found = re.search(r'<code id="hash">([0-9a-f]{64})</code>', page)
    assert found is not None
    return found[1]


def outcome_on(page: str) -> str:
    """The outcome that a page shows first."""
    found = re.search(r'<h2 id="outcome"[^>]*><span class="chip big ([A-Z]+)">', page)
    assert found is not None
    return found[1]


def test_d1_needs_a_licence_under_18_of_2025(site: TestClient) -> None:
    """Outcome, clause, code, papers of law and practice apart, two times apart, exposure in yuan: one page."""
    answer = site.get("/deal", params=D1)
    assert answer.status_code == 200
    page = answer.text
    assert outcome_on(page) == "LICENCE"
    assert "MOFCOM/GAC 18/2025, dysprosium items (1C905)" in page
    assert "1C905.a" in page
    assert "Statutory limit: 45 working days" in page
    assert "7 calendar days to 45 working days" in page
    assert "copy of the contract" in page
    assert "CNY 2,668,244.4 to 5,336,488.8" in page
    assert page.index('id="hash"') < page.index('id="days"')


def test_screen_command_line_and_interface_give_one_hash(
    site: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An independently written file, the file of the page, and the interface."""
    shown = hash_on(site.get("/deal", params=D1).text)
    taken = site.get("/deal/deal.yaml", params=D1)
    assert taken.headers["content-disposition"].startswith("attachment")
    for name, text in (("own.yaml", D1_FILE), ("taken.yaml", taken.text)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        assert main(["decide", str(path)]) == Outcome.LICENCE.exit_code
        assert f"audit trail {shown}" in capsys.readouterr().out, name


def test_in_chinese_the_answer_is_the_same(site: TestClient) -> None:
    """Same outcome, same hash; the clause shows its title and gist in Chinese; what was typed stays."""
    english, chinese = (site.get("/deal", params={**D1, "to_lang": lang}).text for lang in ("en", "zh"))
    assert hash_on(english) == hash_on(chinese)
    assert outcome_on(english) == outcome_on(chinese) == "LICENCE"
    assert "<span>LICENCE</span>" in english
    assert "<span>须许可</span>" in chinese
    assert "<span>LICENCE</span>" not in chinese
    assert "公布对部分中重稀土相关物项实施出口管制的决定" in chinese
    assert "镝相关物项" in chinese
    assert 'value="Dy 1.8 %, Tb 0 %, Nd+Pr 30 %"' in chinese
    assert '<html lang="zh-Hans">' in chinese


def test_the_form_shows_the_words_and_the_day_first_and_each_field_has_a_label(site: TestClient) -> None:
    """Hidden ones carry the address; those one can fill are counted: three, and thirteen that are folded away, of
    which consignee and end user are both to be screened."""
    form = site.get("/deal").text.split('<form id="deal-form"')[1].split("</form>")[0]
    names = re.findall(r'<(?:input|select|textarea)(?![^>]*type="hidden")[^>]*?name="([^"]+)"', form)
    folded = re.findall(r'name="([^"]+)"', "".join(re.findall(r"<details.*?</details>", form, re.S)))
    assert [name for name in names if name not in folded] == ["material", "on", "standing"]
    assert folded[-3:] == ["exporter", "intermediary", "owner"]
    assert len(names) == len(set(names)) == 13 + len(folded[-3:])
    assert not [name for name in names if f'for="f-{name}"' not in form]


def test_a_blank_composition_asks_for_one_thing_and_takes_its_answer(site: TestClient) -> None:
    """D6: UNKNOWN, one question on the same page; the answer to it settles the deal."""
    blank = {key: value for key, value in D1.items() if key != "composition"}
    page = site.get("/deal", params=blank).text
    assert outcome_on(page) == "UNKNOWN"
    assert page.count("Clarify first") == 1
    assert 'name="f.elements"' in page
    told = site.get("/deal", params=[*blank.items(), ("f.elements", "Nd"), ("f.elements", "Dy")]).text
    assert outcome_on(told) == "LICENCE"
    assert "Your answers so far" in told


def test_a_composition_that_is_only_partly_named_stays_open_in_the_file_too(
    site: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """NdFeB says that Nd is in it, not that nothing else is: the page, and the file it gives, say UNKNOWN."""
    blank = {key: value for key, value in D1.items() if key != "composition"}
    path = tmp_path / "deal.yaml"
    path.write_text(site.get("/deal/deal.yaml", params=blank).text, encoding="utf-8")
    assert main(["decide", str(path)]) == Outcome.UNKNOWN.exit_code
    assert hash_on(site.get("/deal", params=blank).text) in capsys.readouterr().out


def test_every_fault_is_told_at_its_field(site: TestClient) -> None:
    """A country, a number and a day that do not exist: all at once, what was typed stays, nothing is decided."""
    answer = site.get("/deal", params={**D1, "to": "Narnia", "quantity": "abc"})
    assert answer.status_code == 422
    assert 'id="outcome"' not in answer.text
    for name in ("to", "quantity"):
        assert re.search(rf'id="f-{name}"[^>]*aria-invalid="true"', answer.text), name
    assert 'value="Narnia"' in answer.text
    assert site.get("/deal", params={**D1, "on": "yesterday"}).status_code == 422


def test_the_answer_over_the_days_stands_as_a_chart_and_as_a_table(site: TestClient) -> None:
    """The day of effect is in both; after the last check PROCEED is held back."""
    page = site.get("/deal", params={**LOT, "on": "2025-08-15", "composition": "Nd+Pr 31.5 %, Dy 0 %, Tb 0 %"}).text
    assert outcome_on(page) == "PROCEED"
    assert "Customs may still raise questions" in page
    table = page.split('id="days"')[1].split("</figure>")[0]
    assert '"from":"2024-12-01"' in table
    assert "rules not verified for this period" in table


def test_every_example_of_the_empty_form_gives_an_answer(site: TestClient) -> None:
    """Eight links, eight answers, each with a proof that opens: three in words, five as on an order."""
    page = site.get("/deal").text
    links = re.findall(r'href="(/deal\?[^"]+)"', page.split('id="answer"')[1])
    outcomes = [outcome_on(site.get(link.replace("&amp;", "&")).text) for link in links]
    assert outcomes[3:] == ["LICENCE", "PROCEED", "UNKNOWN", "LICENCE", "UNKNOWN"]
    assert "PROCEED" not in outcomes[:3]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_name_that_is_alike_is_shown_beside_the_listed_one_and_answered_there(site: TestClient, lang: str) -> None:
    """One press says that it is another party; the answer stands in the file of the page, with one hash."""
    plain = {**LOT, "on": "2025-08-15", "composition": "Nd+Pr 31.5 %, Dy 0 %, Tb 0 %", "lang": lang}
    page = site.get("/deal", params={**plain, "end_user": "Iron Mountan Solutions"}).text
    assert outcome_on(page) == "UNKNOWN"
    told = page.split('id="names"')[1].split("</ul>")[0]
    assert "Iron Mountan Solutions" in told
    assert "IronMountain Solutions" in told
    link = re.findall(r'href="(/deal\?[^"]+)"', told)[0].replace("&amp;", "&")
    answered = site.get(link)
    assert outcome_on(answered.text) == "PROCEED"
    assert "p-us-ironmountain-solutions" in site.get(link.replace("/deal?", "/deal/deal.yaml?")).text
    assert outcome_on(site.get("/deal", params={**plain, "end_user": "TBD"}).text) == "UNKNOWN"


def test_what_is_typed_is_shown_as_text(site: TestClient) -> None:
    """Nothing that was typed becomes a part of the page."""
    page = site.get("/deal", params={**D1, "end_user": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page


def test_a_branch_may_be_picked_for_planning_and_let_go_again(site: TestClient) -> None:
    """After the pause ended by its letter each branch of 62/2025 is one click away; the pick is told with the answer."""
    page = site.get("/deal").text
    recipe = re.findall(r'href="(/deal\?[^"]+)"', page.split('id="answer"')[1])[6].replace("&amp;", "&")
    answer = site.get(recipe).text
    plans = [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)">assume this for planning', answer)]
    assert len(plans) == 2
    outcomes = {outcome_on(site.get(plan).text) for plan in plans}
    assert outcomes == {"LICENCE", "STOP"}
    told = site.get(plans[0]).text
    assert "Planning assumption: MOFCOM 62/2025 (suspension" in told
    assert "remove the assumption" in told


@pytest.mark.parametrize("composition", ["Dy 1-2 %, Tb 0 %, Nd+Pr 30 %", "Dy 1.1444444444444 %, Tb < 0.01 %, Nd 30 %"])
def test_a_share_between_two_ends_is_read_as_such_on_the_screen_and_in_its_file(
    site: TestClient, tmp_path: Path, capsys: pytest.CaptureFixture[str], composition: str
) -> None:
    """A range, and a number finer than shares are counted in: the page answers, and its file gives the same hash."""
    asked = {**D1, "composition": composition}
    page = site.get("/deal", params=asked).text
    path = tmp_path / "deal.yaml"
    path.write_text(site.get("/deal/deal.yaml", params=asked).text, encoding="utf-8")
    assert main(["decide", str(path)]) == Outcome.LICENCE.exit_code
    assert f"audit trail {hash_on(page)}" in capsys.readouterr().out


def questions_of(site: TestClient, deal: dict[str, str], answer_of: Callable[[str, list[str]], str]) -> list[str]:
    """The questions that the screen asks one after the other, each answered by its own form, until it asks no more."""
    asked, deal = list[str](), dict(deal)
    while True:
        page = site.get("/deal", params=deal).text
        form = re.search(r'id="question">.*?<fieldset class="plain">(.*?)</form>', page, re.DOTALL)
        if form is None:
            return asked
        names = list(dict.fromkeys(re.findall(r'name="(f\.[^"]+)"', form[1])))
        # Choices have no fields: the facts they ask for are those that are not known by the last button.
        names = names or [name for name, _ in parse_qsl(re.findall(r'name="go" value="([^"]+)"', form[1])[-1])]
        names = [name.removeprefix("amp;") for name in names]
        assert names
        assert not {*names} & {*asked}
        asked += names
        deal |= {name: answer_of(name, re.findall(r'<option value="([^"]*)"', form[1])) for name in names}


HELP = {
    "on": "2025-08-15",
    "material": "help with a line",
    "from": "China",
    "to": "Germany",
    "standing": "yes",
    **SIGNED,
}


def test_no_question_comes_back_once_it_is_answered(site: TestClient) -> None:
    """Of a service the question of the kind of act comes once, although a clause leaves open what goes along."""
    first = {"on": "2025-08-15", "material": "help with a line", **SIGNED}
    assert questions_of(site, {**first, "f.act": "service", "standing": "yes"}, lambda *_: "unknown")
    assert "f.act" not in questions_of(site, {**HELP, "f.act": "service"}, lambda *_: "unknown")


def test_i_do_not_know_is_an_answer(site: TestClient) -> None:
    """Whatever is not known is asked for once; at the end the page says that facts are missing."""
    lot = {
        "on": "2025-08-15",
        "material": "sintered NdFeB block",
        "from": "China",
        "to": "Germany",
        "standing": "yes",
        **SIGNED,
    }
    asked = questions_of(site, lot, lambda *_: "unknown")
    assert asked
    page = site.get("/deal", params={**lot, **dict.fromkeys(asked, "unknown")}).text
    assert outcome_on(page) == "UNKNOWN"
    assert "information missing" in page
    assert "<b>unknown</b>" in page


ABROAD = {
    "on": "2027-01-20", "act": "reexport", "from": "Germany", "to": "Mexico", "standing": "yes", "f.origin": "DE",
    "f.form": "finished_good", "f.goods_kind": "motor", "f.elements": "Nd;Pr;Dy;Tb", "f.magnet_type": "NdFeB",
    "f.technology_origin": "other", "f.chinese_input_value_share": "0.0079", **SIGNED, "f.exporter_nationality": "DE",
    "f.exporter_place": "DE", "f.recipient_nationality": "MX",
}  # fmt: skip


def test_unknown_by_the_law_alone_does_not_say_that_facts_are_missing(site: TestClient) -> None:
    """Past the end of a pause that nobody has seen end, the page names the notice, both ways and what to do."""
    page = site.get("/deal", params=ABROAD).text
    assert outcome_on(page) == "UNKNOWN"
    head = re.search(r'<h2 id="outcome".*?</h2>', page, re.DOTALL)
    assert head is not None
    assert "legal status unconfirmed" in head[0]
    assert "information missing" not in head[0]
    assert "check MOFCOM for notices on MOFCOM 61/2025 after 2026-10-05" in page
    assert "suspension lapsed: LICENCE" in page
    chinese = site.get("/deal", params={**ABROAD, "lang": "zh"}).text
    assert "规则状态待确认" in chinese
    assert "suspension lapsed" not in chinese


@pytest.mark.parametrize(("lang", "test"), [("en", "not: China"), ("zh", "不是“中国”")])
def test_a_negated_condition_shows_its_own_truth(site: TestClient, lang: str, test: str) -> None:
    """Destination not China, and it is Germany: the condition as displayed is met."""
    trail = site.get("/deal", params={**D1, "lang": lang}).text.split('id="proof"')[1].split("</details>")[0]
    shown = [line for line in trail.split("</div>") if test in line]
    assert shown
    assert all(f"<b>{'Met' if lang == 'en' else '符合'}</b>" in line for line in shown)


@pytest.mark.parametrize(
    ("lang", "first", "then", "hold"),
    [
        ("en", "is it the listed party?", "Then clarify", "if the end user is the listed party, the transaction"),
        ("zh", "是否确为被列名主体？", "再请查明", "最终用户如确为被列名主体，禁止；如确非同一主体，须许可（"),
    ],
)
def test_a_name_is_clarified_before_anything_else(
    site: TestClient, lang: str, first: str, then: str, hold: str
) -> None:
    """Whether the end user is the listed party comes before a special application, and is named as open."""
    asked = {**D1, "on": "2026-09-15", "end_user": "Mitsubishi Shipbuilding", "lang": lang}
    page = site.get("/deal", params=asked).text
    assert hold in page
    assert page.index(first) < page.index(then)
    why = page.split("What is missing, and why" if lang == "en" else "待定事项及原因")[1].split("</ul>")[0]
    assert "Mitsubishi Shipbuilding Co., Ltd." in why


@pytest.mark.parametrize(("lang", "told"), [("en", "at least the item and the destination"), ("zh", "至少填写物项")])
def test_a_date_alone_is_answered_with_what_to_enter(site: TestClient, lang: str, told: str) -> None:
    """A date and declarations describe no deal."""
    page = site.get("/deal", params={"on": "2025-08-15", "standing": "yes", "lang": lang}).text
    assert told in page.split('id="answer"')[1]


def test_the_left_edge_of_the_chart_is_not_a_change(site: TestClient) -> None:
    """The result may be older than the chart."""
    page = site.get("/deal", params={**D1, "on": "2026-09-15", "lang": "zh"}).text
    assert "图示起点，此前可能已是此结论" in page


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "inferred from the lists before and after it or the lines beside it, not read"),
        ("zh", "据前后目录或相邻编号推定，未经查阅"),
    ],
)
def test_a_clause_that_was_inferred_says_so_on_the_screen(site: TestClient, lang: str, told: str) -> None:
    """NdFeB powder: the line of the tariff was not read; so says the deal, and the page of the clause."""
    powder = {
        **D1,
        "material": "NdFeB magnet powder",
        "hs": "",
        "composition": "Nd+Pr 30 %, Dy 0 %, Tb 0 %",
        "to_lang": lang,
    }
    page = site.get("/deal", params=powder).text
    assert outcome_on(page) == "LICENCE"
    assert told in page
    assert told in site.get("/rules/clause/oel-ndfeb-powder", params={"to_lang": lang}).text
    assert told not in site.get("/deal", params={**D1, "to_lang": lang}).text


def test_the_list_that_is_included_in_part_is_signed_for_on_the_page(site: TestClient) -> None:
    """Without a name the page asks who searched it, with a date; the answer stands beside the form and in the file."""
    plain = {"on": "2025-08-15", "material": "ferrite ring magnet", "from": "China", "to": "Germany", "standing": "yes"}
    page = site.get("/deal", params=plain).text
    assert outcome_on(page) == "UNKNOWN"
    form = page.split('id="question"')[1].split("</form>")[0]
    assert "Who searched the countermeasures list" in form
    held = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    answered = {**held, "said_by": "compliance desk"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", answered["said_on"])
    after = site.get("/deal", params=answered).text
    assert outcome_on(after) == "PROCEED"
    assert f"by compliance desk, {answered['said_on']}" in after
    assert "countermeasures list: only part of it is included here" in after
    assert "said_by: 'compliance desk'" in site.get("/deal/deal.yaml", params=answered).text.replace('"', "'")
    assert outcome_on(site.get("/deal", params={**answered, "said_on": "2025-08-14"}).text) == "UNKNOWN"
    assert site.get("/deal", params={**answered, "said_on": "2025-02-30"}).status_code == 422
