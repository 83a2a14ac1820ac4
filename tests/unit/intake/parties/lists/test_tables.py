"""Users' tables: header words in two languages, several columns of names, encodings and separators."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.data.parties.listed import EntryName, Identifier, ListEntry
from coercivity.intake.parties.lists.forms.headers import role_of
from coercivity.intake.parties.lists.read import list_id_of, read_lists
from coercivity.law.rules.load import law_folder
from tests.unit.intake.parties.lists.reading import LEI, USCC, as_content, entries_of, faults_of, read_one

HEADS = {
    "name": "name|名称 / Name|公司名称(Company name)|Name (EN)|name_zh|English name|Chinese Name|名称|英文名称|公司名称|Company|社名|Legal name|Trading partner name",
    "alias": "alias|Aliases|alias_2|AKA|a.k.a.|别名|alt_names|Trade name",
    "former": "former name|formerly known as|f.k.a.|曾用名|Previous names",
    "short": "简称|abbreviation|short_name",
    "country": "country|国家 Country|Country Code|国家|国家/地区|Nationality",
    "address": "Address|city|注册地址|城市|Street",
    "id": "id|party_id|Entry ID|编号|No.",
    "uscc": "USCC|统一社会信用代码|uscc 统一社会信用代码|Unified Social Credit Code",
    "lei": "LEI|lei code",
    "duns": "DUNS|D-U-N-S number|邓白氏编码",
    "listed_on": "listed on|listed_on|Listing date|列入日期|start date",
    "delisted_on": "delisted on|delisted_on|移出日期|Date removed",
    "listed_to": "end date|valid until|有效期至",
    "source": "source|programme|announcement|公告|来源",
    "type": "type|Entity type|类型",
    "born": "date of birth|DOB|成立日期|Incorporation date",
    "list": "list|名单",
    "set": "party_set",
}


@pytest.mark.parametrize(("role", "header"), [(role, one) for role, words in HEADS.items() for one in words.split("|")])
def test_header_words(role: str, header: str) -> None:
    """In both languages, with underscores, brackets, numbers and capitals."""
    found = role_of(header)
    assert found == role or (found == "alias" and header == "Trading partner name")


@pytest.mark.parametrize(
    "header", ["note", "checked by", "contact name", "bank name", "amount", "联系人", "法人代表姓名", ""]
)
def test_other_columns_are_not_read(header: str) -> None:
    """The name of a contact is not a name of the party."""
    assert role_of(header) is None


WHOLE = f"""id;type;Name;名称;Aliases;former name;country;city;address;USCC;LEI;DUNS;listed on;delisted on;source;DOB;website
A-1;company;Example Magnet Works Ltd.;示例磁材有限公司;EMW Trading; Sample Magnets;Old Example;China;Hangzhou;1 Example Road;{USCC};{LEI};12-345-6789;2024-05-06;2026年1月2日;Notice 1;2001;www.example.com
""".replace("EMW Trading; Sample Magnets", '"EMW Trading; Sample Magnets"')  # fmt: skip


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_separator_gives_the_same_entry(codec: str, separator: str, end: str) -> None:
    """An entry with every kind of column."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator=end).writerows(csv.reader(io.StringIO(WHOLE), delimiter=";"))
    (entry,) = entries_of(stream.getvalue().encode(codec))
    assert entry == ListEntry(
        "A-1",
        "parties",
        (
            EntryName("Example Magnet Works Ltd."),
            EntryName("示例磁材有限公司"),
            EntryName("EMW Trading", "alias"),
            EntryName("Sample Magnets", "alias"),
            EntryName("Old Example", "former"),
        ),
        person=False,
        countries=("CN",),
        addresses=("Hangzhou, 1 Example Road",),
        identifiers=(Identifier("uscc", USCC), Identifier("lei", LEI), Identifier("duns", "123456789")),
        websites=("www.example.com",),
        born=("2001",),
        listed_on=Day(2024, 5, 6),
        delisted_on=Day(2026, 1, 2),
        source="Notice 1",
    )


