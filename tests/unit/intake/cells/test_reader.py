"""Cells of messy extracts: content, interpretation, and rejections."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.days import parse_day
from coercivity.base.exact import Interval, parse_exact
from coercivity.data.values import plain_value
from coercivity.intake.cells.columns import ROLES, Options
from coercivity.intake.cells.reader import Cell, cell_reader, mass_kg
from coercivity.intake.parties.screening import Screening
from coercivity.law.rules.rulebook import Rulebook
from tests.sampling import examples

_KEPT: dict[tuple[str, Options], object] = {}


def read(book: Rulebook, role: str, text: str, **options: object) -> Cell:
    chosen = Options(**options)  # type: ignore[arg-type]
    reader = _KEPT.setdefault((role, chosen), cell_reader(book, role, chosen) if (role, chosen) not in _KEPT else None)
    return reader(text)  # type: ignore[operator, no-any-return]


def fact(cell: Cell, role: str) -> object:
    value = cell.facts.get(role)
    return None if value is None else plain_value(value)


DAYS = [
    "2026/12/31",
    "31.12.2026",
    "31/12/2026",
    "12/31/2026",
    "20261231",
    "2026.12.31",
    "2026年12月31日",
    "令和8年12月31日",
    "２０２６－１２－３１",
    "31 Dec 2026",
    "Dec 31, 2026",
    "2026. 12. 31.",
    "2026년 12월 31일",
    "二〇二六年十二月三十一日",
    "31. Dezember 2026",
    "Thursday, 31 December 2026",
    "2026-12-31T00:00:00",
    "2026-12-31 10:00:00+08:00",
    "46387",
]


@pytest.mark.parametrize("text", DAYS)
def test_days_are_read_and_told(book: Rulebook, text: str) -> None:
    cell = read(book, "on", text)
    assert cell.value == parse_day("2026-12-31")
    assert cell.notes[0].endswith("2026-12-31")
    assert text in cell.notes[0]


def test_an_iso_day_gives_no_note(book: Rulebook) -> None:
    assert read(book, "on", "2026-12-31") == Cell(value=parse_day("2026-12-31"))


NO_DAYS = [
    ("2026-02-30", "DATE"),
    ("31.02.2026", "DATE"),
    ("2026-13-01", "DATE"),
    ("99999999", "DATE"),
    ("9999-12-31", "DATE"),
    ("1999", "DATE"),
    ("hello", "DATE"),
    ("1.2.26", "DATE-YEAR"),
    ("25-DEC-24", "DATE-YEAR"),
    ("16 JUN '26", "DATE-YEAR"),
    ("二〇二六年十三月一日", "DATE"),
    ("二〇二六年二三月一日", "DATE"),
    ("2026. 12. 31", "DATE"),
    ("5/6/26", "DATE-YEAR"),
    ("03/04/2026", "DATE-AMBIGUOUS"),
    ("=TODAY()", "FORMULA-CELL"),
]


@pytest.mark.parametrize(("text", "code"), NO_DAYS)
def test_what_is_no_day_is_a_fault(book: Rulebook, text: str, code: str) -> None:
    fault = read(book, "on", text).fault
    assert fault is not None
    assert fault.code == code
    assert fault.next


def test_two_days_are_told_and_settled_by_the_option(book: Rulebook) -> None:
    fault = read(book, "on", "03/04/2026").fault
    assert fault is not None
    assert "2026-04-03 or 2026-03-04" in fault.what
    assert "dates: dmy" in fault.next
    assert read(book, "on", "03/04/2026", dates="dmy").value == parse_day("2026-04-03")
    assert read(book, "on", "03/04/2026", dates="mdy").value == parse_day("2026-03-04")
    assert read(book, "on", "05/05/2026").value == parse_day("2026-05-05")
    assert read(book, "on", "03.04.2026", dates="mdy").value == parse_day("2026-04-03")
    assert read(book, "on", "12/31/2026", dates="dmy").fault is not None


@pytest.mark.parametrize(
    ("text", "day"), [("25-DEC-24", "2024-12-25"), ("16 JUN 99", "1999-06-16"), ("1 Jan 68", "2068-01-01")]
)
def test_a_year_of_two_digits_is_read_where_the_map_says_dmy(book: Rulebook, text: str, day: str) -> None:
    cell = read(book, "on", text, dates="dmy")
    assert cell.value == parse_day(day)
    assert "00 to 68" in cell.notes[0]
    fault = read(book, "on", text, dates="mdy").fault
    assert fault is not None
    assert "dates: dmy" in fault.next


def test_figures_in_chinese(book: Rulebook) -> None:
    assert read(book, "on", "二零二五年六月十六日").value == parse_day("2025-06-16")
    assert read(book, "on", "二〇二五年十月二十日").value == parse_day("2025-10-20")


INSTANTS = [
    ("2026-03-02 24:00", "2026-03-03"),
    ("2026-12-31 24:00:00", "2027-01-01"),
    ("2026-03-02T18:00:00Z", "2026-03-03"),
    ("2026-03-02 20:00 UTC", "2026-03-03"),
    ("2026-03-02T10:00:00Z", "2026-03-02"),
    ("2026-03-02T23:30:00-05:00", "2026-03-03"),
    ("2026-03-02T01:00:00+10:00", "2026-03-01"),
    ("2026-03-02 12:30 am +10", "2026-03-01"),
    ("2026-03-02T23:30+08:00", "2026-03-02"),
    ("2 Mar 2026 11:30 PM", "2026-03-02"),
    ("2 Mar 2026 4:30 PM UTC", "2026-03-03"),
]


@pytest.mark.parametrize(("text", "day"), INSTANTS)
def test_an_instant_counts_on_its_day_in_china(book: Rulebook, text: str, day: str) -> None:
    cell = read(book, "on", text)
    assert cell.value == parse_day(day)
    shifts = "24:00" in text or (any(sign in text for sign in ("Z", "UTC", "+10", "-05")))
    assert ("date in China" in cell.notes[0] or "next day" in cell.notes[0]) == shifts


@pytest.mark.parametrize("time", ["25:00", "24:01", "10:61", "13:00 PM", "10:00+99:00"])
def test_a_time_that_does_not_exist_is_a_fault(book: Rulebook, time: str) -> None:
    fault = read(book, "on", f"2026-03-02 {time}").fault
    assert fault is not None
    assert fault.code == "DATE"


QUANTITIES = [
    ("12 kg", "12", "kg"),
    ("3公斤", "3", "kg"),
    ("2 t", "2", "t"),
    ("500 pcs", "500", "piece"),
    ("1.200,5 KGS", "1200.5", "kg"),
    ("1 200 kg", "1200", "kg"),
    ("1,200", "1200", ""),
    ("7", "7", ""),
    ("+5", "5", ""),
    ("0", "0", ""),
]


@pytest.mark.parametrize(("text", "value", "unit"), QUANTITIES)
def test_quantities(book: Rulebook, text: str, value: str, unit: str) -> None:
    cell = read(book, "quantity", text)
    assert (cell.value, cell.unit, cell.fault, cell.unread) == (Decimal(value), unit, None, "")


@pytest.mark.parametrize("text", ["-5", "5-", "(5)", "nan", "NaN", "inf", "abc", "1,2,3"])
@pytest.mark.parametrize("role", ["quantity", "price"])
def test_what_is_no_amount_is_a_fault(book: Rulebook, role: str, text: str) -> None:
    fault = read(book, role, text).fault
    assert fault is not None
    assert fault.code == "CELL-NUMBER"


@pytest.mark.parametrize("text", ["7 drums", "3 cartons", "12 L", "5 ton"])
def test_a_quantity_in_an_unknown_unit_stays_open(book: Rulebook, text: str) -> None:
    assert "unknown unit" in read(book, "quantity", text).unread


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # pieces are whole, and the German word for them says which sign parts thousands
        ("12.000 Stk", "12000"),
        ("12.000 Stück", "12000"),
        ("12.500 pcs", "12500"),
        ("12,500 Stk", "12500"),
        ("12,000 pcs", "12000"),
        # a comma before three digits parts thousands, as ever
        ("12,000 kg", "12000"),
        ("40,000", "40000"),
        # what may be either is left open, and never taken for the smaller
        ("12,000 Stk", None),
        ("12.000 pcs", None),
        ("1.500 kg", None),
        ("1.000", None),
        # what can be told is read
        ("1.234,5", "1234.5"),
        ("12 000", "12000"),
        ("1.234.567 kg", "1234567"),
        ("0.125 kg", "0.125"),
        ("1000.000", "1000"),
        ("1.00", "1"),
    ],
)
def test_a_sign_before_three_digits(book: Rulebook, text: str, expected: str | None) -> None:
    cell = read(book, "quantity", text)
    assert cell.value == (Decimal(expected) if expected is not None else None)
    assert (cell.fault, cell.unread) == (None, "")
    if expected is None:
        assert "was left open; set `decimal: ,` or `decimal: .` in the mapping" in cell.notes[0]
        assert isinstance(read(book, "quantity", text, decimal=",").value, Decimal)
        assert isinstance(read(book, "quantity", text, decimal=".").value, Decimal)


def test_a_price_before_three_digits_is_left_open(book: Rulebook) -> None:
    assert read(book, "price", "1.200 EUR").value is None
    assert read(book, "price", "1.200 EUR", decimal=".").value == Decimal("1.2")
    assert read(book, "price", "0.125 USD").value == Decimal("0.125")


def test_a_number_that_may_be_either_of_two_holds_both(book: Rulebook) -> None:
    """A limit between the two stays open; a share cannot be a thousandfold, so of it one reading is left."""
    for text in ("1.800", "1,800"):
        cell = read(book, "max_temperature", text)
        assert cell.facts["max_temperature"] == Interval(parse_exact("1.8"), parse_exact("1800"))
        assert cell.notes == (
            f"{text} may be either of two numbers, and both are considered; set `decimal` in the mapping",
        )
    for text in ("1.234 %", "1,234 %"):
        share = parse_exact("0.01234")
        cell = read(book, "dy_mass_share", text)
        assert cell.facts["dy_mass_share"] == Interval(share, share)
        assert any("interpreted as a fraction" in note for note in cell.notes)
    assert read(book, "max_temperature", "1.800", decimal=",").facts["max_temperature"] == Interval(
        parse_exact("1800"), parse_exact("1800")
    )


@pytest.mark.parametrize("text", ["1.234", "1,234", "2.000 %..1,000 %"])
def test_a_number_that_is_sound_in_neither_reading_is_a_fault(book: Rulebook, text: str) -> None:
    fault = read(book, "dy_mass_share", text).fault
    assert fault is not None
    assert fault.code == "CELL-NUMBER"
    assert fault.what.startswith(f"{text!r}: ")


UNITS = [
    ("kg", "1"),
    ("KGS", "1"),
    ("公斤", "1"),
    ("キログラム", "1"),
    ("g", "0.001"),
    ("克", "0.001"),
    ("MT", "1000"),
    ("metric ton", "1000"),
    ("トン", "1000"),
    ("lbs", "0.45359237"),
    ("斤", "0.5"),
]


@pytest.mark.parametrize(("text", "kg"), UNITS)
def test_units_of_mass(book: Rulebook, text: str, kg: str) -> None:
    assert read(book, "unit", text).value == Decimal(kg)


@pytest.mark.parametrize("text", ["drum", "桶", "carton", "m3", "L", "ton", "unknown"])
def test_unknown_units_hold_the_row_open(book: Rulebook, text: str) -> None:
    assert read(book, "unit", text).unread
    assert read(book, "unit", text).fault is None


def test_pieces_have_a_mass_where_the_map_gives_one(book: Rulebook) -> None:
    quantity = read(book, "quantity", "40,000")
    for word in ("pcs", "個", "件", "Stück"):
        assert read(book, "unit", word) == Cell(unit="piece")
        unit = read(book, "unit", word, piece_mass_kg=Decimal("0.0125"))
        assert mass_kg(quantity, unit, piece_mass_kg=Decimal("0.0125")) == (Decimal(500), "")
        assert mass_kg(quantity, read(book, "unit", word)) == (None, "")


def test_the_units_of_quantity_and_unit_cell_have_to_agree(book: Rulebook) -> None:
    assert mass_kg(read(book, "quantity", "2 t"), read(book, "unit", "t")) == (Decimal(2000), "")
    assert mass_kg(read(book, "quantity", "2 t"), Cell()) == (Decimal(2000), "")
    mass, why = mass_kg(read(book, "quantity", "2 t"), read(book, "unit", "kg"))
    assert mass is None
    assert "unit column says kg" in why


PRICES = [
    ("62", "62", ""),
    ("62 USD/kg", "62", "USD"),
    ("€ 62,50", "62.50", "EUR"),
    ("62元/公斤", "62", "CNY"),
    ("$62", "62", ""),
    ("1,234.50", "1234.50", ""),
]


@pytest.mark.parametrize(("text", "value", "currency"), PRICES)
def test_prices(book: Rulebook, text: str, value: str, currency: str) -> None:
    cell = read(book, "price", text)
    assert (cell.value, cell.unit) == (Decimal(value), currency)


@pytest.mark.parametrize(
    ("text", "code"), [("USD", "USD"), ("usd", "USD"), ("人民币", "CNY"), ("RMB", "CNY"), ("€", "EUR")]
)
def test_currencies(book: Rulebook, text: str, code: str) -> None:
    assert read(book, "currency", text).value == code


@pytest.mark.parametrize("text", ["$", "¥", "dollars"])
def test_a_sign_of_several_currencies_is_none(book: Rulebook, text: str) -> None:
    assert read(book, "currency", text).fault is not None


COUNTRIES = [
    *(
        (text, "DE")
        for text in (
            "DE",
            "de",
            "DEU",
            "Germany",
            "germany ",
            "德国",
            "ドイツ",
            "Deutschland",
            "Germany (DE)",
            "DE - Germany",
        )
    ),
    *(
        (text, "CN")
        for text in ("PRC", "P.R. China", "China (mainland)", "中国", "CN 中国", "People's Republic of China")
    ),
    *((text, "US") for text in ("USA", "U.S.A.", "United States of America", "美国")),
    ("UK", "GB"),
    ("Hong Kong", "HK"),
    ("Taiwan", "TW"),
    ("台灣", "TW"),
    ("NA", "NA"),
    ("Namibia", "NA"),
    ("Korea, Republic of", "KR"),
    ("Viet Nam", "VN"),
    ("Côte d'Ivoire", "CI"),
    ("XX", "XX"),
]


@pytest.mark.parametrize(("text", "code"), COUNTRIES)
def test_countries(book: Rulebook, text: str, code: str) -> None:
    cell = read(book, "to", text)
    assert cell.facts == {"to": code}
    assert bool(cell.notes) == (text != code or text == "NA")


TOWNS = [
    ("Ningbo, China", "CN"), ("Dayton, OH, USA", "US"), ("Atlanta, GA, USA", "US"), ("Shanghai CN", "CN"), ("宁波，中国", "CN"),
    ("Kowloon, Hong Kong, China", "HK"), ("Hsinchu, Taiwan, China", "TW"), ("München, Deutschland", "DE"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), TOWNS)
def test_a_country_behind_a_town(book: Rulebook, text: str, code: str) -> None:
    cell = read(book, "to", text)
    assert cell.facts == {"to": code}
    assert cell.notes


@pytest.mark.parametrize(
    "text",
    ["D", "Wilmington, DE", "Wilmington DE", "Atlanta, Georgia", "Torino, TO", "Kowloon, China", "Albuquerque New Mexico",
     "Lebanon, OH, USA", "Ningbo, ", "Virgin Islands US"],
)  # fmt: skip
def test_what_may_be_another_place_is_no_country(book: Rulebook, text: str) -> None:
    fault = read(book, "to", text).fault
    assert fault is not None
    assert fault.code == "COUNTRY"


def test_what_is_no_value_is_a_fault_with_a_near_one_that_begins_alike(book: Rulebook) -> None:
    fault = read(book, "form", "magnett").fault
    assert fault is not None
    assert "magnet" in fault.nearest


@pytest.mark.parametrize(("text", "near"), [("Germny", "DE"), ("Congo", "CD"), ("DE/FR", "FR")])
def test_what_is_no_country_is_a_fault_with_the_nearest(book: Rulebook, text: str, near: str) -> None:
    fault = read(book, "from", text).fault
    assert fault is not None
    assert fault.code == "COUNTRY"
    assert near in fault.nearest


def test_every_country_is_read_by_its_codes_and_names(book: Rulebook) -> None:
    for code, country in book.catalogue.countries.items():
        for name in (code, *country.as_dict().values()):
            cell = read(book, "to", name)
            assert cell.facts.get("to") == code, name


FACTS = [
    ("military_use", "true", True),
    ("military_use", "Y", True),
    ("military_use", "否", False),
    ("military_use", "0", False),
    ("form", "magnet", "magnet"),
    ("form", "Magnet", "magnet"),
    ("form", "永磁体", "magnet"),
    ("form", "spare part", "equipment_part"),
    ("form", "none", "none"),
    ("knowledge", "明知", "knows"),
    ("magnet_type", "钕铁硼", ["NdFeB"]),
    ("magnet_type", "NdFeB; SmCo", ["NdFeB", "SmCo"]),
    ("magnet_type", "Ce magnet", ["Ce_magnet"]),
    ("elements", "Nd;Pr;Dy", ["Dy", "Nd", "Pr"]),
    ("elements", "镝、钕", ["Dy", "Nd"]),
    ("elements", "[]", []),
    ("elements", "无", []),
    ("elements", "Dy 1.8 %, Nd+Pr 30 %", {"has": ["Dy", "Nd", "Pr"], "lacks": []}),
    ("elements", "Dy 1.8 %, Nd+Pr 30 %, Fe bal.", ["Dy", "Nd", "Pr"]),
    ("dy_mass_share", "0.018", "0.018"),
    ("dy_mass_share", "1.8 %", "0.018"),
    ("dy_mass_share", "1,8%", "0.018"),
    ("dy_mass_share", "500 ppm", "0.0005"),
    ("dy_mass_share", "0.01..0.02", ["0.01", "0.02"]),
    ("dy_mass_share", "1.5-2.0 %", ["0.015", "0.02"]),
    ("dy_mass_share", "<0.1%", ["0", "0.001"]),
    ("kiln_diameter", "3,2 m", "3.2"),
    ("operating_temperature", "320-650 °C", ["320", "650"]),
    ("operating_temperature", "-20", "-20"),
    ("contract_on", "31.12.2025", "2025-12-31"),
    ("end_user", "Example Motors GmbH", "Example Motors GmbH"),
    ("cas_number", "CAS 298-07-7", "298-07-7"),
    ("listed_elsewhere_code", "none", "none"),
]


@pytest.mark.parametrize(("role", "text", "value"), FACTS)
def test_columns_named_after_a_fact(book: Rulebook, role: str, text: str, value: object) -> None:
    cell = read(book, role, text)
    assert (cell.fault, cell.unread) == (None, "")
    assert fact(cell, role) == value


WRONG = [
    ("military_use", "maybe", "FACT-VALUE"),
    ("form", "blubb", "FACT-VALUE"),
    ("elements", "Xx", "FACT-VALUE"),
    ("dy_mass_share", "1.8", "CELL-NUMBER"),
    ("dy_mass_share", "-1", "CELL-NUMBER"),
    ("dy_mass_share", "nan", "CELL-NUMBER"),
    ("dy_mass_share", "<0", "CELL-NUMBER"),
    ("composition", "Dy < 0 %", "COMPOSITION-SHARE"),
    ("kiln_diameter", "-2", "CELL-NUMBER"),
    ("kiln_diameter", "1e18", "CELL-NUMBER"),
    ("contract_on", "x", "DATE"),
    ("cas_number", "298-07-8", "FACT-VALUE"),
    ("id", "x" * 81, "ROW-ID"),
    ("end_user", "a\u202eb", "CELL-TEXT"),
    ("end_user", "a\x00b", "CELL-TEXT"),
]


@pytest.mark.parametrize(("role", "text", "code"), WRONG)
def test_what_a_column_cannot_take_is_a_fault(book: Rulebook, role: str, text: str, code: str) -> None:
    fault = read(book, role, text).fault
    assert fault is not None
    assert fault.code == code
    assert dict(read(book, role, text).facts) == {}


@pytest.mark.parametrize(
    ("role", "text"), [("kiln_diameter", "3200 mm"), ("dy_mass_share", "约1.8%"), ("dy_mass_share", "2 kg")]
)
def test_other_units_and_approximate_numbers_stay_open(book: Rulebook, role: str, text: str) -> None:
    cell = read(book, role, text)
    assert cell.unread
    assert (dict(cell.facts), cell.fault) == ({}, None)


@pytest.mark.parametrize("role", [*ROLES, "end_user", "elements", "military_use", "to", "dy_mass_share"])
def test_formulas_are_refused_in_every_column(book: Rulebook, role: str) -> None:
    for text in ("=1+1", " =A1", "＝A1", '=HYPERLINK("x")', "\u200b=1", "\ufeff \u2060﹦1", "\xa0=1"):
        fault = read(book, role, text).fault
        assert fault is not None, text
        assert fault.code == "FORMULA-CELL"
    assert read(book, role, "x" * 2001).fault is not None


@pytest.mark.parametrize("role", ["composition", "material", "to", "military_use", "quantity", "on", "unit", "price"])
def test_blanks_are_blank(book: Rulebook, role: str) -> None:
    for text in ("", "  ", "\t", "-", "—", "--", "n/a", "N/A", "#N/A", "#REF!", "NULL", "None"):
        cell = read(book, role, text)
        assert cell in (Cell(), Cell(notes=cell.notes)), text
        assert bool(cell.notes) == any(sign.isalpha() for sign in text)


NOBODY = [
    "TBC", "T.B.C.", "to be confirmed", "not yet known", "N.N.", "NN", "n.n.", "various", "several", "diverse", "divers",
    "confidential", "various customers", "same as consignee", "待确认", "保密", "多家", "未定", "某公司", "????", "A", "1", "12345",
    "某", "xxx", "Example GmbH?", "M\ufffdller GmbH",
]  # fmt: skip


@pytest.mark.parametrize("text", NOBODY)
@pytest.mark.parametrize("role", ["end_user", "consignee"])
def test_a_party_that_is_nobody_leaves_every_party_set_open(book: Rulebook, role: str, text: str) -> None:
    cell = read(book, role, text)
    assert (dict(cell.facts), cell.unread, cell.fault) == ({role: text}, "", None)
    [question] = Screening(book).found(role, text).questions
    assert (question.fact, question.written, question.party_sets) == (role, question.written, ())
    assert question.is_open


@pytest.mark.parametrize("text", ["", " ", "\u3164", "\u115f\uffa0", "\u00ad"])
def test_a_blank_party_is_asked_for_and_not_given(book: Rulebook, text: str) -> None:
    """Where a column asks for the party, a blank is an answer left open, and no standing answer fills it in."""
    assert read(book, "end_user", text) == Cell({"end_user": None})


@pytest.mark.parametrize(
    "text", ["BYD", "GE", "华为", "3M Deutschland", "X社", "Confidential Motors GmbH", "Testo SE", "LG"]
)
def test_short_names_are_names(book: Rulebook, text: str) -> None:
    assert read(book, "end_user", text).facts == {"end_user": text}


DOUBTED = [
    ("to", "China?"), ("to", "CN？"), ("from", "?CN"), ("material", "NdFeB magnet?"), ("unit", "kg?"), ("military_use", "no?"),
    ("form", "magnet?"), ("elements", "Nd?"),
]  # fmt: skip


@pytest.mark.parametrize(("role", "text"), DOUBTED)
def test_a_question_mark_leaves_a_cell_unread(book: Rulebook, role: str, text: str) -> None:
    cell = read(book, role, text)
    assert "marked uncertain" in cell.unread
    assert dict(cell.facts) == {}


def test_a_line_break_parts_two_materials(book: Rulebook) -> None:
    assert "describes 2 deals" in read(book, "material", "NdFeB magnet\r\nstrip caster").unread
    assert read(book, "material", "NdFeB magnet\r\nblock").facts["form"] == "magnet"


def test_none_in_small_letters_is_a_value_where_the_fact_has_it(book: Rulebook) -> None:
    assert read(book, "knowledge", "none").facts == {"knowledge": "none"}
    assert dict(read(book, "knowledge", "None").facts) == {}
    assert read(book, "end_user", "none").notes == ("'none' does not name a party",)


@pytest.mark.parametrize("role", ["material", "composition", "unit", "use"])
@pytest.mark.parametrize("text", ["unknown", "TBD", "未知", "?"])
def test_what_is_said_to_be_open_holds_the_row_open(book: Rulebook, role: str, text: str) -> None:
    assert read(book, role, text).unread


@pytest.mark.parametrize("text", ["unknown", "TBD", "未知", "?"])
def test_an_open_fact_overrides_the_standing_answer(book: Rulebook, text: str) -> None:
    assert read(book, "military_use", text).facts == {"military_use": None}


def test_the_words_of_other_columns(book: Rulebook) -> None:
    assert fact(read(book, "composition", "Dy 1.8 %, Nd+Pr 30 %, Fe bal."), "elements") == ["Dy", "Nd", "Pr"]
    assert read(book, "material", "sintered NdFeB block").facts["form"] == "magnet"
    assert read(book, "material", "unobtainium").rest == "unobtainium"
    assert read(book, "use", "motors for a navy research centre").facts == {"military_use": True}
    assert read(book, "use", "traction motors, passenger cars") == Cell()
    assert read(book, "hs", "8505.11.1000").value == "8505111000"
    assert read(book, "hs", "12").notes
    assert read(book, "id", " A-1 ").value == "A-1"
    assert read(book, "id", "-").value == "-"
    assert read(book, "title", "Ring magnets").value == "Ring magnets"


@settings(max_examples=examples(60))
@given(text=st.text(max_size=40) | st.text(alphabet="0123456789.,-+/=%() kgtDdyNe年月日镝含<>~", max_size=20))
def test_no_reader_raises_and_reading_twice_is_the_same(book: Rulebook, text: str) -> None:
    for role in (*ROLES, *book.catalogue):
        cell = read(book, role, text)
        assert cell == read(book, role, text)
        assert not (cell.fault and (cell.facts or cell.unread)), role
        if cell.unread and role != "quantity":
            assert not cell.facts, role


@given(st.dates(min_value=parse_day("1900-01-01"), max_value=parse_day("2199-12-31")))
def test_what_is_read_as_a_day_is_read_again_as_that_day(book: Rulebook, day: object) -> None:
    again = read(book, "on", str(day))
    assert again == Cell(value=parse_day(str(day)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ASAP", "gives no day"),
        ("tbd", "gives no day"),
        ("nach Vereinbarung", "gives no day"),
        ("尽快", "gives no day"),
        ("KW 2/2027", "covers 2027-01-11 to 2027-01-17"),
        ("12. KW 2026", "covers 2026-03-16 to 2026-03-22"),
        ("2026-W07", "covers 2026-02-09 to 2026-02-15"),
        ("März 2026", "covers 2026-03-01 to 2026-03-31"),
        ("2026年2月", "covers 2026-02-01 to 2026-02-28"),
        ("03/2026", "covers 2026-03-01 to 2026-03-31"),
        ("Q1", "is a period"),
        ("Ende Q2 2026", "covers 2026-04-01 to 2026-06-30"),
        ("10.-20.03.2026", "is a period"),
        ("in 6 Wochen", "is a period"),
    ],
)
def test_a_period_instead_of_a_day_holds_the_row_open_and_says_what_to_enter(
    book: Rulebook, text: str, told: str
) -> None:
    cell = cell_reader(book, "on", Options())(text)
    assert (cell.fault, cell.value) == (None, None)
    assert told in cell.notes[0]
    assert cell.notes[0].endswith("enter the day of the transaction as YYYY-MM-DD")


@pytest.mark.parametrize("text", ["2026-02-30", "31.04.2026", "KW 54/2026", "13/2026", "hello", "KW 0/2026", "((((("])
def test_a_day_or_week_that_does_not_exist_stays_an_error(book: Rulebook, text: str) -> None:
    assert cell_reader(book, "on", Options())(text).fault is not None


def test_a_week_is_no_day_for_any_other_date(book: Rulebook) -> None:
    assert cell_reader(book, "contract_on", Options())("KW 2/2027").fault is not None


@pytest.mark.parametrize("text", ["CN (保税区 Shanghai)", "China bonded zone", "Shanghai bonded zone, CN", "CN 保税仓"])
def test_a_bonded_zone_in_china_is_china_and_a_zone(book: Rulebook, text: str) -> None:
    assert dict(cell_reader(book, "to", Options())(text).facts) == {"to": "CN", "to_zone": True}
    assert dict(cell_reader(book, "from", Options())(text).facts) == {"from": "CN", "from_zone": True}


@pytest.mark.parametrize("text", ["DE (Zolllager)", "Hong Kong bonded warehouse", "保税区"])
def test_a_bonded_zone_that_is_not_said_to_be_in_china_is_not_guessed(book: Rulebook, text: str) -> None:
    assert cell_reader(book, "to", Options())(text).fault is not None


@pytest.mark.parametrize("text", ["Tage", "h", "psch", "lfm", "天", "人天", "项"])
def test_a_unit_of_services_has_no_mass_and_opens_nothing(book: Rulebook, text: str) -> None:
    cell = cell_reader(book, "unit", Options())(text)
    assert (cell.unread, cell.fault, cell.value) == ("", None, None)
    assert mass_kg(Cell(value=Decimal(3)), cell) == (None, "")


@pytest.mark.parametrize("text", ["o. B.", "FOC", "免费", "auf Anfrage"])
def test_a_price_that_is_not_asked_is_no_error(book: Rulebook, text: str) -> None:
    assert cell_reader(book, "price", Options())(text).fault is None
