"""Texts about know-how, work, people and routes: what is done, read from the words of the trade."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coercivity.data.values import FactValue, SetValue
from coercivity.intake.words.read import words_reader
from coercivity.intake.words.results import WordsRead
from coercivity.law.rules.load import load_rulebook


@pytest.fixture(scope="module")
def read() -> Callable[[str], WordsRead]:
    return words_reader(load_rulebook())


def told(value: FactValue | None) -> object:
    return set(value.has) if isinstance(value, SetValue) else value


def facts(read: WordsRead) -> list[dict[str, object]]:
    return [{name: told(value) for name, value in part.facts.items()} for part in read.parts]


def test_a_number_is_no_denial(read: Callable[[str], WordsRead]) -> None:
    found = facts(read("Order No. 4711: magnets N42, 500 pcs"))
    assert [part["form"] for part in found] == ["magnet"]
    assert facts(read("no magnets, 500 pcs")) == []


def test_a_typing_error_is_corrected_only_towards_words_that_mean_something(read: Callable[[str], WordsRead]) -> None:
    assert read("commissionng of a furnace").notes == ("'commissionng' read as 'commissioning'",)
    found = read("magnet and 5 kg gesprochan")  # one letter from gesprochen
    assert found.notes == ()
    assert [found.said(span) for span in found.left] == ["gesprochan"]


@pytest.mark.parametrize(
    "text",
    [
        "Please pass on to purchasing: offer for 300 pcs N42 magnets",
        "Angebot über 200 Stück N42 Magnete bitte an den Einkauf weitergeben",
        "N42 magnets, 500 pcs, for resale in our shop",
    ],
)
def test_passing_on_alone_is_no_reexport(read: Callable[[str], WordsRead], text: str) -> None:
    assert [part.get("act", "") for part in facts(read(text))] == [""]


def test_passing_on_what_a_licence_was_granted_for_is(read: Callable[[str], WordsRead]) -> None:
    (found,) = facts(read("Die lizenzierten N42 Magnete jetzt an die Tochter weitergeben"))
    assert (found["act"], found["under_end_user_promise"]) == ("reexport", True)


def test_a_numbered_list_is_read_entry_by_entry(read: Callable[[str], WordsRead]) -> None:
    found = facts(read("1) 2 pcs sintering furnace 2) erection and start-up 3) process recipe"))
    assert [part["act"] for part in found] == ["goods", "service", "technology"]
    assert [part.get("process_stage") for part in found[1:]] == ["magnetic_material_manufacturing"] * 2


def test_drawings_beside_a_machine_concern_its_stage(read: Callable[[str], WordsRead]) -> None:
    found = facts(read("supply of 48 mixer settlers with drawings and installation"))
    assert {part["act"] for part in found} == {"goods", "technology", "service"}
    assert {part.get("process_stage") for part in found if part["act"] != "goods"} == {"smelting_separation"}


def test_visitors_who_see_a_process_are_shown_know_how(read: Callable[[str], WordsRead]) -> None:
    (found,) = facts(read("Two engineers would like to see the strip casting shop"))
    assert (found["act"], found["process_stage"]) == ("technology", "magnetic_material_manufacturing")
    assert "to" not in found


def test_a_shared_folder_named_after_a_process_is_know_how(read: Callable[[str], WordsRead]) -> None:
    (found,) = facts(read('Dropbox folder "sintering_42SH_v3.xlsx"'))
    assert (found["act"], found["form"]) == ("technology", "technology")
    assert facts(read('see "price_list_42SH.xlsx", 200 pcs'))[0].get("act", "") == ""


def test_shares_are_read_beside_a_corrected_typing_error(read: Callable[[str], WordsRead]) -> None:
    found = read("magnt arc 35SH, Dy 2 %")
    assert found.notes == ("'magnt' read as 'magnet'",)
    assert facts(found)[0]["elements"] == {"Nd", "Dy"}


def test_an_offer_for_an_item_names_the_item(read: Callable[[str], WordsRead]) -> None:
    for text in ("quotation for 300 pcs N42 magnets for motors", "Angebot für 300 Stück N42 Magnete"):
        assert [part["form"] for part in facts(read(text))] == ["magnet"]


def test_a_schedule_named_with_its_process_is_know_how(read: Callable[[str], WordsRead]) -> None:
    for text in (
        "dehydrogenation schedule for the colleagues",
        "profile of the sintering furnace",
        "焼結炉の温度プロファイル",
    ):
        assert [part["act"] for part in facts(read(text))] == ["technology"]
    assert facts(read("200 pcs N42 magnets, delivery schedule attached"))[0].get("act", "") == ""


def test_goods_of_chinese_origin_sent_on_abroad_are_reexported(read: Callable[[str], WordsRead]) -> None:
    (found,) = facts(read("N42 magnets made in China, from Rotterdam to Zurich"))
    assert (found["act"], found["origin"]) == ("reexport", "CN")
    (plain,) = facts(read("N42 magnets made in China, from Ningbo to Zurich"))
    assert "act" not in plain


def test_a_remote_diagnosis_comes_from_where_the_maker_is(read: Callable[[str], WordsRead]) -> None:
    (found,) = facts(read("Ferndiagnose am Sinterofen durch den Hersteller in Shenyang"))
    assert (found["act"], found["line_service"], found["from"]) == ("service", {"repair"}, "CN")


@pytest.mark.parametrize(
    "text",
    [
        "The jet mill vibrates, please repair it",
        "客户气流磨报警，请维修",
        "sintering furnace in Hanau, annual maintenance",
    ],
)
def test_a_machine_that_is_mended_is_not_delivered(read: Callable[[str], WordsRead], text: str) -> None:
    assert [part["act"] for part in facts(read(text))] == ["service"]


def test_a_machine_that_is_sold_with_work_is_delivered(read: Callable[[str], WordsRead]) -> None:
    assert [part["act"] for part in facts(read("2 pcs jet mill, installation on site"))] == ["goods", "service"]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("We need samples of SmCo discs for testing in our laboratory, please share your best price", "magnet"),
        ("Warranty claim: 12 motors failed, please send replacement motors", "finished_good"),
        ("Wir bestellen 1 Sinterofen inkl. Betriebsanleitung", "equipment"),
        ("采购一台气流磨，配备说明书", "equipment"),
        ("please check the declaration for 300 kg dysprosium oxide", "oxide"),
    ],
)
def test_ordinary_words_of_an_order_leave_it_an_order(read: Callable[[str], WordsRead], text: str, form: str) -> None:
    (found,) = facts(read(text))
    assert (found.get("act", ""), found["form"]) == ("", form)


def test_a_drawing_sold_with_a_magnet_is_not_about_magnet_making(read: Callable[[str], WordsRead]) -> None:
    found = facts(read("Ring magnet N35, 100 pcs, plus assembly drawing for mounting"))
    assert [part["act"] for part in found] == ["goods", "technology"]
    assert "process_stage" not in found[1]


def test_a_textbook_beside_own_know_how_is_not_public(read: Callable[[str], WordsRead]) -> None:
    (alone,) = facts(read("textbook chapter on sintering"))
    assert alone["public_domain"] is True
    (more,) = facts(read("textbook chapter and our sintering curve"))
    assert (more["act"], more.get("public_domain")) == ("technology", None)
    (filed,) = facts(read("patent application and the furnace recipe"))
    assert "patent_filing" not in filed


def test_a_weak_word_of_work_adds_nothing_to_a_certain_one(read: Callable[[str], WordsRead]) -> None:
    (found,) = facts(read("Please repair the sintering furnace and test it"))
    assert found["line_service"] == {"repair"}


def test_goods_that_only_pass_through_china_are_in_transit(read: Callable[[str], WordsRead]) -> None:
    (found,) = facts(read("monazite from Madagascar to Japan via Qingdao"))
    assert (found["act"], found["from"], found["to"]) == ("transit", "MG", "JP")


def test_a_place_is_no_typing_error(read: Callable[[str], WordsRead]) -> None:
    found = read("N42 magnets to Turkey")
    assert found.notes == ()
    assert facts(found)[0]["to"] == "TR"


def test_a_long_list_is_held_and_nothing_is_concluded(read: Callable[[str], WordsRead]) -> None:
    found = read("1) 2 pcs jet mill 2) erection 3) recipe " * 400)
    assert found.parts == ()
    assert found.held.endswith("deals; give more than 40 as a table")


@pytest.mark.parametrize(
    "text",
    [
        "2 pcs jet mill without installation and commissioning",
        "气流磨2台，不含安装调试",
        "2 jet mills, no erection or training",
    ],
)
def test_work_that_is_excluded_is_no_deal(read: Callable[[str], WordsRead], text: str) -> None:
    assert [part.get("act", "") for part in facts(read(text))] == [""]


def test_something_unread_for_a_repair_is_no_repair(read: Callable[[str], WordsRead]) -> None:
    assert [part.get("act") for part in facts(read("Gleitolium for maintenance of the jet mill"))] in ([], [None])


def test_a_line_that_is_sold_with_its_flowsheets_is_two_deals(read: Callable[[str], WordsRead]) -> None:
    found = facts(read("We sell the used SX line with flowsheets to a buyer in Turkey"))
    assert [part["act"] for part in found] == ["goods", "technology"]


def test_persons_who_replace_a_part_of_a_machine_do_a_service(read: Callable[[str], WordsRead]) -> None:
    (found,) = facts(read("Two fitters replace the hot zone of our sintering furnace in Hanau"))
    assert (found["act"], found["line_service"]) == ("service", {"repair"})
    (sold,) = facts(read("replace 3 magnets N42"))
    assert (sold.get("act", ""), sold["form"]) == ("", "magnet")


def test_an_abbreviation_that_goes_on_ends_no_sentence(read: Callable[[str], WordsRead]) -> None:
    found = read("Ersatzkupferwalze für Bandgießanlage inkl. Einbau durch chinesischen Techniker")
    assert [part.facts["act"] for part in found.parts] == ["goods", "service"]


def test_what_is_delivered_for_a_machine_is_not_the_machine(read: Callable[[str], WordsRead]) -> None:
    found = read("For the motor: 500 pcs magnets N42SH")
    assert [part.facts["form"] for part in found.parts] == ["magnet"]


def test_goods_in_a_sentence_of_their_own_stay_open_beside_work(read: Callable[[str], WordsRead]) -> None:
    found = read("N42SH magnets. Repair of the office printer by our technician")
    assert {found.said(span) for span in found.left} >= {"magnets"}
