"""Cells with more than a name: each party in them is found, and other text is not a party."""

from __future__ import annotations

import time

import pytest

from coercivity.intake.parties.cells import names_in, read_cell
from coercivity.intake.parties.screen import screen, screen_all
from coercivity.law.rules.load import law_folder

PARTIES = law_folder() / "parties.csv"
ORDINARY = """Siemens AG|Robert Bosch GmbH|Volkswagen AG|Continental Automotive GmbH|Nidec Corporation|Hitachi Metals, Ltd.
Proterial, Ltd.|Shin-Etsu Chemical Co., Ltd.|Vacuumschmelze GmbH & Co. KG|Neo Performance Materials Inc.|Arnold Magnetic Technologies
Lynas Rare Earths Ltd|General Motors Company|Ford Motor Company|Tesla, Inc.|General Electric|Dynamics Research Ltd|Apple Inc.
Boeing|Lockheed|Raytheon|Mitsubishi Electric Corporation|Mitsubishi Motors|Toyota Motor Corporation|Honda|Hino|Sumitomo Corporation
Kawasaki Kisen Kaisha, Ltd.|IHI Corporation|NEC Corporation|Fujitsu Limited|TDK Electronics GmbH|Cubic Sensors B.V.|Leybold GmbH
Samsung Electronics Co., Ltd.|Hyundai Mobis|LG Innotek|Hanwha Solutions|Foxconn|Delta Electronics, Inc.|TECO Electric & Machinery
China Northern Rare Earth (Group) High-Tech Co., Ltd.|JL MAG Rare-Earth Co., Ltd.|Ningbo Yunsheng Co., Ltd.|Beijing Zhong Ke San Huan
Ganzhou Xitu Kuangye Youxian Gongsi|Baotou Xitu Gaoxin Jishu Gongsi|Zhongguo Xitu Jituan|Hangzhou Qiche Dianji Gongsi|Guangdong Gongye
宁波韵升股份有限公司|北京中科三环高技术股份有限公司|江西金力永磁科技股份有限公司|中国北方稀土（集团）高科技股份有限公司|中国稀土集团
深圳市汇川技术股份有限公司|比亚迪股份有限公司|华为技术有限公司|台灣積體電路製造股份有限公司|東元電機|トヨタ自動車株式会社|日立製作所
航空工业公司|通用电气公司|通用汽车公司|中国航空工业集团|应用材料公司|系统科技有限公司|TDK深圳电子有限公司|VSE 电子有限公司
Smith & Sons, 12 High Street, Leeds|ACME GmbH, Köln|Ioannina Foods, Ioannina, Epirus, Greece|Müller AG / Schmidt KG|Danfoss A/S
N/A|n.a.|-|unknown|various|see attached|to order|to the order of the bank|Person (natural)|Max Mustermann|Xi'an|Taiwan|USA
Insituform Technologies|Novotechnik|Axient Digital Wireless Ltd|Garnet Valley Ltd|Epirus Foods|Exelixis, Inc.|Altana AG, Wesel
Bosch and Sons Ltd|Johnson & Johnson|Smith für Technik GmbH|Electric Motors for Industry Inc.|Garnet & Sons Ltd|Cubic and Sons Ltd
Marks and Spencer|Foo Mining Inc., Sierra Nevada, Spain|TDK Corporation of America|Ioannina Foods Ltd Epirus|100234 Siemens AG
Via Roma Trading S.r.l.|Agents for Change Ltd|Procter & Gamble|中和立方公司|诺和诺德公司|现代立方公司|Dynamics for General Use Ltd"""


@pytest.mark.parametrize(
    ("cell", "party_sets"),
    [
        ("通用动力公司 (General Dynamics Corp.)", {"cl-2025-1"}),
        ("General Dynamics Corp.（通用动力公司）", {"cl-2025-1"}),
        ("General Dynamics (GD Corp.", {"cl-2025-1"}),
        ("通用动力公司 General Dynamics Corp.", {"cl-2025-1"}),
        ("Some Holding [Lafert S.p.A.]", {"cl-2026-30"}),
        ("A Ltd / B GmbH; Lafert S.p.A.", {"cl-2026-30"}),
        ("ACME GmbH\nLafert S.p.A.\nMilano", {"cl-2026-30"}),
        ("ACME GmbH；汉翔航空工业股份有限公司", {"cl-2025-35"}),
        ("某某公司、汉翔航空工业、某某工厂", {"cl-2025-35"}),
        ("General Dynamics, Falls Church, VA", {"cl-2025-1"}),
        ("MP Materials - Las Vegas", {"cl-2026-23"}),
        ("CSBC Corporation, Taiwan, Kaohsiung", {"cl-2025-35"}),
        ("Smith Ltd, Epirus, Inc., Torrance", {"uel-2025-10", "cm-mfa-2025-12-26"}),
        ("Ship to: Lafert S.p.A., Via Foo 3", {"cl-2026-30"}),
        ("Foo GmbH c/o Lafert SpA", {"cl-2026-30"}),
        ("通用动力公司，弗吉尼亚州", {"cl-2025-1"}),
        ("Lafert SpA; General Dynamics", {"cl-2026-30", "cl-2025-1"}),
    ],
)
def test_every_party_in_a_cell_is_found(cell: str, party_sets: set[str]) -> None:
    """Brackets, both scripts, several parties, an address behind the name."""
    assert {hit.party_set for hit in screen(cell, PARTIES)} == party_sets


