"""Column mappings: proposed from names, stored in a file, checked before the first row."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.base.errors import CoercivityError
from coercivity.data.textyaml import load_text
from coercivity.intake.cells import columns as module
from coercivity.intake.cells.columns import BY_ROUTE, ColumnMap, Options, check_map, propose, read_map, write_map
from coercivity.law.rules.rulebook import Rulebook

ROLES_OF_A_TRADE_TABLE = [
    "id",
    "on",
    "material",
    "composition",
    "hs",
    "quantity",
    "unit",
    "price",
    "currency",
    "from",
    "to",
    "end_user",
    "use",
]
HEADERS = {
    "english": "id,date,material,composition,hs,quantity,unit,price,currency,from,to,end_user,end_use",
    "words": "Order No.,Ship Date,Product Name,Chemical composition,HS Code,Qty,UoM,Unit Price,Currency,Ship-from,Destination,End User,End use",
    "chinese": "编号,日期,品名,成分,海关编码,数量,单位,单价,币种,起运国,目的国,最终用户,最终用途",
    "chinese 2": "编号,日期,物料,成分,HS编码,数量,单位,单价,币种,出口国,运抵国,最终用户,最终用途",
    "japanese": "番号,出荷日,品名,組成,HSコード,数量,単位,単価,通貨,仕出国,仕向国,最終需要者,最終用途",
    "german": "Nr,Datum,Material,Zusammensetzung,HS,Menge,Einheit,Preis,Währung,von,nach,Endverwender,Endverwendung",
    "groups": "Row / id,Delivery / Date,Goods / Material,Goods / Composition,Goods / HS,Amount / Quantity,Amount / Unit,Money / Price,Money / Currency,Route / From,Route / To,Parties / End user,Parties / End use",
}


def codes(error: CoercivityError) -> list[str]:
    return [fault.code for fault in error.faults]


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_the_names_of_trade_tables_are_understood(book: Rulebook, header: str) -> None:
    names = header.split(",")
    proposed = propose(book, names)
    assert list(proposed.columns) == names
    assert list(proposed.columns.values()) == ROLES_OF_A_TRADE_TABLE
    assert proposed.constants == {"act": BY_ROUTE}
    assert proposed.unused == ()
    check_map(proposed, names, on_given=False, where="rows.csv", book=book)


def test_names_of_programs_that_could_be_several_things_are_left(book: Rulebook) -> None:
    proposed = propose(book, ["MATNR", "MAKTX", "WERKS", "MENGE", "MEINS", "NETPR", "WAERS", "LAND1"])
    assert proposed.unused == ("MATNR", "WERKS", "LAND1")
    assert list(proposed.columns.values()) == ["material", "quantity", "unit", "price", "currency"]


def test_facts_and_their_synonyms_are_columns(book: Rulebook) -> None:
    proposed = propose(book, ["form", "磁体类型", "act", "原产国", "Dy mass fraction"])
    assert list(proposed.columns.values()) == ["form", "magnet_type", "act", "origin", "dy_mass_share"]
    assert proposed.constants == {}


def test_of_two_columns_the_exact_name_is_taken(book: Rulebook) -> None:
    proposed = propose(book, ["material", "品名", "quantity", "net weight"])
    assert proposed.columns == {"material": "material", "quantity": "quantity"}
    assert proposed.unused == ("品名", "net weight")


TWO = [
    (["Item", "Material", "Material description"], "Material description", "material"),
    (["Material", "Item"], "Material", "material"),
    (["品名", "物料"], "品名", "material"),
    (["Row ID", "Order No.", "Delivery", "Document No"], "Delivery", "id"),
    (["出荷予定日", "出荷日"], "出荷日", "on"),
    (["Net weight KG", "Qty"], "Qty", "quantity"),
]


@pytest.mark.parametrize(
    "names",
    [["end_user", "consignee", "Ship-to party"], ["最终用户", "收货人", "买方"], ["Buyer", "Customer", "consignee"]],
)
def test_a_third_column_of_names_is_a_question(book: Rulebook, names: list[str]) -> None:
    """However exact the words of the two others are: a party that nobody screened may be a listed one."""
    proposed = propose(book, names)
    with pytest.raises(CoercivityError) as caught:
        check_map(proposed, names, on_given=True, where="rows.csv")
    assert "MAP-TWICE" in codes(caught.value)


@pytest.mark.parametrize(("names", "best", "role"), TWO)
def test_of_two_columns_the_better_word_is_read_and_the_other_told(
    book: Rulebook, tmp_path: Path, names: list[str], best: str, role: str
) -> None:
    proposed = propose(book, names)
    assert proposed.columns == {best: role}
    assert set(proposed.unused) == set(names) - {best}
    assert proposed.options == Options()
    write_map(proposed, tmp_path / "map.yaml")
    assert (tmp_path / "map.yaml").read_text().count(f"  # {role} is read from {best!r}") == len(names) - 1
    assert read_map(book, tmp_path / "map.yaml") == ColumnMap(
        proposed.columns, proposed.constants, unused=tuple(sorted(proposed.unused))
    )


def test_two_columns_for_one_role_are_refused_in_a_map_made_by_hand(book: Rulebook) -> None:
    found = ColumnMap({"a": "material", "b": "material"}, {"from": "CN", "to": "DE", "act": "goods"})
    with pytest.raises(CoercivityError) as caught:
        check_map(found, ["a", "b"], on_given=True, where="rows.csv")
    assert codes(caught.value) == ["MAP-TWICE"]
    assert "a, b" in caught.value.faults[0].what


HEADS = {
    "on": "Act. GI date|Actual GI date|ACTUAL_SHIPMENT_DATE|ship date|出库日期|出荷予定日|Liefer- termin|Liefertermin|报关日期",
    "from": "Ship-from country|SHIP_FROM_COUNTRY|積出国|Abgangsland|Versandland",
    "to": "Ship-to country|Empfangsland|运抵国(地区)|目的国（地区）|仕向国・地域",
    "material": "品名规格|存货名称|物料名称|Artikelbezeichnung|Part Description|Item description|Material description|Bezeichnung",
    "composition": "申报要素|CHEMISTRY|Chemistry|Analyse|化学成分|成分含量",
    "end_user": "CUSTOMER_NAME|Ship-to party|客户简称|客户名称|Endkunde|Endverbraucher|Final customer|Ultimate user|最终客户|终端客户|使用单位|エンドユーザー",
    "consignee": "Warenempfänger|Importeur|境外收货人",
    "price": "Preis/St.|Preis je Stück",
    "quantity": "Net weight KG|Net weight|SHIPPED_QUANTITY|Qty Shipped|Net Wt|净重|净重(KG)|发货数量|Menge [t]|数量(kg)",
    "unit": "UOM|UOM_CODE|主计量|ME|Mengeneinheit|Qty unit|Weight unit",
    "hs": "HTS_CODE|HTS|commodity code|Zolltarifnr.|商品编号",
    "id": "单据编号|发货单号|出荷番号|Beleg-Nr.|Belegnummer|ORDER_NUMBER|Delivery|Bestell-Nr.|Bestellnummer",
    "origin": "Ursprung|Ursprungsland|原产国|原产国[地区]",
    "": "POL|规格型号|MATNR",
}


@pytest.mark.parametrize(("head", "role"), [(h, role) for role, heads in HEADS.items() for h in heads.split("|")])
def test_heads_that_a_person_knows(book: Rulebook, head: str, role: str) -> None:
    assert propose(book, [head]).columns.get(head, "") == role


def test_ship_to_beside_ship_from_is_the_destination(book: Rulebook) -> None:
    parties = ["consignee", "end_user"]
    assert propose(book, ["ship_from", "ship_to", *parties]).columns == {
        "ship_from": "from", "ship_to": "to", "consignee": "consignee", "end_user": "end_user"
    }  # fmt: skip
    assert propose(book, ["ship_from", "ship_to"]).columns["ship_to"] == "consignee"
    assert "ship_to" not in propose(book, ["ship_from", "ship_to", "destination", *parties]).columns
    # Beside another origin it may be a third party, which is not screened unless somebody says what it is.
    asked = propose(book, ["from", "ship_to", *parties])
    with pytest.raises(CoercivityError, match="MAP-TWICE"):
        check_map(asked, ["from", "ship_to", *parties], on_given=True, where="table", book=book)


UNITS = [
    ("净重(KG)", "kg"),
    ("数量(kg)", "kg"),
    ("Net weight KG", "kg"),
    ("Menge [t]", "t"),
    ("Qty_PCS", "piece"),
    ("Qty", ""),
]


@pytest.mark.parametrize(("head", "unit"), UNITS)
def test_the_unit_in_a_head_is_kept_as_an_option(book: Rulebook, tmp_path: Path, head: str, unit: str) -> None:
    proposed = propose(book, [head])
    assert proposed.options == Options(unit=unit)
    write_map(proposed, tmp_path / "map.yaml")
    assert read_map(book, tmp_path / "map.yaml").options == Options(unit=unit)


def test_a_unit_is_an_option_and_no_constant(book: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text("constants: {unit: kg, currency: EUR}\noptions: {unit: drum}\n")
    with pytest.raises(CoercivityError) as caught:
        read_map(book, path)
    assert codes(caught.value) == ["FACT-UNKNOWN", "FACT-UNKNOWN", "MAP-OPTION"]
    assert "options: {unit: kg}" in caught.value.faults[0].next


def test_the_day_column_may_be_named(book: Rulebook) -> None:
    names = ["date", "gate_out", "material", "from", "to"]
    proposed = propose(book, names, on_column="gate_out")
    assert proposed.columns["gate_out"] == "on"
    assert proposed.unused == ("date",)
    with pytest.raises(CoercivityError) as caught:
        check_map(propose(book, names, on_column="gate_ot"), names, on_given=False, where="rows.csv")
    assert caught.value.faults[0].nearest[0] == "gate_out"


def test_every_missing_role_is_named_at_once(book: Rulebook) -> None:
    names = ["id", "wert", "Material"]
    with pytest.raises(CoercivityError) as caught:
        check_map(propose(book, names), names, on_given=False, where="rows.csv")
    text = caught.value.text()
    assert codes(caught.value) == ["MAP-MISSING"] * 3
    for word in ("'on'", "'from'", "'to'", "wert", "rows.csv"):
        assert word in text


def test_a_day_for_the_run_and_constants_stand_for_columns(book: Rulebook) -> None:
    found = ColumnMap({"goods": "goods_kind"}, {"from": "CN", "to": "DE", "act": "goods"})
    check_map(found, ["goods"], on_given=True, where="rows.csv", book=book)


def test_a_map_of_another_table_is_refused_with_the_nearest(book: Rulebook) -> None:
    found = ColumnMap({"matrial": "materiel", "to": "to", "from": "from", "date": "on"}, {"act": "gods", "widget": "1"})
    with pytest.raises(CoercivityError) as caught:
        check_map(found, ["material", "to", "from", "date"], on_given=False, where="rows.csv", book=book)
    told = {fault.code: fault.nearest for fault in caught.value.faults}
    assert told["MAP-ROLE"][0] == "material"
    assert told["MAP-COLUMN"] == ("material",)
    assert told["FACT-VALUE"] == ("goods",)
    assert "FACT-UNKNOWN" in told
    assert "MAP-MISSING" in told


def test_a_map_is_written_and_read_back(book: Rulebook, tmp_path: Path) -> None:
    names = ["NO", "on", "material", "von", "nach", 'odd: "name" #1', "~", "12", "", " x "]
    options = Options("dmy", ",", Decimal("0.0125"))
    found = ColumnMap(
        {"on": "on", "material": "material", "von": "from", "nach": "to", "NO": "id", "~": "note"},
        {"act": BY_ROUTE, "origin": "NO", "party_sets": "cl-2026-23"},
        options,
        ('odd: "name" #1', "12", "", " x "),
    )
    path = tmp_path / "map.yaml"
    write_map(found, path)
    again = read_map(book, path)
    assert dict(again.columns) == dict(found.columns)
    assert dict(again.constants) == dict(found.constants)
    assert again.options == options
    assert set(again.unused) == set(found.unused)
    check_map(again, names, on_given=False, where="rows.csv", book=book)
    first = path.read_bytes()
    write_map(again, path)
    assert path.read_bytes() == first
    assert first.startswith(b"# The role of each column")


def test_every_fault_of_a_map_is_told(book: Rulebook, tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(
        "columns: {a: materal, b: on, c: on}\nconstants: {form: magnat}\ncolums: {}\nunused: x\n"
        "options: {dates: ymd, decimal: ';', piece_mass_kg: heavy, date: dmy}\n",
        encoding="utf-8",
    )
    with pytest.raises(CoercivityError) as caught:
        read_map(book, path)
    found = codes(caught.value)
    assert sorted(set(found)) == ["FACT-VALUE", "MAP-FORM", "MAP-OPTION", "MAP-ROLE", "MAP-TWICE"]
    assert found.count("MAP-OPTION") == 4


@pytest.mark.parametrize("mass", ["0", "-1", "NaN", "Infinity"])
def test_a_piece_has_a_mass(book: Rulebook, tmp_path: Path, mass: str) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(f"options: {{piece_mass_kg: '{mass}'}}\n", encoding="utf-8")
    with pytest.raises(CoercivityError, match="MAP-OPTION"):
        read_map(book, path)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_any_name_is_quoted_so_that_it_is_read_back(name: str) -> None:
    assert load_text(f"- {module.quoted(name)}\n") == [name]


@given(names=st.lists(st.text(max_size=20), max_size=6, unique=True))
def test_any_header_gets_a_proposal(book: Rulebook, names: list[str]) -> None:
    proposed = propose(book, names)
    assert {*proposed.columns, *proposed.unused} == set(names)


MAP = "columns: {id: id, day: on, thing: material, source: from, target: to}\nconstants: {act: by_route}\n"


@pytest.mark.parametrize(
    ("text", "code", "what"),
    [
        ("- a\n", "MAP-FORM", "expected the parts columns, constants, options, unused"),
        (f"{MAP}column: {{}}\n", "MAP-FORM", "unknown part 'column'"),
        (f"{MAP}unused: weight\n", "MAP-FORM", "unused: expected a list of columns"),
        (f"{MAP}unused: [{{a: b}}]\n", "MAP-FORM", "unused: expected a list of columns"),
        (f"{MAP}options: [a]\n", "MAP-FORM", "options: expected names with one value each"),
        (f"{MAP}options: {{dates: [dmy]}}\n", "MAP-FORM", "options: expected names with one value each"),
        (f"{MAP}options: {{date: dmy}}\n", "MAP-OPTION", "unknown option 'date'"),
        (f"{MAP}options: {{dates: ymd}}\n", "MAP-OPTION", "dates: 'ymd'"),
        (f"{MAP}options: {{decimal: ';'}}\n", "MAP-OPTION", "decimal: ';'"),
        (f"{MAP}options: {{unit: barrel}}\n", "MAP-OPTION", "unit: 'barrel' is not a known unit"),
        (f"{MAP}options: {{piece_mass_kg: light}}\n", "MAP-OPTION", "piece_mass_kg: 'light' is not a number"),
        (f"{MAP}options: {{piece_mass_kg: '0'}}\n", "MAP-OPTION", "piece_mass_kg: 0 is not a valid mass in kg"),
        (
            f"{MAP}options: {{piece_mass_kg: Infinity}}\n",
            "MAP-OPTION",
            "piece_mass_kg: Infinity is not a valid mass in kg",
        ),
        (MAP.replace("thing: material", "thing: materiall"), "MAP-ROLE", "is mapped to 'materiall', which is not"),
        (MAP.replace("act: by_route", "from: CN, act: by_route"), "MAP-TWICE", "from is both a column and a constant"),
        (MAP.replace("act: by_route", "form: magnett, act: by_route"), "FACT-VALUE", "magnett"),
        (MAP.replace("act: by_route", "elements: Nd;Xy, act: by_route"), "FACT-VALUE", "Xy"),
        (f"{MAP}unused: [day]\n", "COLUMN-TWICE", "duplicate column 'day' in the table"),
    ],
)
def test_what_is_wrong_in_a_map_is_told(book: Rulebook, tmp_path: Path, text: str, code: str, what: str) -> None:
    path = tmp_path / "map.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CoercivityError) as caught:
        read_map(book, path)
    (fault,) = caught.value.faults
    assert fault.code == code
    assert what in fault.what
    assert fault.where.startswith("map.yaml")


@pytest.mark.parametrize(
    "more",
    [
        "",
        "options: {dates: dmy, decimal: ',', unit: kg, piece_mass_kg: '0.0125'}\n",
        "options: {dates: mdy, decimal: '.'}\n",
        "unused: [other, weight]\n",
    ],
)
def test_a_map_that_is_right_is_read_and_written_again_as_it_is(book: Rulebook, tmp_path: Path, more: str) -> None:
    path, again = tmp_path / "map.yaml", tmp_path / "again.yaml"
    path.write_text(MAP.replace("act: by_route", "elements: Nd; Dy, act: by_route") + more, encoding="utf-8")
    found = read_map(book, path)
    assert found.constants == {"elements": "Nd; Dy", "act": BY_ROUTE}
    write_map(found, again)
    assert read_map(book, again) == found
    names = [*found.columns, *found.unused]
    check_map(found, names, on_given=False, where="rows.csv", book=book)
    with pytest.raises(CoercivityError, match="which the table does not have"):
        check_map(found, names[1:], on_given=False, where="rows.csv", book=book)


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (["Buyer", "Customer"], {"Buyer": "end_user", "Customer": "consignee"}),
        (["Customer", "Buyer"], {"Buyer": "end_user", "Customer": "consignee"}),
        (["consignee", "Ship-to party"], {"consignee": "consignee", "Ship-to party": "end_user"}),
        (["customer", "consignee"], {"customer": "end_user", "consignee": "consignee"}),
    ],
)
def test_a_second_column_of_names_is_screened_as_the_other_party(
    book: Rulebook, names: list[str], columns: dict[str, str]
) -> None:
    """No name of a table goes unscreened where a role is free for it; the order of columns does not matter."""
    found = propose(book, names)
    assert found.columns == columns
    assert (found.unused, dict(found.because)) == ((), {})


@pytest.mark.parametrize(
    ("column", "role"),
    [
        ("品名 Article", "material"),
        ("Von 起运国", "from"),
        ("Nach 目的国", "to"),
        ("Liefertermin 交期", "on"),
        ("ME", "unit"),
        ("Empfänger 收货人", "consignee"),
        ("Verwendung 用途", "use"),
        ("Gehalt Dy/Tb", "composition"),
        ("Qty 数量 (pcs)", "quantity"),
        ("Country of destination 目的国", "to"),
        ("Kunde / 最终用户", "end_user"),
        ("Empfänger 最终用户", "consignee"),
        ("境外收货人", "consignee"),
        ("Pos.", "id"),
    ],
)
def test_a_name_in_two_languages_is_mapped_by_its_parts(book: Rulebook, column: str, role: str) -> None:
    assert propose(book, [column]).columns.get(column) == role


@pytest.mark.parametrize(
    "column", ["Datum 合同", "合同日期 Date", "Invoice no, date", "Dy/Tb", "Werk / 工厂", "品名 收货人"]
)
def test_a_name_whose_parts_disagree_or_are_half_known_is_not_guessed(book: Rulebook, column: str) -> None:
    assert column not in propose(book, [column]).columns


def test_a_mass_or_count_in_the_name_of_a_quantity_in_two_languages_is_its_unit(book: Rulebook) -> None:
    assert propose(book, ["Menge 数量 kg"]).options.unit == "kg"
