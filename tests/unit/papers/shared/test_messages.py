"""Notes and errors on Chinese pages: each listed message is one of the program, and reads as Chinese."""

from __future__ import annotations

import ast
import re
from functools import cache
from tempfile import NamedTemporaryFile

import pytest

from coercivity.base.errors import CoercivityError, Fault
from coercivity.intake.cells.columns import Options
from coercivity.intake.cells.reader import cell_reader
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.scenarios.scenario import read_scenario
from coercivity.market.run.simulate import capacities
from coercivity.papers.shared.messages import listed
from coercivity.verbs.messages import fault_in, message, place_text
from tests.places import ROOT

VALUE = re.compile(r"\{\d\}")
JOINS = re.compile(r"\{\d\}|[;:,(] ?|\)|(?<=the price) ")
# Values that users type, names of options and what stands between quotation marks and backticks.
SPARED = re.compile(r"“[^”]*”|`[^`]*`|CSV|XLSX|Parquet|ISO|NA|EUR|USD|CNY|UTF-8|CAS|[A-Z][a-z]?(?![a-z])")
# A scenario whose errors the program puts together of parts, so that its source has no such piece.
COMPOSED = """
id: composed
title: {en: x, zh: x}
about: {en: x, zh: x}
inherits: as-known
plants: []
demand:
- {use: x, share: '0.5'}
- {use: wind, share: '0.5', published: 2027-05}
- {use: wind, share: '0.5', published: 2027-05, from: 2027-01}
shocks:
- {capacity: 'mine:X', share: '0.5', reason: {en: x, zh: x}}
behaviour: {off: [x]}
policies:
  price_floors:
  - {id: f1, kind: x, good: x, region: x, price: '5'}
  mandates:
  - {id: m1, region: EUR, element: x, share: '0.5'}
  support:
  - {id: s1, kind: grant, plant: x, amount: '5'}
  offtakes:
  - {id: o1, plant: aclara-louisiana, tonnes_a_year: '0', price: '5'}
  delays:
  - {id: d1, plant: aclara-louisiana, stage: metal, region: EUR, months: '3'}
  - {id: d2, months: '3'}
  - {id: d5, stage: x, region: all, months: '3'}
  - {id: d3, stage: metal, months: '3'}
  - {id: d4, region: EUR, months: '3'}
require:
- {name: r1, use: wind, good: ox_Dy, share: '0.5', region: EUR}
- {name: r2}
- {name: r3, use: wind, region: EUR, share: '0.5', tonnes_a_month: '5'}
- {name: r4, good: ox_Dy, origin: CN, destination: EUR, tonnes_a_month: '5', share: '0.5'}
"""
UNKNOWN_DEPENDENCE = """plants:
- {id: p1, region: EUR, stage: metal, capacity: '10', unit: t/yr, start: 2027-01, dependence: '7'}"""


@cache
def _raised() -> str:
    """Returns every message of faulty scenarios."""
    found: list[str] = []
    for content in (COMPOSED, COMPOSED.replace("plants: []", UNKNOWN_DEPENDENCE)):
        with NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            with pytest.raises(CoercivityError) as told:
                read_scenario(file.name, capacities())
        found += [text for fault in told.value.faults for text in (fault.what, fault.next)]
    return "\0".join(found)


@cache
def _sources() -> str:
    found = []
    for path in (ROOT / "src/coercivity").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return "\0".join(found)


def test_each_listed_message_is_a_message_of_the_program() -> None:
    """One that was reworded in the program is listed in its new words."""
    lost = {
        entry["en"]: piece
        for entry in listed()
        for piece in map(str.strip, JOINS.split(entry["en"]))
        if len(piece) > 3 and piece not in _sources() and piece not in _raised()
    }
    assert not lost


