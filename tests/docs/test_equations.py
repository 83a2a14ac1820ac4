"""Equations appear once in docs/market.md, code cites them by number, and all citations exist in the repository."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/coercivity"
PAGE = (ROOT / "docs/market.md").read_text(encoding="utf-8")
# An equation: its number, its name, the module that works it out.
HEADS = [(int(n), module) for n, module in re.findall(r"^\((\d+)\) \S.*?\s(\S+\.py)$", PAGE, flags=re.MULTILINE)]
TESTED = [(int(n), name) for n, name in re.findall(r"^\| (\d+) \|.*`(\S+\.py)` \|$", PAGE, flags=re.MULTILINE)]
HELD = {"equation": {number for number, _ in HEADS}, "property": {number for number, _ in TESTED}}
# A pack has pages of one name in many folders.
PACKED = {path.name for path in SOURCE.glob("packs/**/*.md")}
PAPERS = set(re.findall(r"^- ([^\d*\n]+ \d{4}): ", PAGE, flags=re.MULTILINE))

NUMBERS = r"\d+(?:(?:, | and | to )\d+)*"
CITED = re.compile(rf"\b(equation|propert(?:y|ie))s? ({NUMBERS})(?! of figures)", flags=re.IGNORECASE)
ON_THE_PAGE = re.compile(r" of (?:docs/market\.md|\[market\.md\]\(market\.md\))")
PATH = re.compile(r"(?<![\w/.:-])[\w/.-]+\.md\b")
NAMED = re.compile(r"\b(?:docs|plans)/[\w/-]+\.md")
# A section of a page; one of three or more digits is of a statute.
SECTION = re.compile(r"(?P<path>[\w/.-]+\.md\b`?, )?(?:§ ?|\bsections? )(?P<number>\d{1,2})\b", flags=re.IGNORECASE)
PAPER = re.compile(r"[A-Z][\w-]+(?: and [A-Z][\w-]+| et al\.)? (?:19|20)\d\d\b")
# What a docstring may give as its source: an equation, a page, a paper, the law, a standard, a table of a pack.
KINDS = re.compile(
    rf"equations? {NUMBERS} of docs/market\.md|docs/[\w/-]+\.md|{PAPER.pattern}|RFC \d+|tables? .*of the market data set"
    r"|(?:Export Control|Foreign Trade) Law, Article|Decree \d+, Article|MOFCOM(?:[-/]GAC)? \d+/\d{4}|customs announcement"
    r"|the technology catalogue|yearly holiday notices of the General Office"
    r"|Measures for Public Holidays on National Festivals and Memorial Days, Articles?"
)
WRITTEN = sorted(path for part in ("src", "tests", "benchmarks") for path in (ROOT / part).rglob("*.py"))
PAGES = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("plans/*.md")])


def said(text: str) -> Iterator[str]:
    """Yields docstrings, strings that name a page, and comments of a module, with adjacent comments joined."""
    block, last, opens = "", 0, True
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind = tokenize.tok_name[token.type]
        if kind in ("STRING", "FSTRING_MIDDLE") and (opens or NAMED.search(token.string)):
            yield token.string
        if kind == "COMMENT":
            if token.start[0] != last + 1:
                yield block
                block = ""
            block, last = f"{block} {token.string.lstrip('# ')}", token.start[0]
        elif kind != "NL":
            opens = kind in ("NEWLINE", "INDENT", "DEDENT")
    yield block


def numbers(text: str) -> set[int]:
    """Returns `1, 3 to 5 and 9` as numbers."""
    found = set[int]()
    for first, last in re.findall(r"(\d+)(?: to (\d+))?", text):
        found |= set(range(int(first), int(last or first) + 1))
    return found


def cited(text: str, kind: str = "equation") -> set[int]:
    """Returns the numbers of equations or properties that a text cites."""
    found = CITED.findall(" ".join(text.split()))
    return {n for word, part in found if word.lower()[:5] == kind[:5] for n in numbers(part)}


def missing(text: str, folder: Path) -> list[str]:
    """Returns citations in a text that do not exist in the repository."""
    flat = " ".join(text.split())
    found = [f"{kind} {n}" for kind, held in HELD.items() for n in sorted(cited(flat, kind) - held)]
    found += [f"{match[0]} of what?" for match in CITED.finditer(flat) if not ON_THE_PAGE.match(flat, match.end())]
    places = (ROOT, ROOT / "docs", SOURCE, folder)
    found += [n for n in PATH.findall(flat) if n not in PACKED and not any((place / n).exists() for place in places)]
    for match in SECTION.finditer(flat):
        files = [place / (match["path"] or "?").strip("`, ") for place in places]
        headings = "".join(file.read_text(encoding="utf-8") for file in files if file.is_file())
        if not re.search(rf"^#+ {match['number']}\b", headings, flags=re.MULTILINE):
            found.append(match[0])
    for source in re.findall(r"\bSource: (.+?)(?:\n\s*\n|\Z)", text, flags=re.DOTALL):
        parts = [" ".join(part.split()) for part in source.split(";")]
        found += [part for part in parts if not KINDS.match(part)]
        found += [paper for part in parts for paper in PAPER.findall(part) if paper not in PAPERS]
    return found


def test_every_equation_stands_once_in_order() -> None:
    """The numbers are consecutive from one, and the page mentions no other."""
    assert [number for number, _ in HEADS] == list(range(1, len(HEADS) + 1))
    assert len(HEADS) > 40
    assert {int(n) for n in re.findall(r"(?<![\w\]])\((\d+)\)", PAGE)} <= HELD["equation"]
    assert len(PAPERS) >= 5
    assert HELD["property"] == set(range(1, 12))


@pytest.mark.parametrize(("number", "module"), HEADS, ids=[str(number) for number, _ in HEADS])
def test_the_module_named_beside_an_equation_cites_it(number: int, module: str) -> None:
    """Every equation of the page has code."""
    assert (SOURCE / module).is_file()
    passages = said((SOURCE / module).read_text(encoding="utf-8"))
    assert number in {n for passage in passages for n in cited(passage)}


@pytest.mark.parametrize(("number", "name"), TESTED, ids=[str(number) for number, _ in TESTED])
def test_the_test_named_beside_a_property_cites_it(number: int, name: str) -> None:
    """Every property of the page has a test."""
    passages = said((ROOT / "tests/properties" / name).read_text(encoding="utf-8"))
    assert number in {n for passage in passages for n in cited(passage, "property")}


@pytest.mark.parametrize("part", ["src", "tests", "benchmarks"])
def test_code_cites_only_what_is_held(part: str) -> None:
    """Docstrings, comments, and strings that name a page; this module contains invented examples."""
    paths = [path for path in WRITTEN if path.is_relative_to(ROOT / part) and path != Path(__file__)]
    assert paths
    assert not [
        (path.relative_to(ROOT).as_posix(), fault)
        for path in paths
        for passage in said(path.read_text(encoding="utf-8"))
        for fault in missing(passage, path.parent)
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_pages_cite_only_what_is_held(page: Path) -> None:
    """Prose and tables, without blocks of code."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    assert not missing(re.sub(r"https?://\S+", "", text), page.parent)


