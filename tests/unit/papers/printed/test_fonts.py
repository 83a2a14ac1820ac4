"""Fonts come from packages; one that is missing is named, with what to install."""

from __future__ import annotations

import re
import sys

import pytest
from fontTools.ttLib import TTFont

from coercivity.base.errors import CoercivityError
from coercivity.papers.printed import fonts
from coercivity.papers.printed.fonts import font_files, loaded_fonts, printable_characters
from coercivity.papers.printed.pdf import pdf_of
from coercivity.papers.printed.typesetting import FOLDER, TEMPLATES
from tests.unit.papers.printed.samples import english


def test_no_font_of_the_system_or_of_typst_is_used() -> None:
    assert set(loaded_fonts().families()) == {"Source Sans 3", "Noto Sans SC", "Noto Sans KR"}


def test_the_characters_are_those_of_the_font_files() -> None:
    """As another reader finds them."""
    expected: set[int] = set()
    for path in font_files():
        with TTFont(path, lazy=True) as font:
            expected |= set(font.getBestCmap())
    assert printable_characters() >= expected
    assert printable_characters() - expected <= {0xFFFF}


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = {"fontpkg-none": ("no_such_package", ("a.ttf", "b.ttf")), **fonts.FILES}
    monkeypatch.setattr(fonts, "FILES", absent)
    with pytest.raises(CoercivityError) as caught:
        font_files()
    assert [(f.code, f.what, f.next) for f in caught.value.faults] == [
        ("PDF-FONT", f"the font {name} is not installed", "reinstall coercivity, or install the package fontpkg-none")
        for name in ("a.ttf", "b.ttf")
    ]


def test_typst_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(CoercivityError, match="PDF-TYPESETTER: Typst is not installed"):
        pdf_of(english())


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_reads_and_runs_nothing_from_elsewhere(name: str) -> None:
    """No package, which Typst would fetch, no other file, and no text as code."""
    source = (FOLDER / name).read_text(encoding="utf-8")
    read = re.findall(r"(?:import|include|json|yaml|csv|xml|toml|cbor)\b[ (]*\"([^\"]*)\"", source)
    assert set(read) <= {"data.json", *TEMPLATES}
    assert not re.search(r"@preview|@local|\beval\(|\bplugin\(|\bread\(|sys\.inputs|datetime\.today", source)


def test_every_template_is_listed() -> None:
    assert sorted(path.name for path in FOLDER.glob("*.typ")) == sorted(TEMPLATES)
