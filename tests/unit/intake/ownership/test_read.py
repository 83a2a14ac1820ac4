"""Files of who owns whom: tables, FollowTheMoney lines, YAML and JSON, and every fault of them at once."""

from __future__ import annotations

import json

import pytest
from followthemoney import model

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.base.exact import SCALE, Interval, exact_text
from coercivity.data.input import Content
from coercivity.data.parties.ownership import Listing, OwnershipGraph
from coercivity.intake.ownership.ftm_file import write_ftm
from coercivity.intake.ownership.read import read_case, read_cases, read_ownership
from coercivity.intake.ownership.shares import parse_share


def read(name: str, text: str) -> OwnershipGraph:
    faults = Faults()
    found = read_ownership(Content.of(name, text), faults)
    faults.raise_if_any()
    return found


def faults_of(name: str, text: str) -> list[Fault]:
    faults = Faults()
    assert read_ownership(Content.of(name, text), faults).stakes == ()
    return faults.items


def edges(graph: OwnershipGraph) -> list[tuple[str, str, str, str]]:
    return [(s.owner, s.owned, s.kind, "-".join(map(exact_text, (s.share.low, s.share.high)))) for s in graph.stakes]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("50 %", "0.5", "0.5"),
        ("50%", "0.5", "0.5"),
        ("５０％", "0.5", "0.5"),
        ("0.5", "0.5", "0.5"),
        ("1", "1", "1"),
        ("33,3 %", "0.333", "0.333"),
        ("1/3", "0.333333333", "0.333333334"),
        ("45-55 %", "0.45", "0.55"),
        ("45 % - 55 %", "0.45", "0.55"),
        ("0.45 to 0.55", "0.45", "0.55"),
        ("45至55%", "0.45", "0.55"),
        (">50 %", "0.500000001", "1"),
        ("more than 50 %", "0.500000001", "1"),
        ("超过50%", "0.500000001", "1"),
        ("50%以上", "0.5", "1"),
        ("at least 25 %", "0.25", "1"),
        ("75 percent or more", "0.75", "1"),
        ("<50 %", "0", "0.499999999"),
        ("up to 50 %", "0", "0.5"),
        ("不超过50%", "0", "0.5"),
        ("unknown", "0", "1"),
        ("未知", "0", "1"),
        ("", "0", "1"),
        ("0.30000000000000004", "0.3", "0.300000001"),
    ],
)
def test_a_share_as_written(text: str, low: str, high: str) -> None:
    found = parse_share(text)
    assert (exact_text(found.low), exact_text(found.high)) == (low, high)


@pytest.mark.parametrize(
    "text", ["-5 %", "120 %", "60", "55-45 %", "half of it", "9" * 100, "1/0", "40-50-60 %", ">100 %"]
)
def test_what_is_no_share(text: str) -> None:
    with pytest.raises(ValueError, match=r"share|limit|above 0"):
        parse_share(text)


