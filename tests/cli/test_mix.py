"""`mix` at the command line: the numbers of Brenner Windtechnik and of the wind turbine maker, and every bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coercivity.cli.app import main
from coercivity.papers.shared.terminal import WIDTH, columns_of
from tests.places import ROOT

FIRMS = ROOT / "examples" / "firms"
BRENNER, WIND = FIRMS / "brenner.yaml", FIRMS / "wind.yaml"


def changed(tmp_path: Path, *pairs: tuple[str, str]) -> str:
    """Writes Brenner Windtechnik with parts of its text replaced, and returns the path."""
    text = BRENNER.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = tmp_path / "brenner.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def shown() -> str:
    """Returns what is printed for Brenner Windtechnik, each run of blanks as one."""
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        assert main(["mix", str(BRENNER), "--weight", "0", "--cvar", "0.9", "--widen", "budget=50", "--late"]) == 0
    return " ".join(out.getvalue().split())


@pytest.mark.parametrize(
    "part",
    [
        "Brenner Windtechnik: best mix over 12 months",
        "Choose lean + recycling + filing. Stock at the start: B 24.297 t, C 6.532 t.",
        "Mean cost 2,208.1 kEUR; mean of the most expensive 10 % of cases (CVaR) 9,980.5 kEUR; spent at the start 700.0 kEUR.",
        "Chance of a lost line-day 25 %; 51.16 lost line-days on average, 560.0 in the worst scenario.",
        "mean 4,949.6 kEUR, CVaR 16,992.0 kEUR, chance of a lost line-day 60 %, 900.0 lost line-days",
        "5 of 32 choices of options keep the limits.",
        "second + lean + recycling A 0.000, B 11.903, C 1.668 2,642.9",
        "s9 3.00 23,200.0 15,515.1 560.0 A 120.00, B 62.75, C 2.47 15,148.4",
        "mean cost would be 1,530.6 kEUR: knowing is worth 677.5 kEUR",
        "2,544.2 kEUR on average (CVaR 12,055.8 kEUR), 336.2 kEUR more, with 687.3 lost line-days",
        "budget, kEUR 700 1.1496 +50 87.31 air + lean + recycling",
        "lost line-days 560 2.1584 left out 47.28 air + lean + recycling + filing",
        "90 air + recycling + filing A 0.000, B 23.714, C 8.000 3,378.0 1,217.2",
        "One authority decides all licences",
        "The law was not asked about anything here,",
        "Not legal advice.",
    ],
)
def test_numbers_of_brenner(shown: str, part: str) -> None:
    assert part in shown


def test_the_wind_turbine_maker_buys_36_t_and_the_second_source(capsys: pytest.CaptureFixture[str]) -> None:
    """Both readings: 36 t and the second source for 1,028, or 60 t alone for 1,200 with nothing known ahead."""
    assert main(["mix", str(WIND), "--objective", "expected-cost", "--cvar", "0.85", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert (body["best"]["options"], body["best"]["stock_t"]) == (["second"], {"magnet": "36"})
    assert [body["best"][key] for key in ("mean_keur", "cvar_keur")] == ["1028", "1640"]
    assert [row["cost_keur"] for row in body["scenarios"]] == ["920", "920", "1640"]
    assert [body["do_nothing"][key] for key in ("mean_keur", "cvar_keur")] == ["2475", "9000"]
    blind = body["nothing_known_best"]
    assert (blind["options"], blind["stock_t"], blind["mean_keur"]) == ([], {"magnet": "60"}, "1200")
    assert body["reading"] == "known_at_start"
    assert body["law_asked"] is False


def test_stock_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mix", str(WIND), "--stock-alone"]) == 0
    assert "Choose no option. Stock at the start: magnet 60 t." in capsys.readouterr().out


def test_the_same_facts_in_chinese_within_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mix", str(WIND), "--cvar", "0.85", "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    for part in ("6个月的最优组合", "采用：“second”", "1,028.0", "1,640.0", "同一主管部门"):
        assert part in out
    assert all(columns_of(line) <= WIDTH for line in out.splitlines())


def test_grades_taken_as_independent_change_the_heading(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mix", str(BRENNER), "--independent", "C"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Brenner Windtechnik: best mix over 12 months, with C taken as independent" in out
    assert "costs at the bad end appear lower than they are" in out


def test_the_weight_on_the_bad_end_takes_filing_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mix", str(BRENNER), "--weight", "0.5"]) == 0
    out = capsys.readouterr().out
    assert "Choose lean + recycling. Stock at the start: B 28.143 t, C 6 t." in out
    assert "Minimised: 0.5 x mean + 0.5 x CVaR = 5,956.1 kEUR." in out


def test_without_a_plan_the_smallest_sets_that_clash(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = changed(tmp_path, ("value: '560'", "value: '400'"))
    assert main(["mix", path]) == 2
    told = capsys.readouterr().err
    assert "Limits: INFEASIBLE: no plan keeps together: budget, lost_line_days" in told
    assert "Limits: INFEASIBLE: no plan keeps together: storage, lost_line_days" in told
    assert told.count("lost_line_days 543.94 with lean + recycling") == 2
    assert "widening budget alone does not help" in told
    assert "widening storage alone does not help" in told
    assert main(["mix", path, "--lang", "zh"]) == 2
    told = capsys.readouterr().err
    assert "没有组合能同时符合预算和停线天数的限制" in told
    assert "停线543.94天（采用“lean + recycling”）；仅放宽库容无效" in told


def test_either_of_two_limits_may_be_widened(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """36 t and the second source serve every month for 920; for 100 only 5 t can be bought, and 165 line-days are lost."""
    path = tmp_path / "wind.yaml"
    limits = "limits:\n- {limit: budget, value: '100'}\n- {limit: lost_line_days, value: '0'}\n"
    path.write_text(WIND.read_text(encoding="utf-8") + limits, encoding="utf-8")
    assert main(["mix", str(path)]) == 2
    told = capsys.readouterr().err
    assert "no plan keeps together: budget, lost_line_days" in told
    assert "budget 920.00 with second, or lost_line_days 165.00 with no option" in told
    assert main(["mix", str(path), "--lang", "zh"]) == 2
    assert "预算920.00千欧元（采用“second”），或停线165.00天（不采用任何措施）" in capsys.readouterr().err


def test_faults_of_the_workbook_and_of_the_arguments_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = changed(
        tmp_path,
        ("probability: '0.40'", "probability: '0.37'"),
        ("months: '4', months_if_filed: '2'", "months: '4', months_if_filed: '5'"),
        ("grades: C B", "grades: C D"),
    )
    assert main(["mix", path, "--weight", "2"]) == 2
    told = capsys.readouterr().err
    for part in (
        "the weight on CVaR is between 0 and 1, not 2.0",
        "the chances add up to 0.97, not 1",
        "filed ahead the stop would last 5 months, longer than 4",
        "there is no grade D",
    ):
        assert part in told
    assert main(["mix", path, "--lang", "zh"]) == 2
    told = capsys.readouterr().err
    for part in ("概率合计为0.97", "预先申请后停供5个月", "没有牌号D"):
        assert part in told


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["--widen", "budget"], "'budget' is not a limit and a step above 0"),
        (["--widen", "budget=-5"], "'budget=-5' is not a limit and a step above 0"),
        (["--widen", "cash=5"], "--widen: ARGUMENT: the mix has no limit 'cash'"),
        (["--cvar", "1"], "the level of CVaR is at least 0 and below 1, not 1.0"),
        (["--weight", "0.5", "--objective", "cvar"], "--weight and --objective say the same"),
        (["--independent", "D"], "--independent: ARGUMENT: there is no grade 'D'"),
    ],
)
def test_wrong_arguments(words: list[str], what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mix", str(BRENNER), *words]) == 2
    assert what in capsys.readouterr().err


def test_wrong_limits_and_grades_are_told_with_the_other_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--weight", "1.5", "--widen", "bugdet=5", "--widen", "cash=5", "--independent", "Z"]
    assert main(["mix", str(BRENNER), *words]) == 2
    told = capsys.readouterr().err
    for part in ("not 1.5", "no limit 'bugdet'", "nearest: budget\n", "no limit 'cash'", "there is no grade 'Z'"):
        assert part in told


def test_a_workbook_for_stop_dates_lacks_the_sheets_of_a_mix(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["mix", str(FIRMS / "alpenmotor.yaml")]) == 2
    told = capsys.readouterr().err
    for name in ("Grades", "Scenarios", "Options", "Monthly use"):
        assert f"{name}: SHEET" in told


def test_the_check_of_a_workbook_says_that_all_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["firm", "check", str(BRENNER)]) == 0
    assert "Best mix (`mix`): all it needs is there" in capsys.readouterr().out


def test_the_law_is_asked_for_another_day_and_under_an_assumption(capsys: pytest.CaptureFixture[str]) -> None:
    law = str(FIRMS / "brenner-law.yaml")
    assert main(["mix", law, "--on", "2026-03-02", "--known", "2026-03-02", "--assume", "62=lapsed", "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    days = {one["option"]: (one["on"], one["day_from"]) for one in body["law"]}
    assert days["air"] == ("2026-03-02", "usable")
    assert days["second"] == ("2026-06-02", "usable")
    assert any("62/2025" in words["en"] for one in body["law"] for words in one["assumed"].values())


def test_faults_of_the_law_and_of_the_workbook_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = changed(tmp_path, ("probability: '0.40'", "probability: '0.37'"))
    assert main(["mix", path, "--on", "tomorrow", "--assume", "62=gone"]) == 2
    told = capsys.readouterr().err
    for part in ("--on", "--assume", "the chances add up to 0.97"):
        assert part in told
