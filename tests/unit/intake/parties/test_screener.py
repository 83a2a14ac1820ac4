"""Parties against lists: verdicts, reasons for and against, both names divided, and what would tell them apart."""

from __future__ import annotations

import time

import pytest

from coercivity.data.parties.listed import EntryName, Identifier, ListEntry, NamedList
from coercivity.intake.parties.results import Asked, Finding, Span
from coercivity.intake.parties.screener import Screener, screener
from coercivity.law.rules.rulebook import Rulebook


def entry(name: str, *more: EntryName, entry_id: str = "e", list_id: str = "own", **about: object) -> ListEntry:
    """An entry of a user's list."""
    return ListEntry(entry_id, list_id, (EntryName(name), *more), **about)  # type: ignore[arg-type] # fields by name


def own(*entries: ListEntry) -> Screener:
    """A screener with one user's list."""
    return Screener([NamedList("own", entries)])


def only(found: Screener, asked: Asked | str) -> Finding:
    """The only finding for a party."""
    [finding] = found.screen(Asked(asked) if isinstance(asked, str) else asked).findings
    return finding


def kinds(finding: Finding) -> list[str]:
    """The reasons of a finding."""
    return [one.kind for one in finding.features]


EXAMPLE = own(entry("Zelkowa Aerospace Systems GmbH"))
WORKS = own(entry("Quellmar Heavy Machinery Plant 31"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Zelkowa Aerospace Systems GmbH", "same_text"),
        ("ZELKOWA AEROSPACE SYSTEMS", "same_folded"),
        ("Zelkowa Aerospace Systems Ltd", "same_folded"),
        ("Zelkоwa Aerospace Systems", "same_signs"),
        ("The Zelkowa Aerospace Systems GmbH", "same_folded"),
        ("ZelkowaAerospaceSystems", "same_folded"),
        ("M/s. Zelkowa Aerospace Systems GmbH", "same_text"),
        ("Consignee: M/s Zelkowa Aerospace Systems", "same_folded"),
        ("Destinataire : Zelkowa Aerospace Systems GmbH", "same_text"),
        ("收货人 Zelkowa Aerospace Systems GmbH", "same_text"),
        ("Zelkowa Aerospace Systems GmbH, Zweigniederlassung Köln", "same_text"),
        ("Zelkowa Aerospace Systems - Singapore Branch", "same_folded"),
        ("Zelkowa Aerospace Systems GmbH Plant 2", "same_text"),
        ("Zelkowa Aerospace Systems succursale de Paris", "same_folded"),
        ("Zelkowa Aerospace Systems GmbH, Musterweg 4, 50667 Köln", "same_text"),
    ],
)
def test_a_name_written_otherwise_is_a_match(name: str, kind: str) -> None:
    """Form, script, label, title, branch, works and address leave it the same party."""
    finding = only(EXAMPLE, name)
    assert (finding.verdict, kinds(finding)[0]) == ("match", kind)
    assert finding.points == sum(one.points for one in finding.features)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Zelkova Aerospace Systems GmbH", "letters_differ"),
        ("Zelkowa Aerospcae Sistems", "letters_differ"),
        ("Ze1kowa Aerospace Systems", "misread"),
        ("Zelkowa Aerosp. Sys.", "shortened"),
        ("Zelkowa Aerospace", "words_left_out"),
        ("Zelkowa Aerospace Systems Rotterdam Handel", "words_added"),
        ("Zelkowa Marine Trading", "same_head"),
        ("Зелкова Аэроспейс Системс", "same_sound"),
        ("ゼルコワ・エアロスペース・システムズ", "same_sound"),
    ],
)
def test_what_rests_on_a_likeness_is_only_possible(name: str, kind: str) -> None:
    """A distance, a sound, an abbreviation or a head word never settles anything."""
    finding = only(EXAMPLE, name)
    assert finding.verdict == "possible"
    assert kind in kinds(finding)


@pytest.mark.parametrize(
    "name",
    [
        "Aerospace Systems GmbH",
        "Systems",
        "Zelkerhof Milch GmbH",
        "Advanced Aerospace Systems",
        "Kowalski Systems GmbH",
        "航空系统公司",
    ],
)
def test_words_of_the_trade_name_nobody(name: str) -> None:
    """However many of them two names share."""
    result = EXAMPLE.screen(Asked(name))
    assert (result.verdict, result.findings) == ("none", ())