def test_a_number_in_a_column_of_percent() -> None:
    assert parse_share("0.5", "percent") == Interval(SCALE // 200, SCALE // 200)
    assert parse_share("0.5", "either") == Interval(SCALE // 200, SCALE // 2)  # half, or half a percent
    assert parse_share("50", "either") == Interval(SCALE // 2, SCALE // 2)


def test_a_table_in_english() -> None:
    text = (
        "Shareholder;Company;Percentage;Type;From;To;List;Listed from;Country\n"
        "Weiren;Astra;60;;2020-01-01;2025-10-20;cn_control_list;2025-10-01;DE\n"
        "weiren ;Bora;45-55 %;votes;;;;;\n"
        "?;Bora;;;;;;;\n"
        "Astra;Cedar;;branch;;;;;\n"
    )
    found = read("stakes.csv", text)
    assert edges(found) == [
        ("Weiren", "Astra", "shares", "0.6-0.6"),
        ("Weiren", "Bora", "votes", "0.45-0.55"),
        ("?", "Bora", "shares", "0-1"),
        ("Astra", "Cedar", "branch", "0-1"),
    ]
    assert (found.stakes[0].from_on, found.stakes[0].to_on) == (Day(2020, 1, 1), Day(2025, 10, 20))
    assert found.listings == {"Weiren": (Listing("control_list", Day(2025, 10, 1)),)}
    assert found.countries == {"Astra": "DE"}


def test_a_table_in_chinese() -> None:
    found = read(
        "股权.csv",
        "股东,被投资企业,持股比例(%),类型,股东所在名单\n维仁公司,甲材料,50,股权,管控名单\n甲材料,乙材料,60,表决权,无\n",
    )
    assert edges(found) == [("维仁公司", "甲材料", "shares", "0.5-0.5"), ("甲材料", "乙材料", "votes", "0.6-0.6")]
    assert found.listings == {"维仁公司": (Listing("control_list"),), "甲材料": ()}


def test_faults_of_a_table_are_told_at_once() -> None:
    text = (
        "owner,owned,share,from,to,list\n"
        "A1,B1,60,,,\n"
        "A1,B1,-0.1,,,\n"
        "A1,B1,0.5,2025-13-01,,\n"
        "A1,B1,0.5,2025-02-01,2025-01-01,\n"
        "A1,,0.5,,,\n"
        "A1,B1,0.5,,,controll_list\n"
    )
    found = faults_of("stakes.csv", text)
    assert [(fault.code, fault.where) for fault in found] == [
        ("OWNERSHIP-SHARE", "stakes.csv, row 2, column share"),
        ("OWNERSHIP-SHARE", "stakes.csv, row 3, column share"),
        ("DATE", "row 4"),
        ("OWNERSHIP-DATES", "row 5"),
        ("OWNERSHIP-NAME", "row 6"),
        ("OWNERSHIP-LIST", "row 7"),
    ]
    assert "control list" in found[5].nearest


def test_columns_that_are_missing_or_unknown() -> None:
    found = faults_of("stakes.csv", "owner,sharee,colour\nA1,B1,C1\n")
    assert [fault.code for fault in found] == ["OWNERSHIP-COLUMN"] * 4
    assert "share" in found[0].nearest


@pytest.mark.parametrize(
    ("rows", "code", "says"),
    [
        ("A1,T,60%,,\nB1,T,50%,,\n", "OWNERSHIP-SUM", "add up to 110 % at all times: A1, B1"),
        ("A1,T,60%,,\nB1,T,50%,2025-01-01,\n", "OWNERSHIP-SUM", "add up to 110 % on 2025-01-01: A1, B1"),
        ("A1,T,60-80%,,\nB1,T,>50%,,\n", "OWNERSHIP-SUM", "add up to 110.0000001 %"),
        ("A1,T,20%,,\nA1,T,20%,,\n", "OWNERSHIP-TWICE", "A1 has two stakes of kind shares in T at all times"),
        ("A1,T,20%,,2025-06-01\nA1,T,30%,2025-05-01,\n", "OWNERSHIP-TWICE", "on 2025-05-01"),
    ],
)
def test_what_cannot_be_together(rows: str, code: str, says: str) -> None:
    (fault,) = faults_of("stakes.csv", "owner,owned,share,from,to\n" + rows)
    assert fault.code == code
    assert says in fault.what
    assert "row 2" in fault.where


@pytest.mark.parametrize(
    "rows",
    [
        "A1,T,60%,,2025-10-20\nB1,T,60%,2025-10-20,\n",  # sold on the day on which it was bought
        "A1,T,60%,,2025-10-20\nA1,T,30%,2025-10-20,\n",
        "A1,T,60-80%,,\nB1,T,30-50%,,\n",  # only what is known for certain is added
        "?,T,30%,,\n?,T,30%,,\n",  # two unknown owners
        "A1,T,100%,,\n",
    ],
)
def test_what_can_be_together(rows: str) -> None:
    assert read("stakes.csv", "owner,owned,share,from,to\n" + rows).stakes


def test_shares_and_votes_of_one_owner_are_two_things() -> None:
    rows = "owner,owned,share,kind\nA1,T,60%,shares\nA1,T,80%,votes\nB1,T,40%,\n"
    assert len(read("stakes.csv", rows).stakes) == 3


def test_own_shares_are_treasury_shares() -> None:
    found = read("stakes.csv", "owner,owned,share,kind\nT,T,5%,\nU,U,5%,treasury\n,V,5%,treasury\n")
    assert [stake.kind for stake in found.stakes] == ["treasury"] * 3
    assert [(note.code, note.about) for note in found.notes] == [("own_shares_are_treasury", "T")]
    (fault,) = faults_of("stakes.csv", "owner,owned,share,kind\nT,U,5%,treasury\n")
    assert fault.code == "OWNERSHIP-SELF"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("stakes.csv", "owner,owned,share\n", "OWNERSHIP-EMPTY"),
        ("graph.yaml", "edges: []", "OWNERSHIP-EMPTY"),
        ("graph.yaml", "edges: [{owner: A1, owned: B1, shares: '0.5'}]", "KEY-UNKNOWN"),
        ("graph.yaml", "[]", "VALUE"),
        ("graph.yaml", "cases: [{id: a, edges: []}]", "OWNERSHIP-FORM"),
        ("graph.yaml", "edges: [{owner: A1, owned: B1, share: ['0.5']}]", "OWNERSHIP-SHARE"),
        ("graph.yaml", "edges: [{owner: A1, owned: B1, kind: lease, share: '0.5'}]", "OWNERSHIP-KIND"),
        ("graph.yaml", "{target: B2, edges: [{owner: A1, owned: B1, share: '0.5'}]}", "OWNERSHIP-TARGET"),
        ("graph.pdf", "x", "OWNERSHIP-FORM"),
        ("graph.csv", " ", "FILE-EMPTY"),
        ("graph.jsonl", "{}\n[1]\nnonsense", "OWNERSHIP-FORM"),
        ("graph.jsonl", '{"schema": "Ownership", "properties": []}', "OWNERSHIP-FORM"),
        ("graph.json", "[" * 100, "YAML-DEPTH"),
        ("stakes.csv", 'owner,owned,share,note\nA1,B1,0.5,"x\nA2,B2,0.5,y\n', "OWNERSHIP-FORM"),
        ("stakes.csv", "owner,owned,share\n" + "x" * 5000 + ",B1,0.5\n", "OWNERSHIP-SIZE"),
        ("stakes.csv", "owner,owned,share\n" + "Ab" * 300 + ",B1,0.5\n", "OWNERSHIP-NAME"),
    ],
)
def test_bad_files(name: str, text: str, code: str) -> None:
    assert {fault.code for fault in faults_of(name, text)} == {code}


def test_names_lose_what_is_not_seen() -> None:
    """Control and direction characters, width and case make no second company."""
    found = read(
        "stakes.csv", "owner,owned,share\nWei\u202eren\u200b,Astra,0.5\nＷｅｉｒｅｎ,Bora,0.5\nWEIREN,Cedar,0.5\n"
    )
    assert {stake.owner for stake in found.stakes} == {"Weiren"}


def test_a_placeholder_is_an_unknown_owner() -> None:
    found = read("stakes.csv", "owner,owned,share\nn/a,Astra,50%\n,Astra,20%\nunknown,Bora,0.5\n")
    assert [stake.owner for stake in found.stakes] == ["?", "?", "?"]
    assert [note.code for note in found.notes] == ["owner_not_named"] * 3


@pytest.mark.parametrize("rest", ["others", "Other Shareholders", "其他股东", "其他股東", "Sonstige"])
def test_owners_that_a_register_does_not_name_may_be_anybody(rest: str) -> None:
    """One of them may be listed; a public float is held by many and stays an owner of its own."""
    found = read("stakes.csv", f"owner,owned,share\n{rest},Astra,60%\nPublic,Astra,40%\n")
    assert [stake.owner for stake in found.stakes] == ["?", "Public"]


@pytest.mark.parametrize(
    ("one", "other"), [("Astra Ltd", "ASTRA LIMITED"), ("Astra, Inc.", "Astra Incorporated"), ("華磁公司", "华磁公司")]
)
def test_one_company_in_two_spellings_keeps_the_chain(one: str, other: str) -> None:
    found = read("stakes.csv", f"owner,owned,share\nWeiren,{one.replace(',', '')},0.6\n{other},Bora,0.6\n")
    assert found.stakes[0].owned == found.stakes[1].owner


def test_a_graph_in_yaml_and_the_same_in_json() -> None:
    text = """
on: '2025-10-20'
target: Astra
entities:
  Weiren: {listed: [{list: cn_control_list, from: '2025-10-01', to: '2026-01-01'}], country: cn}
  Astra: {listed: []}
edges:
- {owner: Weiren, owned: Astra, share: [0.45, 0.55], from: '2020-01-01'}
- {owner: '?', owned: Astra, share: null}
"""
    as_json = {
        "on": "2025-10-20",
        "target": "Astra",
        "entities": {
            "Weiren": {"listed": [{"list": "control_list", "from": "2025-10-01", "to": "2026-01-01"}], "country": "cn"},
            "Astra": {"listed": []},
        },
        "edges": [
            {"owner": "Weiren", "owned": "Astra", "share": [0.45, 0.55], "from": "2020-01-01"},
            {"owner": "?", "owned": "Astra", "share": None},
        ],
    }
    faults = Faults()
    one = read_case(Content.of("graph.yaml", text), faults)
    other = read_case(Content.of("graph.json", json.dumps(as_json)), faults)
    assert not faults.items
    assert (one.target, one.on, one.graph.stakes, one.graph.listings) == (
        other.target, other.on, other.graph.stakes, other.graph.listings,
    )  # fmt: skip
    assert one.graph.countries == {"Weiren": "CN"}
    assert edges(one.graph) == [("Weiren", "Astra", "shares", "0.45-0.55"), ("?", "Astra", "shares", "0-1")]


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        ("controll list", True),
        ("cn_wacth_list", True),
        ("us_entitiy_list", True),
        ("uk_entity_list", False),
        ("my watch list", False),
        ("house list", False),
    ],
)
def test_a_slip_in_the_name_of_a_list_is_a_fault_and_a_list_of_ones_own_is_not(name: str, slip: bool) -> None:
    """A list that no rule names frees its parties, so a slip must not make one."""
    faults = Faults()
    text = f"entities: {{A1: {{listed: [{{list: '{name}'}}]}}}}\nedges: [{{owner: A1, owned: B1, share: '0.5'}}]"
    found = read_ownership(Content.of("graph.yaml", text), faults)
    assert [fault.code for fault in faults.items] == ["OWNERSHIP-LIST"] * slip
    assert slip or [one.list_id for one in found.listings["A1"]] == [name]