def test_the_table_of_the_rulebook_is_a_list_as_it_is() -> None:
    """Its ids and dates are taken; a party of several notices is one entry, and its notices are its source."""
    path, faults = law_folder() / "parties.csv", Faults()
    (one,) = read_lists([path], faults)
    assert not faults.items
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert {entry.entry_id for entry in one.entries} == {row["party_id"] for row in rows}
    assert len({entry.entry_id for entry in one.entries}) == len(one.entries)
    by_id = {entry.entry_id: entry for entry in one.entries}
    for row in rows:
        entry = by_id[row["party_id"]]
        assert {name for name in (row["name_en"], row["name_zh"]) if name} <= {name.text for name in entry.names}
        assert row["announcement"] in entry.source
        assert entry.listed_on is not None
        assert entry.listed_on.isoformat() <= row["listed_on"]
        assert entry.party_set == ""
    assert one.effect == "ask"


def test_names_only() -> None:
    """A list of nothing but names is complete: undated, with ids made from the names."""
    one, two = entries_of("名称\n示例甲公司\n示例乙公司\n")
    assert (one.name, two.name) == ("示例甲公司", "示例乙公司")
    assert one.listed_on is one.delisted_on is None
    assert one.entry_id != two.entry_id
    assert entries_of("名称\n示例乙公司\n")[0].entry_id == two.entry_id  # the row does not count


def test_two_parties_of_one_name_have_ids_of_their_own() -> None:
    """The same row twice is one entry."""
    found = entries_of("name,country\nExample Ltd,DE\nExample Ltd,FR\nExample Ltd,FR\n")
    assert [entry.countries for entry in found] == [("DE",), ("FR",)]
    assert found[1].entry_id == f"{found[0].entry_id}-2"


def test_titles_above_the_header() -> None:
    """Lines of one cell are passed over; rows are numbered as in the file."""
    assert entries_of("客户名称清单,\n名称,国家\n示例公司,DE\n")[0].countries == ("DE",)
    text = "Our watch list\n\nname,country\nExample Ltd,DE\n"
    assert [entry.name for entry in entries_of(text)] == ["Example Ltd"]
    assert faults_of(text + ",DE\n")[0].where == "parties.csv, row 5"


def test_cells_that_say_there_is_nothing() -> None:
    """A dash or `N/A` is a blank cell, in every column."""
    (entry,) = entries_of("name,alias,uscc,lei,listed on,country,identifiers\nExample Ltd,N/A,-,n/a,N/A,-,无\n")
    assert entry == ListEntry(entry.entry_id, "parties", (EntryName("Example Ltd"),))


def test_the_columns_of_a_public_export() -> None:
    """A table of targets with several values in a cell."""
    text = (
        "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,dataset,first_seen\n"
        f"Q1,Company,Example Ltd,Sample Ltd;Old Example,,de;fr,1 Road Bonn;2 Street Paris,{LEI};HRB 12,EX-1;EX-2,,,Example,2025\n"
    )
    (entry,) = entries_of(text)
    assert entry == ListEntry(
        "Q1",
        "parties",
        (EntryName("Example Ltd"), EntryName("Sample Ltd", "alias"), EntryName("Old Example", "alias")),
        person=False,
        countries=("DE", "FR"),
        addresses=("1 Road Bonn", "2 Street Paris"),
        identifiers=(Identifier("lei", LEI), Identifier("other", "HRB12")),
        source="EX-1;EX-2",
    )


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Individual", True),
        ("natural person", True),
        ("自然人", True),
        ("Legal person", False),
        ("法人", False),
        ("Company", False),
        ("vessel", False),
        ("LegalEntity", None),
        ("customer", None),
        ("", None),
    ],
)
def test_persons_and_companies(text: str, person: bool | None) -> None:
    """A legal person is not a person, and another word says neither."""
    assert entries_of(f"name,type\nExample Ltd,{text}\n")[0].person is person


def test_names_of_persons_in_two_columns() -> None:
    """Given and family name are one."""
    (entry,) = entries_of("last name,first name,type\nMuster,Example,Individual\n")
    assert entry.names == (EntryName("Example Muster"),)
    assert entry.person is True


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Example Ltd (f.k.a. Sample Ltd)", (("Example Ltd", "name"), ("Sample Ltd", "former"))),
        ("Example Ltd (a/k/a Sample)", (("Example Ltd", "name"), ("Sample", "alias"))),
        ("示例公司（曾用名：样本公司）", (("示例公司", "name"), ("样本公司", "former"))),
        ("Example (Shanghai) Ltd", (("Example (Shanghai) Ltd", "name"),)),
        ("Example &amp; Sample", (("Example & Sample", "name"),)),
        ("Example; Sample", (("Example", "name"), ("Sample", "alias"))),
    ],
)
def test_several_names_in_a_cell(cell: str, names: tuple[tuple[str, str], ...]) -> None:
    """The first is the main one; brackets that say so hold another."""
    (entry,) = entries_of(f'name\n"{cell}"\n')
    assert tuple((name.text, name.kind) for name in entry.names) == names