@pytest.mark.parametrize(
    "text",
    [
        "Source: equation 999 of docs/market.md.",
        "Source: equations 50 to 999 of docs/market.md.",
        "Source: equation 7.",
        "As equation\n    12 has it.",
        "Property 12 of docs/market.md.",
        "Source: market model, section 4.5.",
        "Source: market model.",
        "Source: equation 7 of docs/market.md; a paper that nobody has.",
        "Source: docs/nowhere.md.",
        "Least squares (see rulebook.md).",
        "Welfare, section 4.3: worth of what is served.",
        "docs/market.md, section 4",
        "See § 4.",
        "Source: Nobody et al. 2015.",
    ],
)
def test_a_citation_of_what_is_not_held_is_found(text: str) -> None:
    """In a docstring and in a comment."""
    assert missing(text, ROOT)
    code = f'"""About.\n\n{text}\n"""\n# {" ".join(text.split())}\n'
    assert len([passage for passage in said(code) if missing(passage, ROOT)]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Source: equations 1, 3 to 5 and 9 of docs/market.md; Simchi-Levi et al. 2015; Decree 792, Articles 15 to 17.",
        "Source: docs/permission.md; MOFCOM 62/2025, Articles 1 and 7.",
        "Properties 1 to 3 of docs/market.md, and packs/world/NOTES.md, section 1.",
    ],
)
def test_a_citation_of_what_is_held_passes(text: str) -> None:
    """An equation, a page, a paper, the law."""
    assert not missing(text, ROOT)