def test_keys_without_a_value_say_nothing() -> None:
    """`null` is no listing and no share, and an entity without `listed` is not stated to be off the lists."""
    text = "entities: {A1: {listed: null, type: company}, B1: null, C1: {}, D1: {listed: []}}\n"
    text += (
        "edges: [{owner: A1, owned: B1, share: null, from: null, to: null}, {owned: B1, kind: treasury, share: '0.1'}]"
    )
    found = read("graph.yaml", text)
    assert edges(found) == [("A1", "B1", "shares", "0-1"), ("B1", "B1", "treasury", "0.1-0.1")]
    assert found.listings == {"D1": ()}


def test_a_faulty_case_leaves_the_others() -> None:
    text = (
        "cases:\n- {id: a, edges: [{owner: A1, owned: B1, share: '7'}]}\n- {id: b, edges: [{owner: A1, owned: B1}]}\n"
    )
    cases = read_cases(Content.of("cases.yaml", text))
    assert cases is not None
    assert [(one.case_id, [fault.code for fault in one.faults]) for one in cases] == [
        ("a", ["OWNERSHIP-SHARE"]),
        ("b", []),
    ]
    with pytest.raises(CoercivityError, match="two cases"):
        read_cases(Content.of("cases.yaml", "cases: [{id: a, edges: []}, {id: a, edges: []}]"))


