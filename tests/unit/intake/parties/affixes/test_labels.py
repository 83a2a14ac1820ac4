"""Labels before a name are no part of it, and the owner named beside a party is not the party."""

from __future__ import annotations

import pytest

from coercivity.data.parties.listed import EntryName, ListEntry, NamedList
from coercivity.intake.parties.results import Asked
from coercivity.intake.parties.screener import Screener

ENTRIES = (
    ListEntry("e-1", "own", (EntryName("Halvergate Systems GmbH"),)),
    ListEntry("e-2", "own", (EntryName("海尔格特技术公司"),)),
)
SCREENER = Screener([NamedList("own", ENTRIES)])


@pytest.mark.parametrize(
    "label", ["客户", "最终用户：", "待定", "疑似", "又名", "改名为", "收货单位 ", "使用单位", "甲方：", "付款人"]
)
def test_a_chinese_label_right_before_a_name_is_left_out(label: str) -> None:
    assert SCREENER.screen(Asked(f"{label}海尔格特技术公司")).verdict == "match"


@pytest.mark.parametrize("name", ["甲方科技有限公司", "客户服务有限公司", "使用单位"])
def test_a_name_that_begins_like_a_label_is_nobody_listed(name: str) -> None:
    assert not SCREENER.screen(Asked(name)).findings


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        ("Muster AG, a subsidiary of Halvergate Systems GmbH", "possible"),
        ("Muster AG (owned by Halvergate Systems GmbH)", "possible"),
        ("Muster AG, Tochtergesellschaft der Halvergate Systems GmbH", "possible"),
        ("示例贸易有限公司（海尔格特技术公司的子公司）", "possible"),
        ("上海Halvergate Systems有限公司", "possible"),
        ("德国Halvergate Systems公司", "match"),
        ("Halvergate Systems GmbH, a subsidiary of Muster AG", "match"),
        ("Halvergate Systems GmbH, subsidiary of Halvergate Systems GmbH", "match"),
    ],
)
def test_the_owner_named_beside_a_party_is_a_question(written: str, verdict: str) -> None:
    """A subsidiary is another legal person; whether the list reaches it is a matter of ownership."""
    [finding] = SCREENER.screen(Asked(written)).findings
    assert finding.verdict == verdict
