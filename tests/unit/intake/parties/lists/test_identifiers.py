"""Registration numbers: valid ones normalised, others a problem with a next step, and never an identifier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import lei as lei_oracle  # type: ignore[import-untyped]
from stdnum.cn import uscc as uscc_oracle  # type: ignore[import-untyped]

from coercivity.data.parties.listed import Identifier, IdentifierKind
from coercivity.intake.parties.lists.identifiers import (
    IdentifierProblem,
    identifier_problems_in,
    identifiers_in,
    lei_check_digits,
    read_identifier,
    uscc_check_sign,
)
from tests.unit.intake.parties.lists.reading import LEI, USCC

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODES = st.builds(
    lambda head, region, tail: head + region + tail,
    st.sampled_from(("91", "92", "12", "51", "A1", "N2")),
    st.from_regex(r"[1-6][0-9]{5}", fullmatch=True),
    st.text(SIGNS, min_size=9, max_size=9),
)
LEI_HEADS = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=18, max_size=18)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        (USCC, "uscc", USCC),
        (f"  {USCC[:8].lower()} {USCC[8:].lower()} ", "uscc", USCC),
        (f"统一社会信用代码：{USCC}", "uscc", USCC),
        ("ＵＳＣＣ: ９１３５０１００Ｍ０００１００Ｙ４３", "uscc", USCC),
        (LEI, "lei", LEI),
        (f"LEI {LEI}", "lei", LEI),
        ("12-345-6789", "duns", "123456789"),
        ("D-U-N-S No. 12 345 6789", "duns", "123456789"),
        ("邓白氏编码 123456789", "duns", "123456789"),
        ("110108000000016", "registration", "110108000000016"),
        ("IMO 9074729", "imo", "9074729"),
        ("Registration no. HRB 12345", "registration", "HRB12345"),
    ],
)
def test_valid_numbers_are_normalised(text: str, kind: IdentifierKind, value: str) -> None:
    """In any case, width and grouping, with or without a label."""
    assert read_identifier(text) == Identifier(kind, value)


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        (USCC[:-1] + "4", "uscc", "4, expected 3"),
        (USCC.replace("0", "O"), "uscc", "no O: it may be 0 for O"),
        (USCC[:-1], "uscc", "18 characters, not 17"),
        ("110108000000017", "uscc", "7, expected 6"),
        (LEI[:-1] + "6", "lei", "56, expected 55"),
        (LEI[:-2], "lei", "20 characters, not 18"),
        ("12345678", "duns", "nine digits"),
        ("9074728", "imo", "8, expected 9"),
        ("110108000000017", None, "7, expected 6"),
        ("4711", None, "not clear"),
        ("", None, "not a registration number"),
        ("see annex", "registration", "not a registration number"),
        ("9" * 100, "other", "not a registration number"),
    ],
)
def test_wrong_numbers_are_problems(text: str, kind: IdentifierKind | None, says: str) -> None:
    """With what is wrong and what to do."""
    found = read_identifier(text, kind)
    assert isinstance(found, IdentifierProblem)
    assert says in found.what
    assert found.next


@given(CODES)
def test_credit_codes_agree_with_another_program(head: str) -> None:
    """The check character is that of python-stdnum, and any other is a problem."""
    code = head + uscc_check_sign(head)
    assert uscc_oracle.calc_check_digit(head) == code[-1]
    assert read_identifier(code, "uscc") == Identifier("uscc", code)
    for other in set(SIGNS) - {code[-1]}:
        assert isinstance(read_identifier(head + other, "uscc"), IdentifierProblem)


@given(LEI_HEADS)
def test_leis_agree_with_another_program(head: str) -> None:
    """The check digits are those of python-stdnum."""
    code = head + lei_check_digits(head)
    assert lei_oracle.is_valid(code)
    assert read_identifier(code, "lei") == Identifier("lei", code)


def test_a_number_from_before_the_credit_codes() -> None:
    """Fifteen digits in a column of credit codes are a registration number."""
    assert read_identifier("110108000000016", "uscc") == Identifier("registration", "110108000000016")


def test_numbers_within_a_text() -> None:
    """Labelled ones of every kind, and valid credit codes and LEIs without a label."""
    cell = f"Example Magnet Co., Ltd. ({USCC}), DUNS: 12-345-6789, LEI {LEI}, 12 Example Road, 310000 Hangzhou"
    found = identifiers_in(cell)
    assert set(found) == {Identifier("uscc", USCC), Identifier("duns", "123456789"), Identifier("lei", LEI)}
    assert identifier_problems_in(cell) == ()


@pytest.mark.parametrize(
    "cell", ["", "Example Ltd", "Example Ltd, tel. 123456789", "order 110108000000016 of 2026", "1" * 18, "A" * 10_000]
)
def test_other_digits_are_no_identifiers(cell: str) -> None:
    """Nine digits without a label are not a DUNS, nor fifteen a registration number."""
    assert identifiers_in(cell) == ()
    assert identifier_problems_in(cell) == ()


def test_a_wrong_labelled_number_is_told() -> None:
    """It is no identifier, and the problem names it."""
    cell = f"Example Ltd, USCC: {USCC[:-1]}4"
    assert identifiers_in(cell) == ()
    (problem,) = identifier_problems_in(cell)
    assert problem.kind == "uscc"
    assert USCC[:-1] in problem.text
