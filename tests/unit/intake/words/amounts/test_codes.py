"""Codes in a text, the words for processes, and all evidence of figures together."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.intake.words.amounts.codes import code_marks, process_marks, standard_ranges
from coercivity.intake.words.amounts.dates import date_marks
from coercivity.intake.words.amounts.reader import amounts_of, code_statements, evidence_in
from coercivity.intake.words.lexicon.folded import Folded, folded
from coercivity.law.rules.rulebook import Rulebook


def _codes(text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for mark in code_marks(folded(text)) for one in mark.evidence]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Cyanex 272, CAS 83411-71-6, 4 IBC", [("cas_number", "83411-71-6")]),
        ("CAS-Nr.: 298-07-7", [("cas_number", "298-07-7")]),
        ("萃取剂 CAS号：14802-03-0", [("cas_number", "14802-03-0")]),
        ("N235 68814-95-9", [("cas_number", "68814-95-9")]),
        ("CAS 83411-71-7", []),  # wrong check digit
        ("drawing 298-07-7", []),  # may be any number
        ("drw 22-118-B, ISO 9001-20-15, 2026-03-20", []),
        ("HS 85051110", [("tariff_number", "85051110")]),
        ("8505.11.10", [("tariff_number", "85051110")]),
        ("海关编码：8505111000", [("tariff_number", "8505111000")]),
        ("Zolltarifnr. 8505 11 10", [("tariff_number", "85051110")]),
        ("2026.03.20", []),
        ("1C902 and 2B902.w", [("control_code", "1C902"), ("control_code", "2B902.w")]),
        ("DIN 933, EN 10204-3.1, 1e902", []),
        ("", []),
    ],
)
def test_codes(text: str, codes: list[tuple[str, str]]) -> None:
    assert _codes(text) == codes


def test_one_cas_number_is_a_fact_and_two_are_none() -> None:
    (one,) = code_statements(folded("P204, CAS 298-07-7"))
    assert (one.fact, one.value, one.strength) == ("cas_number", "298-07-7", "stated")
    assert code_statements(folded("CAS 298-07-7, CAS 14802-03-0")) == ()
    assert code_statements(folded("CAS 298-07-7"), 0, 3) == ()


@pytest.mark.parametrize(
    ("text", "process"),
    [
        ("with GBD Tb diffusion", "grain boundary diffusion"),
        ("晶界扩散磁体", "grain boundary diffusion"),
        ("gesinterte Magnete", "sintered"),
        ("ネオジム焼結磁石", "sintered"),
        ("kunststoffgebunden", "bonded"),
        ("hot-deformed ring", "hot deformed"),
        ("unsintered", ""),
    ],
)
def test_processes(text: str, process: str) -> None:
    found = [one.value for mark in process_marks(folded(text)) for one in mark.evidence]
    assert found == ([process] if process else [])


def test_evidence_is_in_the_order_of_the_text(book: Rulebook) -> None:
    text = "Sintered N45SH, Dy < 0.01 %, HS 85051110, by KW 14/2026"
    found = [(one.kind, one.value) for one in evidence_in(book, folded(text))]
    assert found == [
        ("process", "sintered"),
        ("coercivity_class", "SH"),
        ("below_detection", "0.01 %"),
        ("tariff_number", "85051110"),
        ("date", "2026-03-30/2026-04-05"),
    ]


@given(st.text(alphabet=st.sampled_from("0123456789-.CASBHse cas码号：\u200f\n"), max_size=60))
def test_any_text_gives_marks_within_it(book: Rulebook, text: str) -> None:
    for one in evidence_in(book, folded(text)):
        assert all(0 <= span.start < span.end <= len(text) for span in one.spans)


@pytest.mark.parametrize(
    "line", ["N42SH Dy 1.8 % / ", "9" * 50, "Dy/Tb+", "含镝、", "1.2.3,4 x ", "第年月", "n d n d "]
)
def test_the_work_on_a_long_text_grows_with_its_length(book: Rulebook, line: str) -> None:
    """Four times the text takes about four times the work, and not sixteen times."""
    readers = amounts_of(book)

    def seconds(size: int) -> float:
        whole = folded((line * size)[:size])
        started = time.process_time()
        evidence_in(book, whole)
        readers.parameters(whole, "magnet_vacuum_sintering_furnace", 0, len(whole.flat))
        return time.process_time() - started

    seconds(100)
    assert seconds(20_000) < 12 * max(seconds(5_000), 0.1)


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("cert EN 10204-3.1 incl.", "EN 10204-3.1"),
        ("nach DIN EN ISO 9001:2015", "DIN EN ISO 9001:2015"),
        ("按GB/T 13560-2017检验", "GB/T 13560-2017"),
        ("IEC 60404-8-1", "IEC 60404-8-1"),
        ("ASTM A977", "ASTM A977"),
        ("RoHS conform", "RoHS"),
        ("MIL-STD 810", ""),
        ("en 3 boxes", ""),
    ],
)
def test_names_of_standards_are_not_left_over(text: str, standard: str) -> None:
    whole = folded(text)
    assert [whole.raw(*one) for one in standard_ranges(whole)] == ([standard] if standard else [])


def test_the_readers_take_a_fraction_of_a_millisecond(book: Rulebook) -> None:
    text = "Pos. 10 sintered NdFeB arc segments N42SH R31.5xr27 L40, Nd 25.1 % Dy 2.4 % Tb 0.2 %, 4,000 pcs, CAS none, "
    wholes = [
        folded(f"{text}{number} 交货期 2026年3月20日，镝含量1.8%，请尽快发货。 by KW 14/2026") for number in range(50)
    ]
    readers = amounts_of(book)
    for read in (readers.grades, readers.shares, code_marks, process_marks, date_marks):
        best = min(_seconds(read, wholes) for _ in range(5))
        assert best / sum(len(whole.text) for whole in wholes) * 300 < 0.002


def _seconds(read: Callable[[Folded], object], wholes: list[Folded]) -> float:
    started = time.process_time()
    for whole in wholes:
        read(whole)
    return time.process_time() - started
