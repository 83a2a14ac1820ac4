"""A notice beside a draft of it: words for each value, what either side leaves out, and refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import coercivity
from coercivity.data.input import Content
from coercivity.verbs.notice import MOST_CHARACTERS, read_notice
from tests.places import ROOT

EXAMPLES = ROOT / "examples"
EXTENSION = EXAMPLES / "overlays" / "extension-2027.yaml"
LAPSE = EXAMPLES / "overlays" / "lapse-confirmed.yaml"
CONTROL = Content.of(
    "holmium.yaml",
    """\
# A made-up instrument [invented example].
id: holmium-2027
type: announcement
issuer: [MOFCOM, GACC]
number: 2027/1
title_en: Export controls on holmium magnets [invented example]
title_zh: 对钬永磁材料实施出口管制【虚构示例】
published: '2027-01-04'
summary:
  en: Controls holmium magnets and exempts contracts signed before 4 January 2027.
  zh: 管制含钬磁体，2027年1月4日前签订的合同除外。
events:
- {type: entry_into_force, effective: '2027-02-01'}
provisions:
- id: ho-1
  ref: Article 1
  kind: control
  subject: Holmium magnets
  gist: {en: Holmium magnets need a licence., zh: 含钬磁体须许可。}
  item:
    all_of:
    - {fact: elements, contains: Ho}
    - {fact: form, is: magnet}
  when: {use: goods_leave_china}
  effect: licence_required
  track: [single, general]
  control_codes: [1C999.a]
  effective_from: '2027-02-01'
  confidence: low
- id: ho-2
  ref: Article 2
  kind: exclusion
  subject: Small shares
  gist: {en: Not for a share below 0.1 % to Japan., zh: 价值占比低于0.1%、出口至日本的除外。}
  qualifies: [ho-1]
  item:
    all_of:
    - {fact: chinese_input_value_share, below: '0.001'}
  when:
    all_of:
    - {fact: to, is: JP}
    - {fact: contract_on, below: '2027-01-04'}
  effect: exempt
  remains: report_after
  confidence: low