def ftm(schema: str, entity_id: str, **properties: str | list[str]) -> str:
    """Returns an entity as the package of FollowTheMoney writes it, checked against its model."""
    proxy = model.make_entity(schema)
    proxy.id = entity_id
    for name, values in properties.items():
        proxy.add(name, values)
        assert proxy.get(name), name
    return json.dumps(proxy.to_dict())


def test_followthemoney_entities() -> None:
    lines = [
        ftm("Company", "c-1", name="Weiren Ltd", alias="Weiren", jurisdiction="cn"),
        ftm("Company", "c-2", name="Astra GmbH", country="de"),
        ftm("Person", "p-1", name="Example Person"),
        ftm("Ownership", "o-1", owner="c-1", asset="c-2", percentage="60", startDate="2020", endDate="2025-10-20"),
        ftm("Ownership", "o-2", owner="p-1", asset="c-2", percentage="25-40 %"),
        ftm("Ownership", "o-3", owner="c-9", asset="c-2", percentage="0.5"),
        ftm("Directorship", "d-1", director="p-1", organization="c-2"),
        ftm("UnknownLink", "l-1", subject="p-1", object="c-2"),
        ftm("Sanction", "s-1", entity="c-1", program="Export Control List", listingDate="2025-10-01"),
    ]
    found = read("entities.ftm.json", "\n".join(lines))
    assert edges(found) == [
        ("c-1", "c-2", "shares", "0.6-0.6"),
        ("p-1", "c-2", "shares", "0.25-0.4"),
        ("?", "c-2", "shares", "0.005-0.5"),  # the file does not hold the owner, and 0.5 may be half a percent
    ]
    assert (found.stakes[0].from_on, found.stakes[0].to_on) == (Day(2020, 1, 1), Day(2025, 10, 20))
    assert found.listings == {"c-1": (Listing("control_list", Day(2025, 10, 1)),)}
    assert found.names["c-1"] == ("Weiren Ltd", "Weiren")
    assert found.countries == {"c-1": "CN", "c-2": "DE"}
    assert [note.code for note in found.notes] == ["owner_not_named", "directorship", "not_a_stake"]


