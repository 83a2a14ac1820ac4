"""Compositions in extracts: content, open points, rejections."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.data.values import SetValue, plain_value
from coercivity.intake.composition.composition import LISTS_ALL, Composition, composition_reader
from coercivity.law.rules.rulebook import Rulebook

Read = Callable[..., Composition]


@pytest.fixture(scope="module")
def read(book: Rulebook) -> Read:
    return composition_reader(book.catalogue)


WHOLE = [
    ("Nd 29.5%; Pr 0.5%; Dy 1,8%; B 1%; Fe bal.", "Dy Nd Pr", "0.018"),
    ("Nd 29.5 %, Pr 0.5 %, Fe 67.2 %, B 1 %, Dy 1.8 %", "Dy Nd Pr", "0.018"),
    ("NdPr 30 Fe 66 Co 2 Dy 2", "Dy Nd Pr", "0.02"),
    ("NdPr 30 Fe 67.2 B 1 Dy 1.8 (wt%)", "Dy Nd Pr", "0.018"),
    ("67.5% Fe, 30% Nd, 1% B, 1.5% Dy", "Dy Nd", "0.015"),
    ("Neodym 30 %, Eisen 67,2 %, Bor 1 %, Dysprosium 1,8 %", "Dy Nd", "0.018"),
    ("ネオジム30%、鉄67%、ホウ素1%、ジスプロシウム2%", "Dy Nd", "0.02"),
    ("NdFeB (Nd 30 %, Fe 69 %, B 1 %)", "Nd", None),
    ("Nd 300000 ppm, Fe 690000 ppm, B 10000 ppm", "Nd", None),
    ("Nd 14 at%, Fe 80 at%, B 6 at%", "Nd", None),
    ("Nd 31.11 %, Fe 67.77 %, B 1.11 %", "Nd", None),  # 99.99: rounding of three figures
    ("Nd 30-31 %, Fe 69-70 %, B 1 %", "Nd", None),
    ("Nd 30 %, Fe 69 %, B 1 %, no Dy", "Nd", None),
    ("Nd 12 %, Fe bal.", "Nd", None),
    ("Nd 30 %\nB 1 %\nbalance Fe", "Nd", None),
    ("Nd 30 %\nB 1 %\n余量Fe", "Nd", None),
    ("Nd 30, B 1, Fe 69", "Nd", None),
    ("Nd 29.5, Pr 0.5, B 1.0, Fe 69.0", "Nd Pr", None),
    ("Nd 30 %, Fe 余", "Nd", None),
    ("Nd 30 %，铁余量", "Nd", None),
    ("Nd 30 %, B 1 %, Eisen Rest", "Nd", None),
    ("钕铁硼（钕29.5%、镝1.8%、铁余量）", "Dy Nd", "0.018"),
    ("品名：钕铁硼磁体；材质：钕铁硼（钕29.5%、镝1.8%、铁余量）", "Dy Nd", "0.018"),
    ("品名:烧结钕铁硼;用途:电机;成分:钕29.5%,镝1.8%,铁余", "Dy Nd", "0.018"),
    ("PrNd alloy", "Nd Pr", None),
    ("Dy2O3 99.5%", "Dy", None),
    ("氧化镝 99.5%", "Dy", None),
    ("Y2O3", "Y", None),
    ("Y2O3 99.99 %", "Y", None),
    ("Y2O3 99,999 %", "Y", None),
    ("Y2O3 99.99", "Y", None),
    ("99.99% Y2O3", "Y", None),
    ("Y₂O₃: ≥99.99%", "Y", None),
    ("y2o3 99.99%", "Y", None),
    ("Y2O3 4N5", "Y", None),
    ("YF3 99.9 %", "Y", None),
    ("Y3Al5O12 99 %", "Y", None),
    ("Y2O3:Eu 99 %", "Eu Y", None),
    ("ND2O3 99.5 %", "Nd", None),
    ("TB4O7 99.9%", "Tb", None),
    ("HO2O3 99.9%", "Ho", None),
    ("CEO2 99.5 %", "Ce", None),
    ("ZrO2 92 %, Y2O3 8 %", "Y", None),
    ("H2O 5 %, Y2O3 95 %", "Y", None),
    ("V2O5 99.5 %", "", None),
    ("Nd2(CO3)3 99%", "Nd", None),
    ("Nd2(CO3)3·8H2O 99 %", "Nd", None),
    ("Y2(CO3)3 99 %", "Y", None),
    ("Nd(OH)3 99%", "Nd", None),
    ("Y(NO3)3", "Y", None),
    ("(NdPr)2O3 99.5%", "Nd Pr", None),
    ("Fe 99 %", "", None),
    ("SrFe12O19", "", None),
]


@pytest.mark.parametrize(("text", "elements", "share"), WHOLE)
def test_a_whole_composition(read: Read, text: str, elements: str, share: object) -> None:
    found = read(text)
    assert (found.fault, found.unread) == (None, "")
    assert found.facts["elements"] == SetValue(frozenset(elements.split()))
    given_share = found.facts.get("dy_mass_share")
    assert (None if given_share is None else plain_value(given_share)) == share
    assert LISTS_ALL not in found.facts


SHARES = [
    ("Dy 1.8 %, Nd+Pr 30 %", "Dy Nd Pr", "0.018"),
    ("含镝1.8%、钕镨30%", "Dy Nd Pr", "0.018"),
    ("ネオジム30%、ジスプロシウム1.8%", "Dy Nd", "0.018"),
    ("NdPr 30 Dy 1.8 (wt%)", "Dy Nd Pr", "0.018"),
    ("NdPr 30 Dy 1.8", "Dy Nd Pr", "0.018"),
    ("30% Nd 1.8% Dy", "Dy Nd", "0.018"),
    ("DY 1.8 %, ND+PR 30 %", "Dy Nd Pr", "0.018"),
    ("Neodym 30 %, Dysprosium 1,8 %", "Dy Nd", "0.018"),
    ("NdFeB, Dy 1.8 %, Nd+Pr 30 %", "Dy Nd Pr", "0.018"),
    ("Nd2O3 90 %, Dy 1.8 %", "Dy Nd", "0.018"),
    ("Nd+Pr 30 %, Dy 1.5-2.0 %", "Dy Nd Pr", ["0.015", "0.02"]),
    ("Nd+Pr 30 %, Dy > 0.5 %", "Dy Nd Pr", None),
    ("Dy约1.8%，NdPr 30%", "Dy Nd Pr", None),
    ("Nd 30 %, trace Dy", "Dy Nd", None),
    ("Nd 30 %, Dy 500 ppm", "Dy Nd", "0.0005"),
    ("NdPr 30 Dy 0.8", "Dy Nd Pr", None),
    ("Dy+Tb 2 %, Nd 29 %", "Dy Nd Tb", None),
    ("HO1.5 ND30", "Ho Nd", None),
    ("Sm2O3 99.9 %, Y2O3 0.01 %", "Sm Y", None),
    ("Nd 29 %, Fe ~70 %, B 1 %", "Nd", None),
    ("Nd 33 %, Pr 33 %, Nd+Pr 34 %", "Nd Pr", None),  # counted twice
    ("Nd 30 %, Fe 69 %, B 0.9 %", "Nd", None),
    ("Nd 28-30 %, Fe 68-70 %, B 1 %", "Nd", None),
    ("Fe bal., Nd 30 %", "Nd", None),
    ("Nd 30 %, balance", "Nd", None),
    ("Nd2O3 95 %", "Nd", None),
    ("Nd：29.5％，Pr：0.5％", "Nd Pr", None),
    ("Nd(29.5%) Pr(0.5%)", "Nd Pr", None),
    ("Nd 20 %", "Nd", None),
    ("Nd 30 %, w/o Dy and Tb", "Nd", None),
    ("Nd 30 %, 未添加镝铽", "Nd", None),
]


@pytest.mark.parametrize(("text", "elements", "share"), SHARES)
def test_a_list_that_does_not_add_up_leaves_the_rest_open(read: Read, text: str, elements: str, share: object) -> None:
    """Such a list is closed where someone answers for the file; so it does not deny that."""
    found = read(text)
    assert (found.fault, found.unread) == (None, "")
    assert found.facts["elements"] == SetValue(frozenset(elements.split()), complete=False)
    given_share = found.facts.get("dy_mass_share")
    assert (None if given_share is None else plain_value(given_share)) == share
    assert LISTS_ALL not in found.facts
    assert "other elements may be present" in "; ".join(found.notes)


MEASURED = [
    ("Nd+Pr 31.5 %, Dy 0 %", "Nd Pr", "Dy"),
    ("Nd+Pr 31.5 %, Dy 0 %, Tb 0 %", "Nd Pr", "Dy Tb"),
    ("Nd 30% Pr 0% Dy 0%", "Nd", "Dy Pr"),
    ("Nd 30 %, Dy n.d. (< 0.01 %)", "Nd", "Dy"),
    ("Nd 30 %, Dy n.d. (< 1000 ppm), Tb < 0.01 %", "Nd", "Dy Tb"),
    ("Nd 30 %, Dy < 100 ppm", "Nd", "Dy"),
    ("钕30%、镝0%、铽0%", "Nd", "Dy Tb"),
    ("Dy 0 %", "", "Dy"),
]


@pytest.mark.parametrize(("text", "has", "lacks"), MEASURED)
def test_a_measurement_puts_out_the_element_that_was_measured_and_no_other(
    read: Read, text: str, has: str, lacks: str
) -> None:
    found = read(text)
    assert (found.fault, found.unread) == (None, "")
    assert found.facts["elements"] == SetValue(frozenset(has.split()), frozenset(lacks.split()), complete=False)


CLAIMS = [
    "no Tb", "Dy/Tb free", "no Dy", "不含镝铽", "不含镝、铽", "w/o heavy rare earths", "no heavy rare earths",
    "未添加镝铽", "无重稀土", "ohne schwere Seltene Erden", "Dy-frei", "Dy: none",
]  # fmt: skip


@pytest.mark.parametrize("text", CLAIMS)
def test_a_claim_is_shown_and_states_nothing(read: Read, text: str) -> None:
    found = read(text)
    assert (found.fault, found.unread, dict(found.facts)) == (None, "", {})
    assert "a claim, not a measurement" in "; ".join(found.notes)


CUT = [
    ("Nd 22 %, Pr 7 %,", "Nd Pr"),
    ("Nd 22 %; Pr 7 %;", "Nd Pr"),
    ("钕22%、镨7%、", "Nd Pr"),
    ("Nd 30 %, Fe 69 %, B 1 %,", "Nd"),
    ("Nd 30 %, Fe 69 %, B 1 % +", "Nd"),
    ("Nd 30 %, Fe 69 %, B 1 % /", "Nd"),
    ("Nd 30 %, Fe 69 %, B 1 % and", "Nd"),
    ("Nd 30 %, Fe 69 %, B 1 % und", "Nd"),
    ("钕30%、铁69%、硼1%和", "Nd"),
    ("钕30%、铁69%、硼1%，含", "Nd"),
    ("Nd 30 %, Fe 69 %, B 1 %, with", "Nd"),
    ("Nd 30 %, Fe 69 %, B 1 %, no", "Nd"),
    ("Nd 30 %, Fe 69 %, B 1 %, <", "Nd"),
    ("Nd 30 %, Fe 69 %, B 1 %, oxide", "Nd"),
    ("Nd 30 %, Fe 69 %, B 1 %, Co", "Nd"),
    ("Nd 30 %, Fe 69 %, B 1 %, Ga", "Ga Nd"),
    ("Nd 30 %, Fe 69 %, B 1", "Nd"),
    ("Nd 30 wt%, Fe 69 wt%, B 1 wt", "Nd"),
    ("Nd 30 %, Fe 69 %, B 1.", "Nd"),
    ("Nd 30 %, Fe 69 %, B 1 % ...", "Nd"),
    ("Nd 30 %, Fe 69 %, B 1 %…", "Nd"),
    ("NdFeB (Nd 30 %, Fe 69 %, B 1 %", "Nd"),
    ("Nd 30 % (B 1 %), Fe bal. (", "Nd"),
    ("Nd 30 %, Fe bal.,", "Nd"),
    ("75% Co, 25% S", ""),  # of Sm
    ("98% Fe, 2% H", ""),  # of Ho
    ("Nd2O3 99.9 %,", "Nd"),
    ("品名:烧结钕铁硼;成分:钕30%,铁69%,硼1%,", "Nd"),
]


@pytest.mark.parametrize(("text", "has"), CUT)
def test_what_shows_a_cut_is_never_whole_and_denies_the_answer_for_the_file(read: Read, text: str, has: str) -> None:
    found = read(text)
    assert (found.fault, found.unread) == (None, "")
    if has:
        assert found.facts["elements"] == SetValue(frozenset(has.split()), complete=False)
        assert found.facts[LISTS_ALL] is False
    else:
        assert "elements" not in found.facts
    assert "truncated" in "; ".join(found.notes) or "open-ended" in "; ".join(found.notes)


@pytest.mark.parametrize("length", [30, 35, 40, 50, 255])
def test_at_the_length_of_a_field_only_a_sum_is_whole(read: Read, length: int) -> None:
    def at(text: str) -> SetValue:
        padded = text.replace(" ", " " * (1 + length - len(text)), 1)
        assert len(padded) == length
        value = read(padded).facts["elements"]
        assert isinstance(value, SetValue)
        return value

    assert at("Nd 30%, Fe 69%, B 1%").complete
    assert not at("Nd 30 %, B 1 %, Fe bal.").complete
    assert not at("Nd2O3 99.9 %").complete
    assert at("Nd 30%, Tb 0%, Dy 0%").lacks == {"Tb"}  # the last figure may go on
    assert read("Nd 30 %, B 1 %, Fe bal.").facts["elements"] == SetValue(frozenset({"Nd"}))


@pytest.mark.parametrize("text", ["Nd 30 %, Tb 0 %, Dy 0", "Nd 30 Tb 0 Dy 0", "wt%: Nd 30, Tb 0, Dy 0", "Nd 30 Dy 0."])
def test_a_nought_on_which_a_text_ends_may_be_the_beginning_of_a_share(read: Read, text: str) -> None:
    found = read(text)
    value = found.facts["elements"]
    assert isinstance(value, SetValue)
    assert value.holds("Dy") is None
    assert "dy_mass_share" not in found.facts


PART = [
    ("Dy 1.8 %", "Dy", "", "only 1.8 % of the mass"),
    ("镝 1.8％", "Dy", "", "only 1.8 %"),
    ("1.8% Dy", "Dy", "", "only 1.8 %"),
    ("dysprosium 1.8 wt.%", "Dy", "", "only 1.8 %"),
    ("Dy 0.018", "Dy", "", "fractions or percent"),
    ("trace Dy", "Dy", "", "other elements may be present"),
    ("含镝", "Dy", "", "other elements may be present"),
    ("Sm2Co17", "Sm", "", "family or phase"),
    ("SmCo 2:17", "Sm", "", "family or phase"),
    ("Nd2Fe14B", "Nd", "", "family or phase"),
    ("NdFeB 100 %", "Nd", "", "family or phase"),
    ("(Nd,Pr)2Fe14B", "Nd Pr", "", "family or phase"),
    ("Nd-Fe-B", "Nd", "", "family or phase"),
    ("Nd 30 %, others 2 %", "Nd", "", "group of elements"),
    ("钕、镨等", "Nd Pr", "", "group of elements"),
    ("Nd 30 % ...", "Nd", "", "open-ended"),
    ("Nd 30 % …", "Nd", "", "open-ended"),
    ("Nd 30 % +", "Nd", "", "open-ended"),
    ("Nd 30 % &", "Nd", "", "open-ended"),
    ("Nd 30 %, no Dy ...", "Nd", "", "open-ended"),
    ("Nd, Fe, B", "Nd", "", "family or phase"),
    ("Nd; Fe; B", "Nd", "", "family or phase"),
    ("钕、铁、硼", "Nd", "", "family or phase"),
    ("钕 、 铁 、 硼", "Nd", "", "family or phase"),
    ("Nd, Fe, B, no Tb", "Nd", "", "family or phase"),
    ("Pr, Nd", "Nd Pr", "", "not the whole"),
    ("Nd, Pr, Dy", "Dy Nd Pr", "", "not the whole"),
    ("Nd2O3, Pr6O11", "Nd Pr", "", "not the whole"),
    ("Nd-Fe alloy", "Nd", "", "not the whole"),
    ("Nd 12 %", "Nd", "", "only 12 %"),
    ("Nd 12 %, Fe 69 %", "Nd", "", "only 81 %"),
    ("Nd 12 %, Fe, B", "Nd", "", "no figure, unlike the others"),
    ("NdFeB, Dy 1.8 %", "Dy Nd", "", "only 1.8 %"),
    ("Nd 14 at%", "Nd", "", "only 14 %"),
    ("Nd 30 %, Dy n.d.", "Nd", "", "no amount at all"),
    ("Nd 30 %, Dy: n.d.", "Nd", "", "no amount at all"),
    ("Nd 30 %, Dy not detected", "Nd", "", "no amount at all"),
    ("Nd 30 %, Dy n.n.", "Nd", "", "no amount at all"),
    ("Nd 30 %, 镝未检出", "Nd", "", "no amount at all"),
    ("Nd 30 %, 未检出镝", "Nd", "", "no amount at all"),
    ("Nd 30 %, Dy undetected", "Nd", "", "no amount at all"),
    ("Nd 30 %, Dy below detection", "Nd", "", "no amount at all"),
    ("Nd 30 %, Dy n.d. (< 5 %)", "Nd", "", "a limit"),
    ("Nd 30 %, Dy -", "Nd", "", "no amount at all"),
    ("Nd 30 %, Dy: -", "Nd", "", "no amount at all"),
    ("Nd 30 %, Dy —", "Nd", "", "no amount at all"),
    ("Dy: -, Tb: -, Nd 30 %", "Nd", "", "no amount at all"),
    ("品名：含镝钕铁硼；材质：钕30%、铁余量", "Nd", "", "open-ended"),
    ("Nd 30 %, Dy < 0.1 %", "Nd", "", "a limit"),
    ("Nd 30 %, Dy max. 0.01 %", "Nd", "", "a limit"),
    ("30% Nd <0.1% Dy", "Nd", "", "a limit"),
    ("Nd 29.5 wt%, Dy max. 0.5 %", "Nd", "", "a limit"),
    ("Nd 30 %, Dy ~0 %", "Nd", "", "a limit"),
]


@pytest.mark.parametrize(("text", "has", "lacks", "note"), PART)
def test_what_is_said_in_part_leaves_the_rest_open(read: Read, text: str, has: str, lacks: str, note: str) -> None:
    found = read(text)
    assert (found.fault, found.unread) == (None, "")
    assert found.facts["elements"] == SetValue(frozenset(has.split()), frozenset(lacks.split()), complete=False)
    assert note in "; ".join(found.notes)


@pytest.mark.parametrize("text", ["RE 32 %", "TRE 32", "重稀土 1.8%", "重稀土 0%", "Dy < 0.1 %", "Dy: n.d.", "Dy -"])
def test_groups_and_limits_name_no_element(read: Read, text: str) -> None:
    found = read(text)
    assert dict(found.facts) == {}
    assert found.notes
    assert (found.fault, found.unread) == (None, "")


@pytest.mark.parametrize(("text", "family"), [("N42SH", "NdFeB"), ("SmCo 2:17", "SmCo"), ("CeFeB", "Ce_magnet")])
def test_a_grade_or_phase_names_the_family(read: Read, text: str, family: str) -> None:
    assert read(text).facts["magnet_type"] == SetValue(frozenset({family}))
    assert "elements" not in read("N42SH").facts


@pytest.mark.parametrize("text", ["99.9%", "99.999 %", "≥99.9%", "purity 99.9 %", "4N"])
def test_a_bare_purity_states_nothing_and_is_no_riddle(read: Read, text: str) -> None:
    found = read(text)
    assert (dict(found.facts), found.fault, found.unread) == ({}, None, "")
    assert "interpreted as blank" in found.notes[0]


REFUSED = [
    ("Nd 60%, Dy 41%", "COMPOSITION-SUM"),
    ("Dy 180 %", "COMPOSITION-SHARE"),
    ("Dy -1.8 %", "COMPOSITION-SHARE"),
    ("Dy 2.0-1.5 %", "COMPOSITION-SHARE"),
    ("Dy 1.8 %, Dy 2 %", "COMPOSITION-TWICE"),
    ("Nd 30 %, Dy 1.8 %, no Dy", "COMPOSITION-CONFLICT"),
    ("Dy 1.8 %, Dy free", "COMPOSITION-CONFLICT"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_cannot_be_is_a_fault(read: Read, text: str, code: str) -> None:
    found = read(text)
    assert found.fault is not None
    assert found.fault.code == code
    assert dict(found.facts) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Dx 1.8 %",
        "YCO3 5 %",
        "WO3 99.9 %",
        "PO4711",
        "POS1",
        "1.8 %",
        "lorem ipsum",
        "see attached",
        "Dy ND, Nd 30%",
        "no Dy, Tb",
        "Nd, Dy free",
        "Dy 1.8 2.0 %",
        "Dy %",
        "no Dy 2 %",
        "Dy free (0.01 %)",
    ],
)
def test_what_is_not_understood_states_nothing(read: Read, text: str) -> None:
    found = read(text)
    assert found.unread.startswith("composition")
    assert dict(found.facts) == {}
    assert found.fault is None


def test_dashes_part_or_negate(read: Read) -> None:
    assert read("Dy-1.8%").facts == read("Dy - 1.8 %").facts == read("Dy 1.8%").facts


def test_rounded_sums_may_run_over_a_little(read: Read) -> None:
    assert read("Nd 30.01 %, Fe 69 %, B 1 %").fault is None
    assert read("Nd 30.6 %, Fe 69 %, B 1 %").fault is not None


@given(
    text=st.text(alphabet="DyNdPrTbFe镝钕不含、,;:.%+-/()<>=0123456789 约bal freewt", max_size=40)
    | st.text(max_size=40)
)
def test_no_text_raises_and_every_reading_is_the_same(book: Rulebook, text: str) -> None:
    read = _reader(book)
    assert read(text) == read(text)


_KEPT: list[Read] = []


def _reader(book: Rulebook) -> Read:
    if not _KEPT:
        _KEPT.append(composition_reader(book.catalogue))
    return _KEPT[0]


@pytest.mark.parametrize("text", ["90 %", "99.9 %", "100 %", "4N"])
def test_a_purity_alone_is_a_blank_and_said_so(read: Read, text: str) -> None:
    found = read(text)
    assert (dict(found.facts), found.fault, found.unread) == ({}, None, "")
    assert any("purity alone" in note for note in found.notes)


@pytest.mark.parametrize("text", ["89.9 %", "100.1 %"])
def test_a_figure_that_is_no_purity_is_not_read(read: Read, text: str) -> None:
    found = read(text)
    assert not found.facts
    assert found.unread or found.fault
