"""What would change a result, and on what it is based, in words of both languages."""

from __future__ import annotations

import re

import pytest

from coercivity.base.words import Lang
from coercivity.verbs.decide import decide
from coercivity.verbs.depth import depth_lines

FACTS = {
    "act": "goods", "form": "magnet", "magnet_type": ["NdFeB"], "elements": ["Nd", "Pr"], "from": "CN", "to": "DE",
    "composition_lists_every_rare_earth": "true",
}  # fmt: skip
NO = (
    "notice",
    "military_user",
    "military_use",
    "raises_military_strength",
    "wmd_use",
    "terrorist_use",
    "security_risk",
)
DECLARED = {"party_sets": [], "chip_use": "none", "special_application": "none", **dict.fromkeys(NO, "false")}
CODE = re.compile(r"[a-z]+_[a-z]+|\w=|\[\]|\bpack\b")


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", ("(now: neodymium, praseodymium)", "a party is on the unreliable entity list", "after our last check, 2026")),
        ("zh", ("（目前：钕、镨）", "如交易方列入反制清单（", "最近核查日，此后公告未核查", "如“主管部门风险告知”为“是”（目前：否）")),
    ],
)  # fmt: skip
def test_changes_and_periods_name_facts_and_values_in_words(lang: Lang, said: tuple[str, ...]) -> None:
    found = decide(FACTS, on="2026-09-20", standing=DECLARED, said_by="J. Doe", said_on="transaction date")
    text = " ".join(line.strip() for line in depth_lines(found, lang, papers=False, turns=True, days=True))
    text = text if lang == "en" else text.replace(" ", "")
    assert all(part in text for part in said)
    assert not CODE.search(text)


def test_the_facts_and_declarations_of_a_result_are_told_in_words() -> None:
    found = decide(FACTS, on="2026-09-20", standing=DECLARED, said_by="J. Doe", said_on="transaction date")
    assert any("由J. Doe作出" in line for line in found.lines("zh"))
    assert any("10 compliance declarations by J. Doe" in line for line in found.lines("en"))
    based = next(line for line in found.lines("zh") if line.strip().startswith("依据："))
    assert based.strip() == "依据：货物；永磁体；钕铁硼；所含元素：钕、镨；成分是否列全稀土：是；自中国至德国"


def test_steps_of_an_audit_trail_name_conditions_in_chinese() -> None:
    found = decide(FACTS, on="2026-09-20", standing=DECLARED, said_by="J. Doe", said_on="transaction date")
    lines = list(found.lines("zh", explain=True))
    assert any(line.strip().endswith("从中国出境：") for line in lines)
    assert any("以规则库中任一物项管制适用为前提：" in line for line in lines)
    assert not any(re.search(r" (act|from|to|knowledge) ", line) for line in lines)
