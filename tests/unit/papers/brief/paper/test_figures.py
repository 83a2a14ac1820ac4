"""Figures are self-contained pictures that print in black and white, with their numbers in a table."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from coercivity.base.words import Lang
from coercivity.papers.brief.paper.figures.prices import price_figure
from coercivity.papers.brief.paper.market import GoodPrices, PricePath
from coercivity.papers.brief.paper.paper import brief_paper
from coercivity.papers.brief.paper.slide import brief_slide
from coercivity.papers.brief.paper.wording import wording
from coercivity.papers.shared.paper.sections import PaperFigure
from tests.unit.papers.brief.paper.bodies import body_of

SVG = "{http://www.w3.org/2000/svg}"


def _figures(lang: Lang = "en") -> dict[str, PaperFigure]:
    sections = brief_paper(body_of("magnet-jv", "both"), lang).sections
    return {figure.id: figure for section in sections for figure in section.figures}


def test_each_part_of_the_report_has_its_figures() -> None:
    assert list(_figures()) == ["timeline", "stock", "plan", "frontier"]


def test_three_plans_between_mean_and_worst_cases_are_a_curve() -> None:
    body = body_of("magnet-jv", "mix")
    points = body["mix"]["frontier"]
    assert points is not None
    points[-1]["plan"]["mean_keur"], points[-1]["plan"]["cvar_keur"] = "2900", "9000"
    sections = brief_paper(body, "en").sections
    assert "frontier" in {figure.id for section in sections for figure in section.figures}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_figure_is_valid_and_refers_to_nothing_outside(lang: Lang) -> None:
    for figure in _figures(lang).values():
        root = ElementTree.fromstring(figure.svg)
        assert root.tag == f"{SVG}svg"
        assert root.get("font-family") == "Source Sans 3, Noto Sans SC"
        assert not re.search(r"<style|var\(|href|<image|<script", figure.svg)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_figure_is_in_greys_and_patterns(lang: Lang) -> None:
    for figure in _figures(lang).values():
        for red, green, blue in re.findall(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\b", figure.svg):
            assert red == green == blue


def test_texts_are_inside_the_picture() -> None:
    for figure in _figures().values():
        root = ElementTree.fromstring(figure.svg)
        width, height = float(root.get("width", "0")), float(root.get("height", "0"))
        for text in root.iter(f"{SVG}text"):
            assert 0 <= float(text.get("x", "-1")) <= width
            assert 0 <= float(text.get("y", "-1")) <= height


def test_every_run_out_date_is_written_at_its_bar() -> None:
    body = body_of("magnet-jv", "stops")
    svg = _figures()["stock"].svg
    for part in body["stops"]["parts"]:
        assert part["licensed_stop_on"] is None or f">{part['licensed_stop_on']}</text>" in svg


def test_text_of_a_user_is_escaped() -> None:
    body = body_of("magnet-jv", "stops")
    body["stops"]["parts"][0]["part"] = "<b>&M1"
    slide = brief_slide(body, "en")
    assert "<b>" not in slide.picture.svg
    assert "&lt;b&gt;&amp;M1" in slide.picture.svg


def test_the_slide_shows_results_over_time_where_there_are_no_line_stops() -> None:
    assert brief_slide(body_of("smco-defence"), "en").picture.id == "timeline"
    assert brief_slide(body_of("smco-defence", "stops"), "en").picture.id == "stock"


@pytest.mark.parametrize(
    ("branches", "told"),
    [
        (("lapsed", "extended:2027-11-10"), "; solid: the suspension lapses, dashed: the suspension is extended."),
        (("lapsed",), "outside, USD/kg."),
        ((), "outside, USD/kg."),
    ],
)
def test_prices_say_of_which_scenario_a_line_is(branches: tuple[str, ...], told: str) -> None:
    paths = tuple(PricePath(branch or "now", (50.0, 51.0), (52.0, 60.0)) for branch in branches or ("",))
    good = GoodPrices("dy-oxide", {"en": "dysprosium oxide"}, ("2026-11", "2026-12"), paths, 1, "", 0.0)
    assert price_figure([good], wording("en")).told.endswith(told)