def test_each_listed_message_has_its_values_once() -> None:
    unequal = [e["en"] for e in listed() if set(VALUE.findall(e["en"])) < set(VALUE.findall(e["zh"]))]
    assert not unequal
    named = [entry["en"] for entry in listed()]
    assert len(named) == len(set(named))


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Germany interpreted as DE", "“Germany”识别为德国"),
        ("date: '2025-02-30' does not exist", "日期：“2025-02-30”不存在"),
        ("term not found: 'zzz'", "未找到术语：“zzz”"),
        ("`coercivity glossary` lists all terms", "可用 `coercivity glossary` 查看全部术语"),
        ("clause or instrument 'xx' not found", "没有名为“xx”的条款或文件"),
        (
            "'57' is neither lapsed nor extended:YYYY-MM-DD",
            "“57”既不是`lapsed`（届满），也不是`extended:YYYY-MM-DD`（延长至某日）",
        ),
        (
            "'Atlantis' is not a known country (nearest: AL, DE, AX)",
            "“Atlantis”不是已知国家（地区）（最接近：阿尔巴尼亚 AL、德国 DE、奥兰群岛 AX）",
        ),
        (
            "end_user: end user 'Iron Mountan Solutions' may be the listed party 'IronMountain Solutions' "
            "[p-us-ironmountain-solutions; cl-2025-1]: spelling differs; if it is a different party, "
            "state different_from: [p-us-ironmountain-solutions]",
            "最终用户“Iron Mountan Solutions”可能就是被列名的“铁山解决方案公司”[p-us-ironmountain-solutions；"
            "商务部公告2025年第1号]：个别字不同。确非同一主体的，请填写`different_from: [p-us-ironmountain-solutions]`",
        ),
        ("45000 interpreted as a spreadsheet date: 2023-03-15", "“45000”识别为电子表格日期：2023年3月15日"),
        (
            "material: 'x' = x interpreted as form magnet, elements Dy+Nd",
            "物项“x”：“x”识别为物项形态：永磁体；所含元素：镝、钕",
        ),
        ("quantity: unit kg in the quantity; decimal comma", "数量：数量含单位千克；逗号为小数点"),
        (
            "Qty: stated as approximate | to: Korea interpreted as KR",
            "Qty：注明为近似值 | 最终目的国（地区）：“Korea”识别为韩国",
        ),
        (
            "CELL-NUMBER: column 'Qty': '-12': must not be negative; remove returns and credit notes, or enter them as deals of their own",
            "CELL-NUMBER：“Qty”列：“-12”：不得为负数；请删除退货和贷项，或作为单独交易填写",
        ),
        (
            "FACT-VALUE: column 'form': 'magnes' is not a valid value of form (nearest: magnet); run `coercivity facts form` for the values",
            "FACT-VALUE：“form”列：“magnes”不是“物项形态”的有效值（最接近：magnet）；可用 `coercivity facts form` 查看可填的值",
        ),
        (
            "DATE-AMBIGUOUS: column 'on': '06/07/2025' is 2025-07-06 or 2025-06-07; set the option `dates: dmy` or `dates: mdy`, or write YYYY-MM-DD",
            "DATE-AMBIGUOUS：“on”列：“06/07/2025”可能是2025年7月6日，也可能是2025年6月7日；请设置选项 `dates: dmy` 或 `dates: mdy`，或按 `YYYY-MM-DD` 填写",
        ),
        ("the composition gives a share of 140 % for Dy", "成分有误：Dy含量为140%"),
        ("composition 'xyz' could not be read: it names no element", "成分“xyz”无法读取：未列元素"),
    ],
)
def test_a_message_in_chinese(english: str, chinese: str) -> None:
    assert message(english, "zh") == chinese
    assert message(english, "en") == english


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Parts row 5 (cell D5)", "零部件（Parts）第5行（单元格D5）"),
        ("零部件 row 5 (cell D5)", "零部件第5行（单元格D5）"),
        ("stock entry 5 (line 35), quarantine_kg", "库存（stock）第5条（第35行），其中待检（quarantine_kg）"),
        ("In transit", "在途（In transit）"),
        ("my table row 5", "my table第5行"),
    ],
)
def test_a_place_in_a_workbook_in_chinese(english: str, chinese: str) -> None:
    assert place_text(english, "zh") == chinese
    assert place_text(english, "en") == english


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("the sheet Stock is empty", "工作表库存（Stock）为空"),
        ("'Z A' is already in stock entry 1 (line 4)", "“Z A”已在库存（stock）第1条（第4行）中"),
        ("quarantine_kg: -3 is negative", "其中待检（quarantine_kg）：-3为负数"),
    ],
)
def test_a_sheet_in_a_message_in_chinese(english: str, chinese: str) -> None:
    assert message(english, "zh") == chinese


