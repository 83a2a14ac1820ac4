"""Grades of magnets: they name a family, and nothing about dysprosium and terbium."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.errors import Faults
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.words.amounts.grades import grade_reader
from coercivity.intake.words.amounts.marks import GradeMark
from coercivity.intake.words.amounts.reader import Amounts, amounts_of
from coercivity.intake.words.lexicon.folded import folded
from coercivity.law.rules.rulebook import Rulebook

HEAD = "pattern,lang,states,cues,strength,reason\n"


@pytest.fixture(scope="module")
def amounts(book: Rulebook) -> Amounts:
    return amounts_of(book)


def _marks(amounts: Amounts, text: str) -> tuple[GradeMark, ...]:
    return amounts.grades(folded(text))


def _has(value: FactValue | None) -> str:
    return "+".join(sorted(value.has)) if isinstance(value, SetValue) else ""


def _stated(amounts: Amounts, text: str) -> list[tuple[str, str, str, str]]:
    whole = folded(text)
    return [
        (whole.raw(mark.start, mark.end), _has(mark.states.get("magnet_type")), mark.coercivity_class, mark.needs)
        for mark in _marks(amounts, text)
        if mark.strength == "stated"
    ]


@pytest.mark.parametrize(
    ("text", "grade", "family", "coercivity_class", "needs"),
    [
        ("arc segm. N48H 32x18", "N48H", "NdFeB", "H", ""),
        ("牌号42SH 规格F18.5", "42SH", "NdFeB", "SH", ""),
        ("N42SH/NiCuNi", "N42SH", "NdFeB", "SH", ""),
        ("Güte N 42 SH, verzinkt", "N 42 SH", "NdFeB", "SH", ""),
        ("N-45SH blocks", "N-45SH", "NdFeB", "SH", ""),
        ("ネオジム焼結磁石 N45SH 10×5", "N45SH", "NdFeB", "SH", ""),
        ("Ｎ３５ 強磁", "Ｎ３５", "NdFeB", "", "magnet"),  # a bolt may be called so
        ("datasheet of grade N42", "N42", "NdFeB", "", ""),
        ("42uh coatd", "42uh", "NdFeB", "UH", "magnet"),
        ("52H, 7x3x1 arc", "52H", "NdFeB", "H", "magnet"),
        ("N-EH grade magnets", "N-EH", "NdFeB", "EH", "magnet"),
        ("grade 45M disc", "45M", "NdFeB", "M", "magnet"),
        ("VACODYM 677 AP Quader", "VACODYM 677 AP", "NdFeB", "", ""),
        ("NMX-S49F", "NMX-S49F", "NdFeB", "", ""),
        ("(MQ3 type) ring", "MQ3", "NdFeB", "", ""),
        ("30H segments", "30H", "", "H", "magnet"),
        ("aus Sm2Co17, Scheiben", "Sm2Co17", "SmCo", "", ""),
        ("Sm₂Co₁₇ ring", "Sm₂Co₁₇", "SmCo", "", ""),
        ("LAEUFER MIT SM2CO17 SCHALEN", "SM2CO17", "SmCo", "", ""),
        ("SmCo26 magnets", "SmCo26", "SmCo", "", ""),
        ("钐钴方块 5:1型", "5:1型", "SmCo", "", "magnet"),
        ("XGS28H 圆环", "XGS28H", "SmCo", "", ""),
        ("VACOMAX 240,", "VACOMAX 240", "SmCo", "", ""),
        ("SmCo R26HS", "R26HS", "SmCo", "", "magnet"),
        ("Y30H-1 ring", "Y30H-1", "ferrite", "", ""),
        ("磁瓦 Y30BH 用于", "Y30BH", "ferrite", "", ""),
        ("RING Y35 D60", "Y35", "ferrite", "", "magnet"),
        ("Hartferrit HF 26/24,", "HF 26/24", "ferrite", "", "magnet"),
        ("C8 ring magnets", "C8", "ferrite", "", "magnet"),
        ("Alnico 5 rods", "Alnico 5", "AlNiCo", "", ""),
        ("LNG44 cast", "LNG44", "AlNiCo", "", ""),
    ],
)
def test_grades(amounts: Amounts, text: str, grade: str, family: str, coercivity_class: str, needs: str) -> None:
    assert _stated(amounts, text) == [(grade, family, coercivity_class, needs)]


@pytest.mark.parametrize(
    "text",
    [
        "coil 47 uH, inductor 33UH",  # inductance
        "35th anniversary",
        "N20 micro gear motor",
        "45M cable for the furnace",  # length
        "48H express delivery",  # hours
        "shaft 50H7",  # a fit
        "12.42SH",
        "M12 bolts, DIN 933, 24V",
        "Stickstoff N50 in Flaschen",  # purity of a gas
        "PO 4411-B, rev C",
        "magnets as drawing rev. C2, ring",  # a revision
        "magnet array, pitch X12 Y20",  # coordinates
        "NdFeB magnets, lot Y30",
        "LNG40 tank",
        "gas cylinder LN2 20 L",
        "",
    ],
)
def test_what_only_looks_like_a_grade(amounts: Amounts, text: str) -> None:
    assert _stated(amounts, text) == []


def test_a_name_that_three_families_use_only_suggests_them(amounts: Amounts) -> None:
    marks = _marks(amounts, "30H segments")
    assert [mark.states for mark in marks if mark.strength == "stated"] == [{}]
    assert {_has(mark.states["magnet_type"]) for mark in marks if mark.strength == "suggested"} == {
        "NdFeB",
        "SmCo",
        "ferrite",
    }


@pytest.mark.parametrize("text", ["N48H", "N42SH", "38UH magnets", "N33EH", "VACODYM 688 AP", "N30AH", "XGS26H"])
def test_no_grade_states_or_excludes_a_heavy_rare_earth(amounts: Amounts, text: str) -> None:
    for mark in _marks(amounts, text):
        elements = mark.states.get("elements")
        assert elements is None or (isinstance(elements, SetValue) and not elements.complete and not elements.lacks)
        assert mark.strength == "suggested" or not {"Dy", "Tb"} & set(_has(elements).split("+"))


def test_high_coercivity_suggests_dysprosium_with_a_reason(amounts: Amounts) -> None:
    suggested = [mark for mark in _marks(amounts, "N42SH") if mark.strength == "suggested"]
    assert [_has(mark.states["elements"]) for mark in suggested] == ["Dy"]
    assert all(mark.reason for mark in suggested)
    assert not [mark for mark in _marks(amounts, "N42") if mark.strength == "suggested"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("n(?:4,any,,,stated,", "GRADES-PATTERN"),
        ("(n)42,any,,,stated,", "GRADES-PATTERN"),
        ("n?,any,,,stated,", "GRADES-PATTERN"),
        ("n42,any,magnet_type=NdFeBo,,stated,", "FACT-VALUE"),
        ("n42,any,magnet_typ=NdFeB,,stated,", "FACT-UNKNOWN"),
        ("n42,any,elements=Nd,,stated,", "GRADES-ELEMENTS"),
        ("n42,any,elements=Nd+Dy+...,,stated,", "GRADES-ELEMENTS"),
        ("n42,any,,needs=shape,stated,", "WORDS-VALUE"),
        ("n42,any,,,maybe,", "WORDS-VALUE"),
        ("n42,any,magnet_type,,stated,", "WORDS-FORM"),
    ],
)
def test_faults_of_the_file_have_code_and_line(book: Rulebook, row: str, code: str) -> None:
    faults = Faults()
    grade_reader(book.catalogue, HEAD + row + "\n", "grades.csv", faults)
    assert [(fault.code, fault.where.startswith("grades.csv:2")) for fault in faults.items] == [(code, True)]


def test_other_columns_are_refused(book: Rulebook) -> None:
    faults = Faults()
    read = grade_reader(book.catalogue, "pattern,states\nn42,\n", "grades.csv", faults)
    assert [fault.code for fault in faults.items] == ["GRADES-COLUMNS"]
    assert read(folded("N42")) == ()


@given(st.text(alphabet=st.sampled_from("nN345 82sShHuUyYcC-/:.Sm2Co17钐钴磁２\u200f\t\n"), max_size=60))
def test_any_text_gives_marks_within_it_and_none_over_another(amounts: Amounts, text: str) -> None:
    whole = folded(text)
    marks = [mark for mark in _marks(amounts, text) if mark.strength == "stated"]
    assert all(0 <= mark.start < mark.end <= len(whole.flat) for mark in marks)
    assert all(first.end <= second.start for first, second in itertools.pairwise(marks))
