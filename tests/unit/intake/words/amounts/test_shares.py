"""Shares of elements in running text: what is measured, what is a limit, and what is only claimed."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.exact import Interval
from coercivity.data.values import SetValue, plain_value
from coercivity.intake.words.amounts.reader import Amounts, amounts_of
from coercivity.intake.words.amounts.share_items import cased
from coercivity.intake.words.lexicon.folded import folded, tokens_of
from coercivity.law.rules.rulebook import Rulebook


@pytest.fixture(scope="module")
def amounts(book: Rulebook) -> Amounts:
    return amounts_of(book)


def _facts(amounts: Amounts, text: str) -> str:
    """Returns the facts of a text as one line: elements, share of dysprosium, share of terbium."""
    told = []
    for mark in amounts.shares(folded(text)):
        elements = mark.states.get("elements")
        if isinstance(elements, SetValue):
            assert not elements.complete
            assert not elements.lacks
            told.append("+".join(sorted(elements.has)))
        told += [
            f"{fact.removesuffix('_mass_share')}={plain_value(mark.states[fact])}"
            for fact in ("dy_mass_share", "tb_mass_share")
            if fact in mark.states
        ]
    return " ".join(told)


def _kept(amounts: Amounts, text: str) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for mark in amounts.shares(folded(text)) for one in mark.evidence]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Nd 23.5 / Pr 6.8 / Dy 1.8 / Tb 0.3 / B 0.98 / Co 1.0, bal. Fe", "Dy+Nd+Pr+Tb dy=0.018 tb=0.003"),
        ("NdFeB N45: Nd 24.1 Pr 6.2 Fe 67.9 B 1.0 Ga 0.2; Dy not detected (ICP)", "Ga+Nd+Pr"),
        ("Güte N40UH, Dy-Gehalt ca. 4,5 Gew.-%, Epoxid schwarz", "Dy dy=0.045"),
        ("Dysprosiumgehalt 2,1 %", "Dy dy=0.021"),
        ("mit 1,8 Masse-% Dysprosium und 0,3 Masse-% Terbium", "Dy+Tb dy=0.018 tb=0.003"),
        ("含镝1.8%的钕铁硼", "Dy dy=0.018"),
        ("镝的质量分数为1.8%", "Dy dy=0.018"),
        ("Dy含有量1.8質量%", "Dy dy=0.018"),
        ("Dy 1.2 wt% Tb 0.3 wt%", "Dy+Tb dy=0.012 tb=0.003"),
        ("29 % Nd 2 % Dy", "Dy+Nd dy=0.02"),
        ("rotor magnets (Nd 29 %, Dy 2 %)", "Dy+Nd dy=0.02"),
        ("DY 1.8% TB 0.4% ND 28%", "Dy+Nd+Tb dy=0.018 tb=0.004"),
        ("XRF wt%: Sm 24.8 Co 49.7 Fe 17.2; Gd n.d., Dy n.d.", "Sm"),
        ("(Nd: 29.5, Dy: 1.8, Fe: bal.) wt%", "Dy+Nd dy=0.018"),
        ("Dy 1-3 %", "Dy dy=['0.01', '0.03']"),
        ("Dy 3500 ppm", "Dy dy=0.0035"),
        ("Dy 2.0±0.2 %", "Dy dy=['0.018', '0.022']"),
        ("Dy 0.1±0.2 %", ""),
        ("含镝量1.8%", "Dy dy=0.018"),
        ("Dy 1.8 % (m/m)", "Dy dy=0.018"),
        ("镝、铽含量分别为1.8%和0.3%", ""),  # which is which
        ("Dy/Tb 1.8/0.3 %", ""),
        ("Dy+Tb 4.2 % total", "Dy+Tb"),
        ("Dy≥99.5%", "Dy"),  # a purity
        ("Dysprosium metal 99.5% min", ""),
        ("Dy2O3 4 % of TREO", "Dy"),
        ("Dy 4% in TREO", "Dy"),  # a share in the oxides
        ("Nd2O3/TREO 75", ""),
        ("La2O3 3%", "La"),
        ("酸化ジスプロシウム 純度99.9%", ""),
        ("at.% Nd 13 Dy 2 Fe 79 B 6", "Dy+Nd"),  # not by mass
        ("Yb 7 at.%", "Yb"),
        ("Dy <0.01 %", ""),
        ("Dy ≤ 0.5 %", ""),
        ("Dy 0.00 %", ""),
        ("Dy 1.8 % / Dy 2.4 %", "Dy"),  # which of them
        ("Dy 120 %", ""),
        ("Nd 2 Fe 14 B 1", ""),  # a formula
        ("terbium 5 % cheaper", ""),
        ("Dy 500 kg", ""),
        ("motor 400 W, 24 V, 30 % discount", ""),
        ("no certificate, 5 % PR", ""),
    ],
)
def test_shares(amounts: Amounts, text: str, facts: str) -> None:
    assert _facts(amounts, text) == facts


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Dy+Tb 4.2 % total", [("sum_of_shares", "4.2 %")]),
        ("镝铽合计4.2%", [("sum_of_shares", "4.2 %")]),
        ("HRE 2.5 %", [("sum_of_shares", "2.5 %")]),
        ("Dy <0.01 %, Tb n.n.", [("below_detection", "0.01 %"), ("below_detection", "")]),
        ("Dy n.n., Tb n.n. (NWG 0,01 %)", [("below_detection", ""), ("below_detection", "0,01 %")]),
        ("镝未检出（<0.01%）", [("below_detection", "0.01%")]),
        ("未检出镝、铽", [("below_detection", "")]),
        ("Tb: below detection limit (50 ppm)", [("below_detection", "50 ppm")]),
        ("Dy max. 0.5 %", [("share_limit", "0.5 %")]),
        ('"Dy-free" magnets', [("claim", "Dy")]),
        ("ohne Dysprosium und Terbium", [("claim", "Dy and Tb")]),
        ("dysprosiumfreie Magnete", [("claim", "Dy")]),
        ("不含镝、铽", [("claim", "Dy and Tb")]),
        ("不含重稀土", [("claim", "heavy rare earths")]),
        ("HREE-free", [("claim", "heavy rare earths")]),
        ("ジスプロシウムフリー磁石", [("claim", "Dy")]),
        ("low-Dy sintered magnets", [("claim", "Dy")]),
        ("重稀土零添加", [("claim", "heavy rare earths")]),
        ("500 g Dy free of charge", []),
        ("Terbium frei Haus Jena", []),
        ("induction motor, no PM", []),
    ],
)
def test_what_states_no_fact_is_kept(amounts: Amounts, text: str, kept: list[tuple[str, str]]) -> None:
    assert _kept(amounts, text) == kept
    assert not any(fact.endswith("_mass_share") for mark in amounts.shares(folded(text)) for fact in mark.states)


@given(
    st.sampled_from(["Dy {} %", "Dy-Gehalt {} Gew.-%", "含镝{}%", "{} wt% dysprosium", "Nd 25 %, Dy: {} %"]),
    st.decimals(min_value=Decimal("0.01"), max_value=Decimal("60"), places=2),
)
def test_the_share_equals_the_figure(amounts: Amounts, form: str, figure: Decimal) -> None:
    scaled = int(figure * 10**7)
    for written in (f"{figure:f}", f"{figure:f}".replace(".", ",")):
        shares = [
            m.states["dy_mass_share"]
            for m in amounts.shares(folded(form.format(written)))
            if "dy_mass_share" in m.states
        ]
        assert shares == [Interval(scaled, scaled)]


@given(st.text(alphabet=st.sampled_from("DyTbNdPr 镝铽不含n.d<≤%0123456789,.-/+()フリー free\u200f\n"), max_size=60))
def test_any_text_gives_marks_within_it_and_none_over_another(amounts: Amounts, text: str) -> None:
    whole = folded(text)
    marks = amounts.shares(whole)
    assert all(0 <= mark.start < mark.end <= len(whole.flat) for mark in marks)
    assert all(first.end <= second.start for first, second in itertools.pairwise(marks))
    spans = [span for mark in marks for one in mark.evidence for span in one.spans]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_a_text_with_a_corrected_word_is_read_with_its_capitals(amounts: Amounts) -> None:
    given = "Magnt, Dy 1.8 %"
    plain = folded(given)
    flat = "magnet, dy 1.8 %"
    at = (*plain.at[:4], 4, *plain.at[4:])
    corrected = replace(plain, flat=flat, at=at, tokens=tuple(tokens_of(flat)))
    assert cased(corrected) == "Magnet, Dy 1.8 %"
    (mark,) = amounts.shares(corrected)
    assert mark.states["dy_mass_share"] == Interval(18_000_000, 18_000_000)
    assert corrected.raw(mark.start, mark.end) == "Dy 1.8 %"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("magnet (Nd 25 %, Dy 2 %, Fe balance)", "Nd 25 %, Dy 2 %, Fe balance"),
        ("31,5 % Nd, 1,0 % B, Rest Eisen", "31,5 % Nd, 1,0 % B, Rest Eisen"),
        ("Nd 24.5%、Dy 3.1%、Fe余量，磁钢", "Nd 24.5%、Dy 3.1%、Fe余量"),
    ],
)
def test_the_balance_belongs_to_the_list(amounts: Amounts, text: str, words: str) -> None:
    whole = folded(text)
    assert [whole.raw(mark.start, mark.end) for mark in amounts.shares(whole)] == [words]
