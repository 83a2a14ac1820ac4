"""The figures of docs/methods.md are those that its commands make: the same bytes, with their tables in the page."""

from __future__ import annotations

import json
import re

import pytest

from tests.places import ROOT
from tools.figures.__main__ import FIGURES, main
from tools.figures.figure import PAGE, Figure, named, with_figures
from tools.figures.kept import PARTS, Kept, computed, kept
from tools.figures.market import clause, gap, permission

TEXT = (ROOT / PAGE).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_as_committed(name: str) -> None:
    """The picture byte for byte, and its caption, command and table in the page."""
    made = FIGURES[name]()
    assert made.content == (ROOT / made.file).read_bytes(), f"run `python -m tools.figures {name}`"
    assert made.block(named(TEXT).index(name) + 1) in TEXT


def test_every_figure_is_in_the_page_once_with_its_command() -> None:
    """And the page has no other picture."""
    assert sorted(named(TEXT)) == sorted(FIGURES)
    assert sorted(re.findall(r"\(img/methods-([a-z-]+)\.svg\)", TEXT)) == sorted(FIGURES)
    assert sorted(re.findall(r"Made by `python -m tools\.figures ([a-z-]+)`", TEXT)) == sorted(FIGURES)
    pictures = {path.name for path in (ROOT / "docs/img").glob("methods-*.svg")}
    assert pictures == {f"methods-{name}.svg" for name in FIGURES}


def test_another_number_is_another_picture_and_another_table() -> None:
    """So a change of the numbers that are kept is noticed."""
    other: Kept = json.loads(json.dumps(kept()))
    other["runs"][0]["gap"]["2026-09"][PARTS.index("waiting")] += 5
    assert gap(other).svg != gap().svg
    assert gap(other).rows != gap().rows
    other["desk"]["granted_t"][18] += 50
    assert permission(other).content != permission().content
    other["cost"][1]["parties"]["Chinese treasury"] -= 1_000_000
    assert clause(other).rows != clause().rows


def test_the_parts_of_a_gap_are_drawn_to_scale() -> None:
    """The bars of June 2026 in the first panel add up to the gap, in the scale of the axis."""
    run = kept()["runs"][0]["gap"]["2026-06"]
    svg = gap().svg
    ticks = [float(y) for y in re.findall(r"<line x1='46\.0' y1='([\d.]+)'", svg)][:5]  # 0, 20, 40, 60, 80
    heights = [
        float(height) for height in re.findall(r"<rect x='48\.0' y='[\d.]+' width='[\d.]+' height='([\d.]+)'", svg)
    ]
    first = heights[: sum(value > 0 for value in run)]
    assert sum(first) == pytest.approx((ticks[0] - ticks[-1]) * sum(run) / 80, abs=0.3)


def test_a_page_keeps_the_figures_that_are_not_made_again() -> None:
    """Only the named block changes; captions are numbered by their place."""
    page = "a\n<!-- figure one -->\nold\n<!-- end of figure -->\nb\n<!-- figure two -->\nold\n<!-- end of figure -->\n"
    one = Figure("two", "Tonnes", "<svg>", ["Month", "t"], [["2026-01", "1.0"]])
    new = with_figures(page, {"two": one})
    assert "<!-- figure one -->\nold\n" in new
    assert "*Figure 2. Tonnes* Made by `python -m tools.figures two`.\n" in new
    assert "| Month | t |\n| --- | ---: |\n| 2026-01 | 1.0 |\n" in new
    assert with_figures(new, {"two": one}) == new


def test_an_unknown_figure_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """With the names that there are; nothing is written."""
    with pytest.raises(SystemExit):
        main(["gaps"])
    assert "name a figure: all, gap, permission" in capsys.readouterr().err


@pytest.mark.whole
def test_the_numbers_that_are_kept_are_those_of_the_market() -> None:
    """Four runs of three years; `python -m tools.figures --renew` after a change of law, data or model."""
    assert computed() == kept()