""",
)
NOTICE_ZH = """商务部 海关总署公告2027年第1号【虚构示例】
一、出口含钬的永磁体（1C999.a），须申请单项许可或者通用许可。
二、对2027年1月4日之前签订的合同，含钬物项价值占比低于0.1%并出口至日本的，豁免。
三、本公告自2027年2月1日起施行。含铒的永磁体不适用本公告。
"""
NOTICE_EN = """Announcement No. 1 of 2027 [invented example]
1. Magnets with holmium (1C999.a) need a single licence or a general licence when exported.
2. Contracts signed before 4 January 2027 are exempt if the share of value is below 0.1 per cent and they go to Japan.
3. This announcement takes effect on 1 February 2027. Erbium magnets are not covered.
"""


@pytest.mark.parametrize(
    ("draft", "file"), [(EXTENSION, "extension-2027.zh.txt"), (LAPSE, "lapse-confirmed.en.txt")], ids=["zh", "en"]
)
def test_every_value_of_the_examples_is_found(draft: Path, file: str) -> None:
    read = read_notice(EXAMPLES / "overlays" / file, [draft])
    assert read.missing == ()
    assert read.found == len(read.read.values) >= 9


@pytest.mark.parametrize("text", [NOTICE_ZH, NOTICE_EN], ids=["zh", "en"])
def test_a_new_control_is_found_clause_by_clause(text: str) -> None:
    read = read_notice(text, [CONTROL])
    assert [(one.clause, one.field, one.value) for one in read.missing] == []
    clauses = {one.clause for one in read.spans}
    assert clauses == {"", "ho-1", "ho-2"}
    said = {(one.clause, one.value): text[one.start : one.end] for one in read.spans}
    assert said["ho-1", "Ho"] in ("含钬", "钬", "holmium")
    assert said["ho-2", "0.001"] in ("0.1%", "0.1 per cent")


@pytest.mark.parametrize(("text", "word"), [(NOTICE_ZH, "铒"), (NOTICE_EN, "Erbium")], ids=["zh", "en"])
def test_a_fact_that_no_clause_uses_is_told(text: str, word: str) -> None:
    unused = {(one.name, one.value): one.spans for one in read_notice(text, [CONTROL]).unused}
    assert [text[a:b] for a, b in unused["elements", "Er"]] == [word]


@pytest.mark.parametrize(
    ("was", "now", "missing"),
    [
        ("2027年2月1日", "2027年3月1日", ("ho-1", "effective_from", "2027-02-01")),
        ("1C999.a", "1C998.a", ("ho-1", "control_codes", "1C999.a")),
        ("日本", "韩国", ("ho-2", "when", "JP")),
        ("0.1%", "1%", ("ho-2", "item", "0.001")),
        ("豁免", "处理", ("ho-2", "effect", "exempt")),
        ("钬", "镝", ("ho-1", "item", "Ho")),
        ("通用许可", "证明", ("ho-1", "track", "general")),
    ],
)
def test_a_value_that_the_notice_does_not_say_is_told(was: str, now: str, missing: tuple[str, str, str]) -> None:
    read = read_notice(NOTICE_ZH.replace(was, now), [CONTROL])
    assert missing in [(one.clause, one.field, one.value) for one in read.missing]


def test_the_marked_notice_is_the_notice_with_marks() -> None:
    read = read_notice(NOTICE_EN, [CONTROL])
    marked = read.marked()
    assert "[[holmium]]" in marked
    assert "<<Erbium>>" in marked
    for mark in ("[[", "]]", "<<", ">>"):
        marked = marked.replace(mark, "")
    # The word `[invented example]` keeps its own brackets.
    assert marked == NOTICE_EN
    assert "".join(text for text, _ in read.pieces()) == NOTICE_EN


def test_plain_data_names_places_in_the_text() -> None:
    data = read_notice(NOTICE_ZH, [CONTROL]).as_dict()
    assert json.loads(json.dumps(data)) == data
    assert (
        data["values"] == data["found"] == len({(one["clause"], one["field"], one["value"]) for one in data["spans"]})
    )
    assert all(NOTICE_ZH[one["start"] : one["end"]] == one["words"] for one in data["spans"])


def test_a_draft_changes_no_decision() -> None:
    facts = {"act": "goods", "form": "magnet", "elements": ["Ho"], "from": "CN", "to": "JP"}
    before = coercivity.decide(facts, on="2027-03-01").proof["hash"]
    read_notice(NOTICE_EN, [CONTROL])
    assert coercivity.decide(facts, on="2027-03-01").proof["hash"] == before


def test_the_same_input_gives_the_same_lines() -> None:
    first, second = (list(read_notice(NOTICE_ZH, [CONTROL]).lines("zh")) for _ in range(2))
    assert first == second
    assert max(map(len, first)) < 120


@pytest.mark.parametrize(
    ("notice", "code"),
    [
        (Content("n.txt", b"\xff\xfe\x00"), "FILE-ENCODING"),
        (Content("n.txt", "海关".encode("gb18030")), "FILE-ENCODING"),
        (Content.of("n.txt", "  \n"), "FILE-EMPTY"),
        (Content.of("n.pdf", "%PDF"), "NOTICE-FORM"),
        (Content.of("n", "text"), "NOTICE-FORM"),
        (Content.of("n.md", "x" * (MOST_CHARACTERS + 1)), "NOTICE-FORM"),
        (Content.of("n.txt", "a\x00b"), "NOTICE-FORM"),
        (Path("nowhere.txt"), "FILE-MISSING"),
    ],
)
def test_a_bad_notice_is_refused(notice: Content | Path, code: str) -> None:
    with pytest.raises(coercivity.CoercivityError) as caught:
        read_notice(notice, [EXTENSION])
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_draft_is_needed_and_must_say_something() -> None:
    vouch = Content.of(
        "v.yaml",
        "id: v\nvouch: {through: '2026-11-24', by: desk, signed_on: '2026-11-24', note: website of MOFCOM}\n",
    )
    for drafts in ([], [vouch]):
        with pytest.raises(coercivity.CoercivityError) as caught:
            read_notice("text", drafts)
        assert [fault.code for fault in caught.value.faults] == ["NOTICE-DRAFT"]


def test_faults_of_the_draft_are_told_all_at_once() -> None:
    broken = Content.of("d.yaml", "id: d\npublished: '2026-13-01'\nx: y\n")
    with pytest.raises(coercivity.CoercivityError) as caught:
        read_notice("text", [broken])
    assert len(caught.value.faults) > 2
