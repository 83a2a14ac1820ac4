"""Limits that clash, and faults of YAML, on Chinese pages: no English name of a limit, no English of the reader."""

from __future__ import annotations

import re

import pytest

from coercivity.base.errors import CoercivityError, Fault
from coercivity.data.textyaml import load_text
from coercivity.verbs.messages import fault_in

TOGETHER, LEAST = "no plan keeps together: ", "least change, the other limits as they are: "
NO_HELP = " alone does not help, for another set clashes"
ENGLISH = re.compile(r"[a-z]{3,}")


@pytest.mark.parametrize(
    ("what", "next", "told", "step"),
    [
        (
            "stock_cap:N45, lost_line_days, storage",
            f"stock_cap:N45 12.00 with A + B, or storage 4.50 with no option; widening lost_line_days, budget{NO_HELP}",
            "没有组合能同时符合以下限制：N45的备货上限，停线天数，库容",
            "其他限制不变时的最小调整：N45的备货上限12.00吨（采用“A + B”），或库容4.50吨（不采用任何措施）；"
            "仅放宽停线天数，预算无效，另一组限制仍冲突",
        ),
        (
            "budget, lost_line_days",
            "budget 2600.50 with A",
            "没有组合能同时符合预算和停线天数的限制",
            "其他限制不变时的最小调整：预算2600.50千欧元（采用“A”）",
        ),
    ],
)
def test_limits_that_clash_are_named_in_chinese(what: str, next: str, told: str, step: str) -> None:
    found = fault_in(Fault("INFEASIBLE", TOGETHER + what, "Limits", (), LEAST + next), "zh")
    assert (found.what, found.next) == (told, step)


@pytest.mark.parametrize(
    "text",
    ["id: &a x", "id: *a", "id: !x 3", "a: 1\n---\nb: 2", "a: {b: [", "? [x]\n: y\n", "- \n", "a: b: c", "a: 'x"],
)
def test_faults_of_yaml_are_told_in_chinese(text: str) -> None:
    with pytest.raises(CoercivityError) as caught:
        load_text(text, name="案例")
    for fault in caught.value.faults:
        shown = fault_in(fault, "zh")
        assert ENGLISH.findall(f"{shown.what} {shown.next}") == []
