"""Page, report section and summary of an outlook: complete, no scripts, the same bytes, nothing loaded."""

from __future__ import annotations

import json
import re
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from coercivity.papers.outlook import words
from coercivity.papers.outlook.page_tables import (
    clause_gaps,
    permission_rows,
)
from coercivity.papers.outlook.read import between, num
from coercivity.papers.outlook.report_data import PAGE_FILES, OutlookReport
from coercivity.papers.outlook.report_html import dearest_goods, page, supply_fragment
from coercivity.papers.outlook.report_text import MOST_LINES, WIDTH, summary
from coercivity.papers.outlook.uses import USE_PARTS, not_short, use_sums
from coercivity.papers.shared.words import paper_words
from tests.html_reader import read
from tests.unit.papers.outlook.test_report_data import DY, MONTHS, NEXT, QUEUES, build

HOSTILE = '<script>alert(1)</script><img src=x onerror=alert(2)>" onload="x \' {{ 7*7 }} {% raw %} </svg></style>\u202e\x1b[2J'
TEMPLATES = Path(str(files("coercivity"))) / "papers" / "templates"
EMPTY_TABLES = (
    "prices",
    "ranges",
    "gaps",
    "flows",
    "shipped",
    "use",
    "permissions",
    "stocks",
    "plants",
    "desk",
    "countries",
    "out",
    "contracts",
    "quoted",
    "end_of_life",
    "recycled",
    "options",
    "closures",
    "policies",
    "reserves",
)


def hostile(value: Any, *, inside: str = "") -> Any:
    """Puts a hostile text wherever the report data holds one that is shown, ids of tables left as they are."""
    keep = {
        "branch",
        "region",
        "good",
        "stage",
        "from_region",
        "to_region",
        "year",
        "month",
        "months",
        "from",
        "to",
        "schema",
    }
    if isinstance(value, dict):
        return {name: entry if name in keep else hostile(entry, inside=name) for name, entry in value.items()}
    if isinstance(value, list):
        return [hostile(entry, inside=inside) for entry in value]
    return HOSTILE if isinstance(value, str) and inside != "id" else value


@pytest.fixture(scope="module")
def report() -> OutlookReport:
    found: OutlookReport = build()
    return found


@pytest.fixture(scope="module")
def html(report: OutlookReport) -> str:
    return page(report)


@pytest.fixture(scope="module")
def fragment(report: OutlookReport) -> str:
    return supply_fragment(report)


def test_each_page_is_in_one_language(report: OutlookReport, html: str) -> None:
    english, chinese = (re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL) for text in (html, page(report, "zh")))
    assert re.findall(r"[\u4e00-\u9fff]+", english) == ["中文"]
    assert '<html lang="zh-CN">' in chinese
    assert '<a href="outlook.html" hreflang="en" lang="en">English</a>' in chinese
    for text in (words.HEADINGS["gaps"], words.COLS["finding"], words.PHRASES["question"], words.MOMENTS["worst"]):
        assert text["zh"] in chinese
        assert text["en"] not in chinese
        assert text["en"] in english


def svgs(html: str) -> list[ElementTree.Element]:
    """Every picture, as XML."""
    return [ElementTree.fromstring(text) for text in re.findall(r"<svg.*?</svg>", html, flags=re.S)]