def test_a_message_that_is_not_listed_stays_english() -> None:
    assert message("a text of nobody", "zh") == "a text of nobody"
    assert message("", "zh") == ""


def test_an_error_keeps_its_code_and_the_nearest_names() -> None:
    fault = Fault("DATE", "2025-02-30 does not exist", "on", ("2025-02-28",), "write the date as YYYY-MM-DD")
    told = fault_in(fault, "zh")
    assert (told.code, told.nearest) == (fault.code, fault.nearest)
    assert (told.what, told.where, told.next) == ("2025年2月30日不存在", "交易日期", "请按 `YYYY-MM-DD` 填写日期")
    assert fault_in(fault, "en") is fault


@pytest.mark.parametrize(
    ("role", "text"),
    [
        *(
            ("material", text)
            for text in ("sintered NdFeB block", "NdFeB magnets / strip caster", "magnet for missile", "?")
        ),
        *(
            ("material", text)
            for text in ("rocket magnet", "Dy-free NdFeB magnet", "terbium oxide 99.9", "magnet, Dy metal")
        ),
        *(
            ("composition", text)
            for text in ("Dy 1.8 %, Nd+Pr 30 %", "Nd 30", "Dy 80 %, Nd 70 %", "4N", "Dy 1 %, Dy 2 %")
        ),
        *(
            ("composition", text)
            for text in ("no Dy", "Nd2Fe14B", "Dy 140 %", "xyz 3", "Dy -1.8", "contains Dy, Dy-free")
        ),
        *(
            ("on", text)
            for text in ("2026-02-30", "03/04/2026", "02.03.26", "45000", "20 March 2025", "abc", "1850-01-01")
        ),
        *(("from", text) for text in ("Germany", "Atlantis", "NA", "P.R. China")),
        *(("quantity", text) for text in ("1.200", "1,234.5 kg", "-12", "12 foo", "1.2E+05", "nan", "~12", "1 234,5")),
        *(("unit", text) for text in ("kgs", "barrel")),
        *(("price", text) for text in ("12.5 EUR/kg", "abc")),
        *(("currency", text) for text in ("rmb", "xx1")),
        *(("use", text) for text in ("military aircraft", "drone motor", "missile seeker")),
        *(("hs", text) for text in ("abc", "85")),
        *(("dy_mass_share", text) for text in ("1.8 %", "1.800", "~2", "-1", "5 kg", "0.5 to 0.1")),
        *(("military_user", text) for text in ("yes", "maybe")),
        *(("end_user", "tbd"), ("form", "magnes"), ("material", "=1+1"), ("material", "x" * 2001)),
    ],
)
def test_what_a_cell_gives_rise_to_is_chinese(book: Rulebook, role: str, text: str) -> None:
    cell = cell_reader(book, role, Options())(text)
    said = [*cell.notes, cell.unread, *((cell.fault.what, cell.fault.next) if cell.fault else ())]
    told = [message(one, "zh") for one in said if one]
    assert told
    assert not [one for one in told if re.search(r"[A-Za-z]{2,}", SPARED.sub("", one))]


def test_a_sheet_called_so_goes_before_one_that_is_only_known_so_too() -> None:
    """The workbook of a company may call its indices Prices; that of a ministry has a sheet of that name."""
    assert place_text("prices row 2, 2031", "zh") == "价格（prices）第2行，2031"
    assert place_text("index row 2", "zh") == "指数（index）第2行"