def test_the_same_words_in_another_order_are_a_match_if_several_tell() -> None:
    """A surname first is the same person; a trade word first may be another firm."""
    assert only(own(entry("Wilbrecht, Tamsin O.")), "Tamsin O. Wilbrecht").verdict == "match"
    assert only(own(entry("Zelkowa Systems")), "Systems Zelkowa").verdict == "possible"


@pytest.mark.parametrize(
    ("listed", "name"),
    [
        ("Yewthorn Tae Pakenham", "Y. Pakenham"),
        ("Halvorsen International Security Forum", "HISF"),
        ("HISF", "Halvorsen International Security Forum"),
    ],
)
def test_initials_are_possible_both_ways(listed: str, name: str) -> None:
    """Of a person's first name, and of all words."""
    assert only(own(entry(listed)), name).verdict == "possible"


def test_another_number_is_another_works() -> None:
    """A number of its own tells two works apart; one that only the written name has is a part of the firm."""
    assert only(WORKS, "Quellmar Heavy Machinery Plant 31").verdict == "match"
    assert WORKS.screen(Asked("Heavy Machinery Plant 32")).findings == ()


@pytest.mark.parametrize("kind", ["former", "short", "weak"])
def test_some_names_only_raise_questions(kind: str) -> None:
    """Even letter by letter; an alias is the party itself."""
    reason = {"former": "former_name", "short": "short_name", "weak": "weak_alias"}[kind]
    found = own(entry("Zelkowa Systems", EntryName("Brunnholt Works AG", kind), EntryName("泽尔科瓦公司", "alias")))  # type: ignore[arg-type]
    finding = only(found, "Brunnholt Works AG")
    assert finding.verdict == "possible"
    assert reason in kinds(finding)
    assert only(found, "澤爾科瓦公司").verdict == "match"


@pytest.mark.parametrize(
    ("name", "verdict"), [("Falcon", "possible"), ("Falcon Ltd", "match"), ("Falcon Co., GmbH", "possible")]
)
def test_one_common_word_is_no_match_by_itself(name: str, verdict: str) -> None:
    """Only with the form of the listed name."""
    assert only(own(entry("Falcon Limited")), name).verdict == verdict


def test_what_is_known_beside_the_name_counts() -> None:
    """Country, address and registration number, for and against."""
    lei = Identifier("lei", "529900T8BM49AURSDO55")
    held = own(
        entry("Zelkowa Systems GmbH", countries=("DE",), addresses=("Musterweg 4, 50667 Köln",), identifiers=(lei,))
    )
    same = only(held, Asked("Zelkowa Systems", "Musterweg 4, Köln 50667", "DE", (lei,)))
    assert {"same_country", "same_address", "same_identifier"} <= set(kinds(same))
    other = only(
        held, Asked("Zelkowa Systems", "12 Harbour Road, Rotterdam", "NL", (Identifier("lei", "213800EXAMPLE0000000"),))
    )
    assert [one.kind for one in other.features if one.points < 0] == [
        "other_identifier",
        "other_country",
        "other_address",
    ]
    assert other.points < same.points
    assert other.verdict == "match"


def test_an_equal_number_is_a_match_whatever_the_name() -> None:
    """And it is the only reason."""
    lei = Identifier("lei", "529900T8BM49AURSDO55")
    finding = only(
        own(entry("Zelkowa Systems GmbH", identifiers=(lei,))), Asked("Something Else Ltd", identifiers=(lei,))
    )
    assert (finding.verdict, kinds(finding)) == ("match", ["same_identifier"])


def test_both_names_are_divided_where_they_differ() -> None:
    """Letters without case; Chinese sign by sign, whatever the script."""
    finding = only(EXAMPLE, "ZELKOVA Aerospace Systems GmbH")
    assert [one for one in finding.written_spans if not one.same] == [Span("V", False)]
    assert "".join(one.text for one in finding.written_spans) == "ZELKOVA Aerospace Systems GmbH"
    assert "".join(one.text for one in finding.listed_spans) == "Zelkowa Aerospace Systems GmbH"
    signs = only(own(entry("泽尔科瓦航空公司")), "澤爾克瓦航空公司")
    assert signs.written_spans == (Span("澤爾", True), Span("克", False), Span("瓦航空公司", True))
    assert signs.listed_spans == (Span("泽尔", True), Span("科", False), Span("瓦航空公司", True))