def test_what_is_written_is_valid_followthemoney_and_reads_back() -> None:
    text = (
        "owner,owned,share,kind,from,to,owner country\n"
        "Weiren,Astra,45-55 %,,2020-01-01,,CN\n"
        "?,Astra,10 %,,,,\n"
        "Astra,Bora,unknown,,,2026-01-01,\n"
        "Bora,Cedar,,branch,,,\n"
    )
    graph = read("stakes.csv", text)
    lines = write_ftm(graph).splitlines()
    for line in lines:
        proxy = model.get_proxy(json.loads(line))
        stated = {name: sorted(values) for name, values in json.loads(line)["properties"].items()}
        checked = model.make_entity(proxy.schema)
        checked.id = proxy.id
        for name, values in stated.items():
            checked.add(name, values)
        assert {name: sorted(checked.get(name)) for name in stated} == stated
    back = read("again.jsonl", "\n".join(lines))
    names = [(back.name(s.owner), back.name(s.owned), s.kind, s.share, s.from_on, s.to_on) for s in back.stakes]
    assert names == [(s.owner, s.owned, s.kind, s.share, s.from_on, s.to_on) for s in graph.stakes]


def test_the_hash_is_that_of_the_content() -> None:
    one, other = read("a.csv", "owner,owned,share\nA1,B1,0.5\n"), read("b.csv", "owner,owned,share\nA1,B1,0.50\n")
    assert one.sha256 != other.sha256
    assert len(one.sha256) == 64


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_table_is_read_in_the_encodings_of_lists(encoding: str) -> None:
    """Spreadsheet programs in China save CSV as GB18030."""
    text = "股东,公司,持股百分比\n示例控股有限公司,示例磁材有限公司,60\n示例投资有限公司,示例磁材有限公司,40\n"
    faults = Faults()
    found = read_ownership(Content("owners.csv", text.encode(encoding)), faults)
    assert not faults.items
    assert edges(found)[0] == ("示例控股有限公司", "示例磁材有限公司", "shares", "0.6-0.6")


def test_a_share_above_100_in_a_column_of_percent_names_the_cell() -> None:
    [fault] = faults_of("owners.csv", "owner,owned,percent\nA1,B1,160\n")
    assert fault.where == "owners.csv, row 2, column percent"
    assert "the column is in percent" in fault.what
    assert "fraction" not in f"{fault.what} {fault.next}"
