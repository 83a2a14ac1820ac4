"""Fact values: one form for numbers that name an item, and the nearest name for every misspelling."""

from __future__ import annotations

from typing import Any

import pytest

from coercivity.base.errors import Fault, Faults
from coercivity.data.values import FactValue
from coercivity.law.rules.rulebook import Rulebook


def parse(book: Rulebook, name: str, raw: Any) -> FactValue | None:
    """The value of a fact without a fault."""
    faults = Faults()
    value = book.catalogue.parse(name, raw, where="here", faults=faults)
    faults.raise_if_any()
    return value


def fault(book: Rulebook, name: str, raw: Any) -> Fault:
    """The one fault of a value."""
    faults = Faults()
    assert book.catalogue.parse(name, raw, where="here", faults=faults) is None
    (found,) = faults.items
    return found


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("England", "GB"),
        ("USA", "US"),
        ("the United States of America", "US"),
        ("Holland", "NL"),
        ("The Netherlands", "NL"),
        ("Korea", "KR"),
        ("South Korea", "KR"),
        ("Taiwan", "TW"),
        ("Hong Kong", "HK"),
        ("PRC", "CN"),
        ("UAE", "AE"),
        ("Turkey", "TR"),
        ("Turkiye", "TR"),
        ("Ivory Coast", "CI"),
        ("Burma", "MM"),
        ("de", "DE"),
        ("germany", "DE"),
        ("英国", "GB"),
        ("アメリカ", "US"),
    ],
)
def test_a_country_name_leads_to_its_code(book: Rulebook, name: str, code: str) -> None:
    """Names and short forms in three languages; nothing but the code itself is taken as the fact."""
    assert fault(book, "to", name).nearest == (code,)


def test_a_misspelt_country_gets_the_nearest_and_a_shared_name_gets_both(book: Rulebook) -> None:
    """Best first."""
    assert fault(book, "to", "Germny").nearest[0] == "DE"
    assert set(fault(book, "to", "Congo").nearest) == {"CD", "CG"}


@pytest.mark.parametrize(
    "name", ["to", "form", "military_use", "elements", "contract_on", "dy_mass_share", "consignee"]
)
@pytest.mark.parametrize("raw", ["UNKNOWN", "Unknown", " unknown"])
def test_unknown_is_written_in_one_way(book: Rulebook, name: str, raw: str) -> None:
    """Nobody means a consignee called Unknown; whatever the type, the word for an open fact is `unknown`."""
    assert fault(book, name, raw).nearest == ("unknown",)
    assert parse(book, name, "unknown") is None


def test_unknown_is_no_member_of_a_set(book: Rulebook) -> None:
    """The whole fact is open, or it is not."""
    assert "elements: unknown" in fault(book, "elements", ["Nd", "unknown"]).next


@pytest.mark.parametrize(
    ("raw", "near"),
    [
        ("yes", ("true",)),
        ("Y", ("true",)),
        ("1", ("true",)),
        ("True", ("true",)),
        ("no", ("false",)),
        ("NO", ("false",)),
        ("0", ("false",)),
        ("FALSE", ("false",)),
        ("perhaps", ("true", "false")),
    ],
)
def test_other_words_for_true_and_false_are_told(book: Rulebook, raw: str, near: tuple[str, ...]) -> None:
    """They are not guessed."""
    assert fault(book, "military_use", raw).nearest == near


def test_hints_show_a_list_as_it_is_written(book: Rulebook) -> None:
    """One pair of brackets, no quotation marks."""
    assert fault(book, "elements", "Nd").next == "write [Nd, Dy]"


@pytest.mark.parametrize(
    "text",
    [
        "298-07-7",
        " 298‑07‑7 ",  # hyphens that do not break
        "298–07–7",
        "298−07−7",  # minus signs
        "298 - 07 - 7",
        "２９８－０７－７",
        "CAS 298-07-7",
        "CAS No. 298-07-7",
        "CAS-Nr.: 298-07-7",
        "cas# 298-07-7",
        "CAS RN 298-07-7",
        "CAS 号：298-07-7",
        "298-07-7\u200b",
    ],
)
def test_a_cas_number_has_one_form(book: Rulebook, text: str) -> None:
    """Dashes, blanks and a heading change nothing: P204 stays on the list of 1C914.c."""
    assert parse(book, "cas_number", text) == "298-07-7"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("298-07-8", "check digit is 8, expected 7"),
        ("298-70-7", "check digit"),
        ("298-07-7 / 1338-24-5", "2 CAS numbers; expected one per row"),
        ("298-07-7;1338-24-5", "one per row"),
        ("P507", "not a CAS number"),
        ("298077", "not a CAS number"),
        ("298-7-7", "not a CAS number"),
        ("0298-07-7", "not a CAS number"),
        ("298-07-7 (P204)", "not a CAS number"),
        ("none", "not a CAS number"),
    ],
)
def test_what_is_no_cas_number_is_refused(book: Rulebook, text: str, what: str) -> None:
    """A slip of a digit would take an extractant off the list."""
    found = fault(book, "cas_number", text)
    assert found.code == "FACT-VALUE"
    assert what in found.what
    assert "unknown" in found.next


def test_every_cas_number_of_the_rules_is_one(book: Rulebook) -> None:
    """Those of 1C914.c (56/2025) pass their own check."""
    for text in ("14802-03-0", "298-07-7", "1338-24-5", "68814-95-9", "83411-71-6"):
        assert parse(book, "cas_number", text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2B104", "2B104"),
        ("2b104", "2B104"),
        (" 2 B 104 ", "2B104"),
        ("２Ｂ１０４", "2B104"),
        ("2b902.V", "2B902.v"),
        ("none", "none"),
        ("None", "none"),
        ("see annex", "see annex"),
    ],
)
def test_a_control_code_has_one_form(book: Rulebook, text: str, code: str) -> None:
    """Case and blanks change nothing."""
    assert parse(book, "listed_elsewhere_code", text) == code