def test_what_would_tell_two_apart_is_what_the_entry_has() -> None:
    """And what the party asked about has not given."""
    held = own(
        entry(
            "Zelkowa Systems",
            EntryName("泽尔科瓦公司", "alias"),
            countries=("DE",),
            addresses=("Köln",),
            identifiers=(Identifier("duns", "123456789"),),
            websites=("zelkowa.example",),
        )
    )
    told = only(held, "Zelkova Systems").tells_apart
    assert told == ("identifier", "address", "country", "own_script", "website", "owner")
    assert only(held, Asked("Zelkova Systems", "Bonn", "DE", (Identifier("duns", "1"),), "Somebody")).tells_apart == (
        "own_script",
        "website",
    )


def test_a_party_of_the_law_has_a_finding_for_each_of_its_entries(book: Rulebook) -> None:
    """A user's own list beside them is compared by itself, and only asks."""
    mine = NamedList("own", (entry("Rheinmetall AG", entry_id="9"),))
    both = Screener([*screener(book).lists, mine]).screen(Asked("Rheinmetall AG"))
    assert [one.entry.list_id for one in both.findings if one.verdict == "match"] == ["control_list", "own"]
    assert screener(book) is screener(book)
    twice = screener(book).screen(Asked("Lockheed Martin Corp."))
    assert len({one.entry.party_set for one in twice.findings if one.verdict == "match"}) > 1


def test_each_distinct_party_is_screened_once_and_in_order() -> None:
    """The same text gives the same result alone and in a column."""
    names = ["Zelkowa", "Nordfeld Antriebe GmbH", "Zelkova Aerospace Systems", "Zelkowa", "宁波恒锐磁业有限公司"]
    asked = [Asked(name) for name in names]
    found = EXAMPLE.screen_all(asked)
    assert found == [EXAMPLE.screen(one) for one in asked]
    assert [one.asked for one in found] == asked
    assert found[0] is found[3]


@pytest.mark.parametrize("name", ["", " ", "\x00", "-", "公司", "GmbH", "tbc", "N.N."])
def test_a_text_that_names_nobody_is_a_question(name: str) -> None:
    """It is never called none."""
    result = EXAMPLE.screen(Asked(name))
    assert (result.nobody, result.verdict, result.findings) == (True, "possible", ())


@pytest.mark.parametrize(
    "name",
    [
        "Zelkowa Aerospace Systems GmbH" + " x" * 5_000,
        "x" * 10_000,
        "; ".join(f"Firm{n} Ltd" for n in range(10_000)),
        "髮;" * 200_000,
    ],
)
def test_a_text_that_is_too_long_stays_open(name: str) -> None:
    """It is screened in bounded time, and says that it was not screened whole."""
    start = time.process_time()
    result = EXAMPLE.screen(Asked(name))
    assert time.process_time() - start < 20
    assert (result.cut, result.verdict) == (True, "possible")


def test_signs_that_turn_the_text_are_told() -> None:
    """Control characters and text from right to left hide nothing."""
    result = EXAMPLE.screen(Asked("Zelkowa\u202e Aerospace Systems"))
    assert result.unread
    assert result.verdict != "none"
    assert EXAMPLE.screen(Asked("Zelkowa\u0000 Aerospace\u200b Systems")).verdict == "match"


def test_very_many_entries_are_found_again() -> None:
    """Each name with a letter changed, among thousands; strangers are not."""
    heads = [
        f"{a}{b}{c}"
        for a in ["Bal", "Cor", "Dun", "Fel", "Gar", "Hol"]
        for b in ["madu", "kefi", "losta", "ruzo"]
        for c in ["wick", "bryn", "thal", "quor"]
    ]
    names = [f"{head} {trade} Ltd" for head in heads for trade in ("Shipping", "Steel Trading", "Machinery", "Optics")]
    many = Screener([NamedList("own", tuple(entry(name, entry_id=str(n)) for n, name in enumerate(names * 6)))])
    slips = [name[:2] + name[3:] for name in names]
    found = many.screen_all([Asked(name) for name in slips])
    assert all(names[n] in {one.listed for one in result.findings} for n, result in enumerate(found))
    assert [
        one.asked.name
        for one in many.screen_all([Asked("Nordfeld Antriebe GmbH"), Asked("Steel Trading Ltd")])
        if one.findings
    ] == []


@pytest.mark.parametrize("written", ["海尔格特技公术司", "海尔格特技术司公"])
def test_a_form_with_swapped_signs_hides_no_name(written: str) -> None:
    """It is no form any more, so its signs would count as differences."""
    held = NamedList("own", (ListEntry("e", "own", (EntryName("海尔格特技术公司"),)),))
    assert Screener([held]).screen(Asked(written)).verdict == "possible"