@pytest.mark.parametrize("which", ["html", "fragment"])
def test_every_element_is_closed_and_every_id_is_one(which: str, request: pytest.FixtureRequest) -> None:
    reader = read(request.getfixturevalue(which))
    assert reader.wrong == []
    assert reader.open == []
    ids = [attrs["id"] for _, attrs in reader.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    for _, attrs in reader.tags:
        assert set((attrs.get("aria-labelledby") or "").split()) <= set(ids)
        assert set(re.findall(r"url\(#([^)]+)\)", attrs.get("fill") or "")) <= set(ids)


def test_page_and_fragment_share_no_id(html: str, fragment: str) -> None:
    both = [{attrs["id"] for _, attrs in read(text).tags if "id" in attrs} for text in (html, fragment)]
    assert not both[0] & both[1]


@pytest.mark.parametrize("which", ["html", "fragment"])
def test_nothing_is_fetched_and_nothing_runs(which: str, request: pytest.FixtureRequest) -> None:
    text = request.getfixturevalue(which)
    reader, words_of_pages = read(text), PAGE_FILES.values()
    assert not {tag for tag, _ in reader.tags} & {"script", "img", "link", "iframe", "object", "image", "use", "base"}
    for _, attrs in reader.tags:
        assert not {name for name in attrs if name.startswith("on") or name in ("src", "srcset", "xlink:href")}
        href = attrs.get("href") or "#"
        assert href.startswith("#") or href in words_of_pages
    assert "://" not in text
    assert "@import" not in text
    assert set(re.findall(r"url\((.)", text)) <= {"#"}


def test_the_sections_stand_in_their_order(html: str) -> None:
    found = [html.index(f'id="out-{name}"') for name in
             ("look", "prices", "compared", "four", "gaps", "short", "substitution", "sankey", "permissions", "desk", "shipped", "out",
              "countries", "stocks", "plants", "industry", "contracts", "quoted", "recycling", "policies", "clauses",
              "rests", "limits", "reading")]  # fmt: skip
    assert found == sorted(found)


def test_every_picture_is_named_described_and_has_its_table(html: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", html, flags=re.S)
    # Beside the charts of prices, gaps, flows, exports, stocks and queues: a quote, a region's magnets, money, a stock.
    assert len(figures) == 6 + 6 * 3 + 2 + 6 + 2 + len(QUEUES) + 4
    for figure in figures:
        assert figure.count("<table") == 1
        assert "<tbody><tr>" in figure
        for picture in svgs(figure):
            assert picture.findtext("title")
            assert picture.findtext("desc")
    loose = re.sub(r"<figure.*?</figure>", "", html, flags=re.S)
    assert all(picture.get("aria-hidden") == "true" for picture in svgs(loose))


def numbers(path: str) -> list[tuple[float, float]]:
    """The points of a path of absolute moves, lines and curves; short strokes are dropped."""
    pairs = re.findall(r"(-?[\d.]+) (-?[\d.]+)", re.sub(r"[hv]-?[\d.]+", "", path))
    return [(float(x), float(y)) for x, y in pairs]


@pytest.mark.parametrize("which", ["html", "fragment"])
def test_nothing_lies_beyond_the_picture(which: str, request: pytest.FixtureRequest) -> None:
    for picture in svgs(request.getfixturevalue(which)):
        if picture.get("role") != "img":
            continue
        _, _, width, height = (float(part) for part in picture.attrib["viewBox"].split())
        for node in picture.iter():
            at = {
                name: float(value)
                for name, value in node.attrib.items()
                if re.fullmatch(r"(x|y)[12]?|width|height", name)
            }
            points = numbers(node.get("d", "")) if node.tag == "path" else []
            points += [(at[x], at[y]) for x, y in (("x", "y"), ("x1", "y1"), ("x2", "y2")) if x in at]
            if node.tag == "rect":
                points.append((at["x"] + at["width"], at["y"] + at["height"]))
            if node.tag == "text":
                points += [(edge, at["y"]) for edge in text_edges(node, at["x"])]
            assert all(-0.5 <= x <= width + 0.5 and -0.5 <= y <= height + 0.5 for x, y in points), (
                node.tag,
                node.attrib,
            )


def text_edges(node: ElementTree.Element, x: float) -> tuple[float, float]:
    """The left and right edge of a text, at a generous width of a letter."""
    wide = sum(10.5 if unicodedata.east_asian_width(sign) in "WF" else 6.0 for sign in node.text or "")
    name = node.get("class", "")
    if "o-mid" in name:
        return x - wide / 2, x + wide / 2
    return (x - wide, x) if "o-end" in name else (x, x + wide)


def test_texts_of_one_picture_do_not_overlap(html: str) -> None:
    for picture in svgs(html):
        if picture.get("role") != "img":
            continue
        boxes = []
        for node in picture.iter("text"):
            left, right = text_edges(node, float(node.attrib["x"]))
            boxes.append((left, right, float(node.attrib["y"]), node.text))
        for place, (left, right, y, text) in enumerate(boxes):
            for other_left, other_right, other_y, other in boxes[:place]:
                apart = right <= other_left + 4 or other_right <= left + 4 or abs(y - other_y) >= 9
                assert apart, (text, other)


def test_the_same_report_data_gives_the_same_bytes(report: OutlookReport, html: str, fragment: str) -> None:
    assert page(json.loads(json.dumps(report))) == html
    assert supply_fragment(json.loads(json.dumps(report))) == fragment


def test_a_hostile_text_stays_text(html: str) -> None:
    report = hostile(build())
    made = page(report)
    reader = read(made)
    assert reader.wrong == []
    assert [tag for tag, _ in reader.tags if tag in ("script", "img")] == []
    assert not [attrs for _, attrs in reader.tags if any(name.startswith("on") for name in attrs)]
    assert HOSTILE in "".join(reader.text)
    assert read(supply_fragment(report)).wrong == []
    assert all(line.isprintable() for line in summary(report, "en"))


def test_empty_tables_give_sentences_and_no_picture(report: OutlookReport) -> None:
    bare = [{**run, **{table: [] for table in EMPTY_TABLES}} for run in report["runs"]]
    empty: Any = {**report, "runs": bare, "clause_prices": [], "assumed": [], "limits": [], "compare": None}
    made = {"en": page(empty), "zh": page(empty, "zh")}
    for word in (
        "prices",
        "gaps",
        "short",
        "flows",
        "permissions",
        "stocks",
        "shipped",
        "desk",
        "out",
        "countries",
        "plants",
        "clauses",
        "assumed",
        "limits",
    ):
        for lang, text in words.PHRASES[f"no_{word}"].items():
            assert text in made[lang]
    for word in ("four", "contracts", "quoted", "recycling", "substitution", "industry", "policies"):
        for lang, text in paper_words("outlook_breadth", "none")[word].items():
            assert text in made[lang]
    assert not re.search(r'<svg[^>]*role="img"', made["en"] + made["zh"])
    assert words.PHRASES["no_shortage"]["en"] in supply_fragment(empty)
    assert words.PHRASES["no_shortage"]["zh"] in supply_fragment(empty, "zh")
    assert words.PHRASES["no_prices"]["en"] in "\n".join(summary(empty, "en"))


def test_short_odd_and_negative_reports(report: OutlookReport) -> None:
    one = build()
    one["months"], one["to"] = one["months"][:1], one["months"][0]
    for run in one["runs"]:
        run["gaps"] = [row for row in run["gaps"] if row["month"] == MONTHS[0]]
        for table, fields in {
            "prices": ("margin", "quote", "traded"),
            "stocks": ("mass_t",),
            "shipped": ("mass_t",),
        }.items():
            for row in run[table]:
                row.update({field: row[field][:1] for field in fields})
        for row in run["use"]:
            row.update({field: row[field][:1] for field in ("wanted_t", *USE_PARTS)})
        for row in run["permissions"]:
            row.update({field: row[field][:1] for field in row if isinstance(row[field], list)})
        for row in (*run["desk"], *run["countries"], *run["out"]):
            row.update({field: row[field][:1] for field in row if isinstance(row[field], list)})
    assert read(page(one)).wrong == []
    odd = build()
    for run in odd["runs"]:
        for row in run["prices"]:
            row["margin"] = [None if n == 4 else -price for n, price in enumerate(row["margin"])]
        for row in run["gaps"]:
            row["gap"] = -row["gap"]
            for part in row["parts"]:
                part["usd_per_kg"] = -part["usd_per_kg"]
    assert read(page(odd)).wrong == []


def test_headings_captions_and_columns_are_in_both_languages() -> None:
    groups = (
        words.HEADINGS,
        words.PARTS,
        words.SERIES,
        words.STAGES,
        words.WAYS,
        words.MOMENTS,
        words.COLS,
        words.CAPTIONS,
        words.CAUSES,
        words.FORMS,
    )
    for group in (*groups, words.PHRASES):
        for name, text in group.items():
            assert text["en"], name
            assert text["zh"], name
    assert all(text["en"] and text["zh"] for text in words.READING)


def test_the_dearest_three_are_in_the_fragment(report: OutlookReport, fragment: str) -> None:
    dear = dearest_goods(report)[:3]
    assert dear == ("ox_Tb", "ox_Dy", "mag_high")
    assert fragment.count("<figure") == 3
    assert {row["clauses"] for row in clause_gaps(report)[:20]} >= {(DY,), (NEXT,)}


def test_clauses_that_bind_together_are_all_named() -> None:
    report = build()
    for run in report["runs"]:
        for row in run["gaps"]:
            for part in row["parts"]:
                part["clause"] = part["clause"] and f"{DY}+{NEXT}"
    assert words.named_clauses(report, (DY, NEXT))["en"] == "18/2025, 1C905 dysprosium + 61/2025, part 2"
    assert "Dysprosium and what holds it needs a licence." in page(report)


def test_buckets_of_two_origins_stay_apart() -> None:
    report = build()
    for run in report["runs"]:
        rows = [row for row in run["permissions"] if row["good"] == "ox_Dy"]
        run["permissions"] = [{**row, "origin": origin} for row in rows for origin in ("CN", "SEA")]
    assert len(permission_rows(report)) == 32
    assert "South-East Asia" in page(report)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_summary_fits_a_terminal(report: OutlookReport, lang: Any) -> None:
    lines = summary(report, lang)
    assert len(lines) <= MOST_LINES
    assert all(sum(2 if unicodedata.east_asian_width(s) in "WF" else 1 for s in line) <= WIDTH for line in lines)
    assert any("2025-09" in line and "806" in line for line in lines)
    assert lines[-1].startswith(words.PHRASES["quiet"][lang][:20])


def test_what_is_left_out_of_the_licensing_desk_is_told_once_for_runs_that_leave_out_the_same() -> None:
    report = build()
    for run in report["runs"][:2]:
        run["practice"]["off"] = ["returns", "general_licences"]
    assert "  A1,A2 licensing without returned applications, general licences" in summary(report)
    assert "  A1,A2 许可审批不含退回补正、通用许可" in summary(report, "zh")
    assert len(summary(report)) <= MOST_LINES
    assert page(report).count("; licensing without returned applications, general licences") == 2
    assert "licensing without" not in page(build())


def test_thrift_and_substitution_are_told_apart_from_shortages(report: OutlookReport) -> None:
    """The summary, the page and the section of a report tell both totals by scenario, and no shortage that is none."""
    runs = [use_sums(run["use"]) for run in report["runs"]]
    for part in ("less_t", "substituted_t"):
        low, high = sorted(runs[n][part] for n in (0, 1))
        assert f"A {between(low, high)}, B {num(runs[2][part])}" in "; ".join(not_short(report) or ())
    (line,) = (line for line in summary(report) if line.startswith("Not shortages [t]: used less A "))
    assert "; substituted A " in line
    (line,) = (line for line in summary(report, "zh") if line.startswith("不属短缺（吨）：节约或少用A "))
    assert "；替代A " in line
    for made in (page(report), supply_fragment(report)):
        assert "; ".join(not_short(report) or ()) in made
        assert "Demand = usual design + used less + substituted + shortage." in made
    assert "需求＝常规设计＋节约或少用＋替代＋短缺。" in supply_fragment(report, "zh")


def test_a_use_that_only_uses_less_is_not_listed_as_short() -> None:
    report = build()
    for run in report["runs"]:
        for row in run["use"]:
            usual = [want - part for want, part in zip(row["wanted_t"], row["substituted_t"], strict=True)]
            row.update(usual_t=[0.5 * part for part in usual], less_t=[0.5 * part for part in usual])
            row["without_t"] = [0.0] * 15
    lines = summary(report)
    assert "Shortages: No shortages." in lines
    assert not any(" of demand (" in line for line in lines)
    assert any(line.startswith("Not shortages [t]: used less A ") for line in lines)
    assert words.PHRASES["no_shortage"]["en"] in supply_fragment(report)


def test_totals_that_fill_more_than_a_line_take_two() -> None:
    report = build()
    report["runs"][1]["title"] = report["runs"][0]["title"]
    report["runs"].insert(3, {**report["runs"][2], "id": "free-2", "branch": "lapsed"})
    for n, run in enumerate(report["runs"]):
        for row in run["use"]:
            row["less_t"] = [-1e5 * (n + 1)] * 15
            row["substituted_t"] = [1e5 * (n + 1)] * 15
    lines = summary(report)
    (at,) = (n for n, line in enumerate(lines) if line.startswith("Not shortages [t]: used less A "))
    assert lines[at + 1].startswith("  substituted A ")
    assert not any(line.endswith("...") for line in lines[at : at + 2])


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2 counts it."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1, 2])
def test_colours_are_far_enough_apart(scheme: int) -> None:
    colours: dict[str, str] = {}
    for name in ("brief.css", "outlook.css"):
        blocks = re.findall(r":root \{(.*?)\n? *\}", (TEMPLATES / name).read_text(encoding="utf-8"), flags=re.S)
        for block in (blocks[0], blocks[scheme]):
            pairs = re.findall(r"(--[\w-]+): (#[0-9a-f]{3,6});", block)
            colours.update(
                {key: hue if len(hue) == 7 else "#" + "".join(2 * sign for sign in hue[1:]) for key, hue in pairs}
            )
    for text in ("--o-in", "--o-out", "--o-quote", "--o-total", "--o-pending", "--o-decided", "--soft", "--ink"):
        assert contrast(colours[text], colours["--sheet"]) >= 4.5, text
    for shade in ("--o-s1", "--o-s2", "--o-s3"):
        assert contrast(colours["--ink"], colours[shade]) >= 4.5, shade
    assert contrast(colours["--o-s4-ink"], colours["--o-s4"]) >= 4.5
    for part in words.PARTS:
        assert contrast(colours[f"--o-{part}"], colours["--sheet"]) >= 3, part
    for way in words.WAYS:
        assert contrast(colours[f"--o-w-{way}"], colours["--sheet"]) >= 3, way