BESIDE = """{}⏎Sample GmbH|Sample GmbH⏎{}|Sample GmbH⇥{}|Sample GmbH<br>{}|{}<BR />Sample|Sample GmbH {}|Sample Inc. and {}
{} and Sample Inc.|{} + Sample|Sample + {}|{} und Sample GmbH|Sample GmbH für {}|Sample GmbH fuer {}|Sample Inc. for {}|Sample via {}
via {}|Sample through {}|Sample Ltd OBO {}|Sample Ltd o/b/o {}|Sample Ltd (agent: {})|Sample – {}|Sample — {}|Sample - {}
{} – Sample|100234 {}|100234 - {}|#100234 {}|{} 100234|end user: {}|Sample, end user: {}|EU: {}|Sample GmbH EU: {}|最终用户：{}
最终用户{}|{} & Sample GmbH|Sample GmbH & {}|{} &amp; Sample GmbH|Sample GmbH, {}|Sample GmbH, Musterstr. 3, {}|Sample Ltd → {}"""


@pytest.mark.parametrize("cell", [cell for line in BESIDE.splitlines() for cell in line.split("|")])
@pytest.mark.parametrize(
    ("name", "party_set"),
    [("General Dynamics", "cl-2025-1"), ("通用动力公司", "cl-2025-1"), ("Lafert S.p.A.", "cl-2026-30")],
)
def test_a_listed_name_beside_another_is_found(cell: str, name: str, party_set: str) -> None:
    """Whatever stands between the two: a break, a word, a sign, a label, a number."""
    text = cell.format(name).replace("⏎", "\n").replace("⇥", "\t")
    assert {hit.party_set for hit in screen(text, PARTIES)} == {party_set}


@pytest.mark.parametrize(
    "cell", ["某某工业公司和通用动力公司", "通用动力公司与某某工业公司", "某某公司代表通用动力公司"]
)
def test_a_listed_name_beside_another_in_signs_is_found(cell: str) -> None:
    """The words between them are signs as well."""
    assert {hit.party_set for hit in screen(cell, PARTIES)} == {"cl-2025-1"}


@pytest.mark.parametrize(
    "cell",
    [
        "&amp;#84;ech&amp;#73;nsights",
        "&amp;amp;#84;echInsights",
        "%54%65%63%68%49%6e%73%69%67%68%74%73",
        "\\u0054ech\\u0049nsights",
        "Tech\x1b[31mInsights\x1b[0m",
    ],
)
def test_a_name_is_found_behind_its_escapes(cell: str) -> None:
    """References escaped twice, addresses of the web, JSON and colours of a terminal."""
    assert read_cell(cell).text == "TechInsights"


@pytest.mark.parametrize("cell", ["50%20", "A%41", "100 %ab", "\\ud83d", "%ff%ff%ff", "\\u12"])
def test_what_is_no_escape_stays(cell: str) -> None:
    assert read_cell(cell).text == cell.replace("%20", " ")


def test_a_line_of_many_pieces_is_still_cut_at_commas() -> None:
    """The bound on pieces loses no name with a form."""
    assert screen("Sample & Partner, " * 40 + "Lafert S.p.A., Milano", PARTIES)


def test_a_hit_says_which_part_of_the_cell_it_is() -> None:
    """So that a person sees why."""
    assert [hit.text() for hit in screen("ACME; Lafert spa, Milano", PARTIES)] == [
        "'Lafert spa' is 'Lafert S.p.A.' of cl-2026-30 (folded)"
    ]


@pytest.mark.parametrize("cell", [name for line in ORDINARY.splitlines() for name in line.split("|")])
def test_an_ordinary_name_is_no_hit(cell: str) -> None:
    """Well-known firms, names that hold a listed one, addresses, and words that say nothing."""
    assert not screen(cell, PARTIES)


def test_a_plain_name_is_one_name() -> None:
    """What holds no separator, or a comma before its form only, is not cut."""
    assert names_in("Robert Bosch GmbH & Co. KG") == ("Robert Bosch GmbH & Co. KG",)
    assert names_in("Tesla, Inc.") == ("Tesla, Inc.",)


@pytest.mark.parametrize(
    "cell", ["", " ", ",", "()", ";;;", "(" * 5_000, "[(" * 300, "a, " * 50_000, "髮;" * 20_000, "x" * 10**6]
)
def test_an_odd_cell_is_no_trouble(cell: str) -> None:
    """Nothing, separators alone, brackets without end, very long cells: screened in the time of a blink."""
    start = time.process_time()
    assert not screen(cell, PARTIES)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("kind", ["letters", "signs"])
def test_many_names_are_screened_quickly(kind: str) -> None:
    """A distinct name costs some 0.15 ms; ten times that here, for a busy machine."""
    if kind == "letters":
        names = [f"Nordmag{n % 977} Antriebe {n} Co., Ltd." for n in range(10_000)]
    else:
        names = [f"宁波{'永磁稀土高新技术材料电机'[n % 9 : n % 9 + 4]}{n}有限公司" for n in range(10_000)]
    start = time.perf_counter()
    found = screen_all([*names, "Lafert SpA", names[0]], PARTIES)
    assert time.perf_counter() - start < 15
    assert list(found) == [*names, "Lafert SpA"]
    assert [name for name, hits in found.items() if hits] == ["Lafert SpA"]
