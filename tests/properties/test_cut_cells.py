"""A composition or name cut at any length never gives PROCEED if the whole cell does not.

What no reader can tell from a cut is listed in `ARGUED`, and counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import polars as pl
import pytest

from coercivity.base.days import Day
from coercivity.batches.judge.part import PartDecider
from coercivity.batches.plan import Plan
from coercivity.batches.stage.rows import Rows
from coercivity.cases.files import packed_standing
from coercivity.intake.cells.columns import ColumnMap
from coercivity.law.rules.load import load_rulebook

BOOK = load_rulebook()
SIGNED = "composition_lists_every_rare_earth"

# Name and composition; each is held back on at least one of the days.
COMPOSITIONS = [
    ("NdFeB magnets", "Nd 22 %, Pr 7 %, Co 2 %, Cu 0.2 %, Ga 0.3 %, Dy 1.5 %"),
    ("NdFeB magnets", "Nd 29.5 %, Pr 0.5 %, Fe 67.1 %, B 1 %, Al 0.3 %, Dy 1.6 %"),
    ("NdFeB magnets", "Fe 66.4 wt%; Nd 24.0 wt%; Pr 6.0 wt%; B 1.0 wt%; Co 1.0 wt%; Tb 1.6 wt%"),
    ("NdFeB magnets", "Nd 300000 ppm, Fe 670000 ppm, B 10000 ppm, Dy 20000 ppm"),
    ("NdFeB magnets", "Nd 28-30 %, Pr 1-2 %, Fe 64-66 %, B 0.9-1.1 %, Dy 1.5-2.0 %"),
    ("NdFeB magnets", "Neodym 29,5 %, Eisen 67,2 %, Bor 1,0 %, Kobalt 0,8 % und Dysprosium 1,5 %"),
    ("钕铁硼磁体", "钕29.5%、镨0.5%、铁67.5%、硼1.0%、镝1.5%"),
    ("钕铁硼磁体", "品名:烧结钕铁硼;用途:电机;成分:钕29.5%,铁67.2%,硼1.0%,镝1.8%"),
    ("钕铁硼磁体", "材质：钕铁硼（钕30%、硼1%、镝1.8%、铁余量）；用途：电机"),
    ("ネオジム磁石", "ネオジム30%、鉄67%、ホウ素1%、ジスプロシウム2%"),
    ("NdFeB magnets", "NdFeB (Nd 29 %, Pr 1 %, Fe 67.5 %, B 1 %) with Dy 1.5 %"),
    ("NdFeB magnets", "NdPr 30 Fe 67.2 B 1 Dy 1.8 (wt%)"),
    ("NdFeB magnets", "wt%: Nd 30, Tb 0, Fe 68, B 1, Dy 0.8"),
    ("NdFeB magnets", "67.5% Fe, 30% Nd, 1% B, 1.5% Dy"),
    ("NdFeB magnets", "Nd 30 %, B 1 %, Dy 1.8 %, Fe bal."),
    ("NdFeB magnets", "Nd 30 %, Fe bal., Dy 1.8 %"),
    ("NdFeB magnets", "Nd+Pr 31.5 %, Tb 0 %, Dy 0.5 %"),
    ("NdFeB magnets", "Nd 30 %, Tb n.d. (< 0.01 %), Dy 1.2 %, Fe balance"),
    ("NdFeB magnets", "Nd 13 at%, Pr 1 at%, Fe 79.5 at%, B 6 at%, Dy 0.5 at%"),
    ("NdFeB magnets", "Nd 30 %, Fe 69.0 %, B 0.97 %, Dy 0.03 %"),
    ("NdFeB magnets", "Nd 30.00 %, Fe 69.00 %, B 0.99 %, Dy 0.01 %"),
    ("NdFeB magnets", "Nd 30 %, Tb 0 %, Dy 0 % - 0.5 %"),
    ("NdFeB magnets", "Nd 30 %, Tb < 0.01 %, Dy < 0.015 %"),
    ("SmCo magnets", "50% Co, 15% Fe, 6% Cu, 4% Zr, 25% Sm"),
    ("neodymium oxide", "Nd2O3 95 %, Dy2O3 5 %"),
    ("neodymium oxide", "Nd2O3 99.0 %, Dy2O3 0.6 %"),
    ("neodymium metal", "Nd 95 %, Dy 5 %"),
    ("praseodymium-neodymium oxide", "PrNd oxide 98 %, Tb4O7 2 %"),
]
NAMES = [
    "NdFeB magnet with Dy 1.5 %",
    "sintered NdFeB, Nd 22 %, Pr 7 %, Dy 1.5 %",
    "NdFeB magnet (Nd 22 %, Dy 1.5 %)",
    "Nd2O3 95 %, Dy2O3 5 %",
    "praseodymium-neodymium oxide with terbium",
    "neodymium oxide, dysprosium oxide",
    "neodymium metal, dysprosium 2 %",
    "含镝钕铁硼磁体",
    "钕铁硼磁体（含镝）",
    "氧化钕、氧化镝",
    "镨钕金属（含镝）",
    "Neodymoxid mit Dysprosium",
    "PrNd metal / Dy metal",
    "cerium oxide doped with gadolinium",
    "La2O3/Y2O3 99.9 %",
]
DAYS = [
    ("goods", "CN", "DE", "2025-06-20"),
    ("goods", "CN", "DE", "2025-11-20"),
    ("reexport", "DE", "MX", "2025-12-05"),
]
# What a reader cannot tell from a cut, with the reason: text that is left, and how many of them there may be at most.
BALANCE = "a balance closes a composition; that an element followed it is nowhere to be seen"
ROUNDED = "the figures add up to the whole within their rounding; what followed is smaller than that"
NOUGHT = "a nought with its unit is a measurement; that it was the lower end of a range is nowhere to be seen"
PURE = "the name or the purity of one chemical is left, as it stands for the pure chemical itself"
NAMED = "the name of the thing is that of one pure chemical, and the figures left name no other"
ARGUED = {
    **dict.fromkeys(
        ("Nd", "Pr", "PrN", "PrNd", "Nd2", "Nd2O3 9", "Nd2O3 95", "Nd2O3 95 %", "Nd 9", "Nd 95", "Nd 95 %"), NAMED
    ),
    **dict.fromkeys(("PrNd oxide 9", "PrNd oxide 98", "PrNd oxide 98 %"), NAMED),
    "Nd 30 %, Fe bal": BALANCE,
    "Nd 30 %, Fe bal.": BALANCE,
    "Nd 30.00 %, Fe 69.00 %, B 0.99 %": ROUNDED,
    "Nd 30 %, Tb 0 %, Dy 0 %": NOUGHT,
    **dict.fromkeys(("Nd2O", "Nd2O3", "Nd2O3 99", "Nd2O3 99.0", "Nd2O3 99.0 %", "PrNd oxid", "PrNd oxide"), PURE),
    **dict.fromkeys(("praseodymium-neodymium oxid", "praseodymium-neodymium oxide"), PURE),
    **dict.fromkeys(("neodymium oxid", "neodymium oxide", "neodymium metal", "PrNd metal", "Neodymoxid"), PURE),
    **dict.fromkeys(("氧化钕", "镨钕金属", "cerium oxid", "cerium oxide", "La2O", "La2O3"), PURE),
}


def outcomes(
    names: Sequence[str], compositions: Sequence[str] | None, day: tuple[str, str, str, str], *, signed: bool = False
) -> list[str]:
    """The outcome of each row; a row that is at fault has none."""
    act, start, end, on = day
    standing = packed_standing()
    if signed:
        standing = replace(standing, facts={**standing.facts, SIGNED: "true"})
    cells = {"material": list(names)} | ({} if compositions is None else {"composition": list(compositions)})
    columns = ColumnMap({name: name for name in cells}, {"act": act, "from": start, "to": end})
    decider = PartDecider(BOOK, Plan(columns, standing, Day.fromisoformat(on)), proofs=False)
    frame = decider.decide(Rows(pl.DataFrame(cells), 1, None, {}, {})).frame
    return [outcome or "" for outcome in frame["outcome"].cast(pl.String).to_list()]


def prefixes(text: str) -> list[str]:
    return [text[:length] for length in range(1, len(text) + 1)]


def why(name: str, left: str) -> str:
    """The reason for which a beginning lets a deal go; what names a chemical is none beside a magnet."""
    reason = ARGUED.get(left.strip(), "")
    return "" if reason in (PURE, NAMED) and re.search("magnet|磁", name) else reason


def became(texts: Sequence[str], found: Sequence[str]) -> list[str]:
    """The beginnings of a text that let go what the whole text holds back."""
    return [text for text, outcome in zip(texts, found, strict=True) if outcome == "PROCEED" != found[-1]]


@pytest.mark.parametrize("day", DAYS)
def test_a_composition_cut_at_any_length_lets_nothing_go(day: tuple[str, str, str, str]) -> None:
    tried, wrong, argued = 0, [], Counter[str]()
    for name, text in COMPOSITIONS:
        texts = prefixes(text)
        tried += len(texts)
        for left in became(texts, outcomes([name] * len(texts), texts, day)):
            if reason := why(name, left):
                argued[reason] += 1
            else:
                wrong.append(left)
    print(f"\ncompositions cut, {' '.join(day)}: {tried} tried, {len(wrong)} became PROCEED, {dict(argued)} argued")
    assert not wrong
    assert tried > 1_000


@pytest.mark.parametrize("day", DAYS)
def test_a_name_cut_at_any_length_lets_nothing_go(day: tuple[str, str, str, str]) -> None:
    tried, wrong, argued = 0, [], Counter[str]()
    for text in NAMES:
        texts = prefixes(text)
        tried += len(texts)
        for left in became(texts, outcomes(texts, None, day)):
            if reason := why(text, left):
                argued[reason] += 1
            else:
                wrong.append(left)
    print(f"\nnames cut, {' '.join(day)}: {tried} tried, {len(wrong)} became PROCEED, {dict(argued)} argued")
    assert not wrong


# Signs of a cut at the end of a beginning: separators, words that wait for more, a figure without the unit of others.
SIGN = re.compile(r"(?:[,;:、（(+/<~-]|\d\.|and|und|with|含|%[^%]*[^\d.,]\d[\d.,]*)\s*$")


def test_the_answer_for_a_file_closes_nothing_that_shows_a_cut() -> None:
    """With it, a beginning that ends on a whole item is let go: who answers for the file has seen no cut either."""
    tried, wrong, argued = 0, [], 0
    for name, text in COMPOSITIONS:
        texts = prefixes(text)
        tried += len(texts)
        for left in became(texts, outcomes([name] * len(texts), texts, DAYS[0], signed=True)):
            if SIGN.search(left) and not left.startswith("wt%"):  # there one unit stands for all
                wrong.append(left)
            argued += 1
    print(f"\ncompositions cut, answered for the file: {tried} tried, {len(wrong)} became PROCEED, {argued} argued")
    assert not wrong


HONEST = [
    ("NdFeB magnets", "Nd 30 %, Fe 69 %, B 1 %"),
    ("NdFeB magnets", "Nd 29.5 %, Pr 1.5 %, Fe 68 %, B 1 %"),
    ("NdFeB magnets", "Nd 31.11 %, Fe 67.77 %, B 1.11 %"),
    ("NdFeB magnets", "Nd 300000 ppm, Fe 690000 ppm, B 10000 ppm"),
    ("NdFeB magnets", "Nd 14 at%, Fe 80 at%, B 6 at%"),
    ("NdFeB magnets", "Neodym 30 %, Bor 1 %, Eisen Rest"),
    ("NdFeB magnets", "Nd 30 %, B 1 %, Fe bal."),
    ("NdFeB magnets", "NdFeB (Nd 30 %, Fe 69 %, B 1 %)"),
    ("NdFeB magnets", "69% Fe, 30% Nd, 1% B"),
    ("NdFeB magnets", "NdPr 30 Fe 69 B 1 (wt%)"),
    ("NdFeB magnets", "Nd+Pr 31.5 %, Dy 0 %, Tb 0 %"),
    ("NdFeB magnets", "Nd 30 %, Dy n.d. (< 0.01 %), Tb n.d. (< 0.01 %)"),
    ("NdFeB magnets", "Nd 30 %, Dy < 0.01 %, Tb < 0.01 %"),
    ("钕铁硼磁体", "钕30%、硼1%、铁余量"),
    ("钕铁硼磁体", "品名：钕铁硼磁体；材质：钕30%、铁69%、硼1%；用途：电机"),
    ("ネオジム磁石", "ネオジム30%、ホウ素1%、鉄残部"),
    ("ferrite magnets", "SrFe12O19"),
]


@pytest.mark.parametrize(("name", "composition"), HONEST)
def test_an_honest_whole_composition_still_lets_a_deal_go(name: str, composition: str) -> None:
    assert outcomes([name], [composition], DAYS[0]) == ["PROCEED"]


@pytest.mark.parametrize(
    "composition",
    ["NdFeB", "钕铁硼", "N42SH", "Nd, Fe, B", "Nd 30 %, no Dy, no Tb", "Nd 30 %, 未添加镝铽", "Dy-free", "NdFeB 100 %"],
)
def test_a_family_or_a_claim_lets_nothing_go(composition: str) -> None:
    assert outcomes(["NdFeB magnets"], [composition], DAYS[0]) == ["UNKNOWN"]


@pytest.mark.parametrize(
    "name", ["NdFeB magnet", "NdFeB magnets, Dy-free", "sintered NdFeB block", "N42SH magnet", "钕铁硼磁体"]
)
def test_a_name_alone_never_closes_a_magnet_whoever_answers_for_compositions(name: str) -> None:
    for signed in (False, True):
        assert outcomes([name], None, DAYS[0], signed=signed) == ["UNKNOWN"]
        assert outcomes([name, name], ["", "NdFeB"], DAYS[0], signed=signed) == ["UNKNOWN", "UNKNOWN"]


def test_the_answer_for_a_file_lifts_what_only_does_not_add_up() -> None:
    rows = ["Nd 30 %", "Nd 22 %, Pr 7 %", "Nd 22 %, Pr 7 %,", "Nd 30 %, Dy 1.5 %", "Nd 30 %, others 2 %", "Nd 30 %, Dy"]
    names = ["NdFeB magnets"] * len(rows)
    assert outcomes(names, rows, DAYS[0]) == ["UNKNOWN", "UNKNOWN", "UNKNOWN", "LICENCE", "UNKNOWN", "LICENCE"]
    lifted = outcomes(names, rows, DAYS[0], signed=True)
    assert lifted == ["PROCEED", "PROCEED", "UNKNOWN", "LICENCE", "UNKNOWN", "LICENCE"]
