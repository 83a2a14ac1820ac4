"""`base-year` at the command line: a table in either language, JSON, the same bytes twice."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cyclopts import App

from coercivity.cli.commands.base_year import base_year
from coercivity.papers.market.base_year_text import wrapped


def run(*words: str) -> Any:
    """Runs the command as the command line reads it."""
    app = App(name="coercivity", result_action="return_value")
    app.command(base_year, name="base-year")
    return app(["base-year", *words], exit_on_error=False, print_error=False)


def test_the_table_names_rows_ratios_and_causes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    out = capsys.readouterr().out
    assert "prices:PR0741" in out
    assert "reported = 12 x processing_capacity:PC095 + processing_capacity:PC108" in out
    assert "reason: The ores contain more than three times demand" in " ".join(out.split())
    assert {"calibrated", "derived", "tested"} <= set(out.split())
    dysprosium = next(line for line in out.splitlines() if "prices:PR0734" in line).split()
    assert dysprosium[0] == "China"
    assert float(dysprosium[3]) == pytest.approx(float(dysprosium[1]) / float(dysprosium[2]), abs=0.01)
    assert all(len(line) <= 110 for line in out.splitlines())


def test_the_table_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lang", "zh") == 0
    out = capsys.readouterr().out
    assert "基准年：模型结果与报告数据对照" in out
    assert "中国磁体出口" in out
    for word in ("reason:", "calibrated", "reported", "samarium oxide"):
        assert word not in out


def test_json_has_the_same_bytes_twice_and_a_hash(capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for _ in range(2):
        assert run("--json") == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1]
    body = json.loads(texts[0])
    assert (body["schema"], body["scenario"]) == ("coercivity/base-year/1", "no-controls")
    assert (body["from"], body["to"], len(body["hash"])) == ("2024-01", "2024-12", 64)
    assert len(body["prices"]) > 20 < len(body["flows"])
    assert "trade:TR038" in body["assumed"]


def test_no_sign_of_a_text_is_lost_where_it_is_folded() -> None:
    for text in ("word " * 40 + "end", "模型按取出成本定价（AS060，假定），对钐偏高。" * 8):
        lines = list(wrapped(text, "    "))
        assert len(lines) > 1
        assert "".join(line.strip() for line in lines).replace(" ", "") == text.replace(" ", "")
        assert all(line.startswith("    ") and line.strip()[0] not in "，。；：、）" for line in lines)
