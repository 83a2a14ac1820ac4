"""Names against the built-in lists: differences in notation are hits, similar names are not."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from coercivity.intake.parties.names import fold
from coercivity.intake.parties.screen import screen
from coercivity.law.rules.load import law_folder

PARTIES = law_folder() / "parties.csv"


def sets(name: str) -> set[str]:
    """The party sets that a name hits."""
    return {party.party_set for party in screen(name, PARTIES)}


@pytest.mark.parametrize(
    ("name", "party_set"),
    [
        ("汉翔航空工业股份有限公司", "cl-2025-35"),
        ("漢翔航空工業股份有限公司", "cl-2025-35"),
        ("漢翔航空工業", "cl-2025-35"),
        ("三菱造船株式會社", "cl-2026-11"),
        ("洛克希德馬丁公司", "cl-2025-1"),
        ("沖電気工業株式会社", "wl-2026-28"),
        ("㈱藤倉航装", "wl-2026-28"),
    ],
)
def test_traditional_and_japanese_signs_hit_the_simplified_row(name: str, party_set: str) -> None:
    """The lists are printed in simplified signs; firms in Taiwan and Japan write others, and forms vary."""
    assert party_set in sets(name)


@pytest.mark.parametrize(
    "name",
    [
        "МP Materials Corp.",  # Cyrillic М
        "МР Маtеriаls",  # six Cyrillic letters
        "ΜΡ Materials Corp",  # Greek Μ and Ρ
        "ＭＰ　Ｍａｔｅｒｉａｌｓ",
        "MP\u200b Mate\u00adrials",
        "mp materials, corporation",
        "M.P. Materials Corp.",
    ],
)
def test_look_alike_letters_hit(name: str) -> None:
    """What looks like MP Materials on paper is MP Materials; the Cyrillic and Greek letters are not told apart."""
    assert sets(name) == {"cl-2026-23"}


@pytest.mark.parametrize(
    ("name", "party_set"),
    [
        ("L3Harris Technologies, Inc.", "cl-2025-1"),
        ("L-3 Harris Technologies", "cl-2025-1"),
        ("AeroVironment, Inc.", "cl-2025-13"),
        ("Aero Vironment", "uel-2025-10"),
        ("Lafert S. p. A.", "cl-2026-30"),
        ("EXCALIBUR ARMY spol. s r. o.", "cl-2026-20"),
        ("TechInsights Europe Sp. z o.o.", "uel-2025-10"),
        ("TCOM LP", "uel-2025-5"),
        ("CSBC Corp., Taiwan", "cl-2025-35"),
        ("Gibbs and Cox", "cl-2025-13"),
        ("Fujikura Parachute Co., Ltd.", "wl-2026-28"),
        ("Strategy Analytics SARL", "uel-2025-10"),
        ("Politechnika Wrocławska", "cl-2026-30"),
        ("U.S.A. Rare Earth Inc", "cl-2026-23"),
    ],
)
def test_blanks_punctuation_and_company_forms_do_not_matter(name: str, party_set: str) -> None:
    """Neither inside a name nor at its ends."""
    assert party_set in sets(name)


@pytest.mark.parametrize(
    "name",
    [
        "MP Material",
        "MP Materials Holding",
        "L2Harris Technologies",
        "Lafort S.p.A.",
        "Boeing",
        "汉翔航空",
        "Inc.",
        "公司",
        "-",
    ],
)
def test_what_is_only_alike_is_no_hit(name: str) -> None:
    """One letter less, one word more, a part of a name, a company form alone."""
    assert sets(name) == set()


def test_one_hit_brings_every_set_of_the_same_party() -> None:
    """A party listed twice under two spellings has one id, and both lists count."""
    rows = list(csv.DictReader(PARTIES.read_text(encoding="utf-8").splitlines()))
    for row in rows:
        of_party = {other["party_set"] for other in rows if other["party_id"] == row["party_id"]}
        for name in filter(None, (row["name_en"], row["name_zh"])):
            assert of_party <= sets(name), name


def test_names_of_different_parties_stay_apart() -> None:
    """Folding makes two packed parties one only where they differ in nothing but the company form."""
    names: dict[str, set[str]] = {}
    for row in csv.DictReader(PARTIES.read_text(encoding="utf-8").splitlines()):
        for name in filter(None, (row["name_en"], row["name_zh"])):
            names.setdefault(fold(name), set()).add(row["party_id"])
    assert [name for name, parties in names.items() if len(parties) > 1] == ["techinsightseurope"]


@pytest.mark.parametrize(("name", "loaded"), [("Lafert SpA", False), ("汉翔航空工业", False), ("漢翔航空工業", True)])
def test_the_dictionary_is_loaded_for_chinese_misses_only(name: str, loaded: bool) -> None:
    """Start-up and Latin names pay nothing for it."""
    code = (
        "import sys; from pathlib import Path; from coercivity.intake.parties.screen import screen;"
        f"assert screen({name!r}, Path({str(PARTIES)!r})); print('opencc' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(loaded)


def test_a_very_long_name_is_screened() -> None:
    """500 signs, all to be converted."""
    assert sets("髮" * 500) == set()


def test_the_lists_of_another_pack_are_its_own(tmp_path: Path) -> None:
    """A pack with one party knows no other."""
    head, row = PARTIES.read_text(encoding="utf-8").splitlines()[:2]
    path = tmp_path / "parties.csv"
    path.write_text(f"{head}\n{row}\n", encoding="utf-8")
    assert screen("General Dynamics", path)
    assert not screen("Leidos", path)