def test_an_alias_before_the_name_is_not_the_main_one() -> None:
    """The order of the columns does not matter."""
    (entry,) = entries_of("alias,name\nSample,Example Ltd\n")
    assert entry.name == "Example Ltd"


def test_a_country_that_is_none_is_kept_as_published() -> None:
    """With the addresses, so that nothing is lost."""
    (entry,) = entries_of("name,country\nExample,Ruritania; Germany\n")
    assert entry.countries == ("DE",)
    assert entry.addresses == ("Ruritania",)


@pytest.mark.parametrize("last", ["2026-03-31", "2026-03", "31.03.2026", "3/31/2026"])
def test_the_day_after_the_last_is_the_first_without(last: str) -> None:
    """`valid until` names the last day, `delisted on` the first one off the list."""
    assert entries_of(f"name,valid until\nExample,{last}\n")[0].delisted_on == Day(2026, 4, 1)
    assert entries_of("name,delisted on\nExample,2026-03-31\n")[0].delisted_on == Day(2026, 3, 31)


def test_what_a_list_says_about_itself(tmp_path: Path) -> None:
    """In comments above the table, or in a file beside it; otherwise nothing but the hash."""
    text = "# version: 7; as of: 2026-11-20; completeness: complete\nname\nExample\n"
    one = read_one(text)
    assert (one.version, one.as_of_on, one.completeness) == ("7", Day(2026, 11, 20), "complete")
    bare = read_one("name\nExample\n")
    assert (bare.version, bare.as_of_on, bare.completeness) == (bare.sha256[:12], None, "unknown")
    path = tmp_path / "own.csv"
    path.write_text("name\nExample\n", encoding="utf-8")
    path.with_name("own.csv.list.yaml").write_text(
        "version: '8'\nas_of: '2026-11-21'\ncompleteness: partial\n", encoding="utf-8"
    )
    (beside,) = read_lists([path], Faults())
    assert (beside.version, beside.as_of_on, beside.completeness) == ("8", Day(2026, 11, 21), "partial")


@pytest.mark.parametrize(
    ("name", "list_id"),
    [
        ("Own List.csv", "own_list"),
        ("dir/targets.nested.json", "targets_nested"),
        ("control_list.csv", "user_control_list"),
        ("Countermeasures.CSV", "user_countermeasures"),
        ("law.csv", "user_law"),
        ("黑名单.xlsx", "黑名单"),
        ("__.csv", "list"),
        ("../../etc/x", "x"),
    ],
)
def test_the_name_of_a_list_is_safe_and_none_of_the_law(name: str, list_id: str) -> None:
    """It is the name of its file."""
    assert list_id_of(name) == list_id


def test_lists_have_names_of_their_own_and_the_same_file_counts_once() -> None:
    """The second list of a name gets a number."""
    files = [as_content("name\nA1\n"), as_content("name\nB1\n"), as_content("name\nA1\n", "copy.csv")]
    faults = Faults()
    assert [one.list_id for one in read_lists(files, faults)] == ["parties", "parties_2"]
    assert not faults.items


@pytest.mark.parametrize("uploaded", [False, True])
def test_a_workbook(tmp_path: Path, uploaded: bool) -> None:
    """Is read like a table, from a file or as uploaded content."""
    path = tmp_path / "own.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate(
            [("id", "名称", "listed on"), ("1", "示例公司", "2025-01-02"), ("2", "Example", "2025-01-03")]
        ):
            sheet.write_row(n, 0, row)
    faults = Faults()
    (one,) = read_lists([as_content(path.read_bytes(), "own.xlsx") if uploaded else path], faults)
    assert not faults.items
    assert [(entry.entry_id, entry.name, entry.listed_on) for entry in one.entries] == [
        ("1", "示例公司", Day(2025, 1, 2)),
        ("2", "Example", Day(2025, 1, 3)),
    ]
