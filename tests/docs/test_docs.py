"""The docs say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coercivity.cli.app import main
from coercivity.law.model import Finding, Outcome

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md"), *ROOT.glob("plans/*.md")]
)
CODE = re.compile(r'(?:\.add|\.of|Fault|_fault)\(\s*"([A-Z][A-Z]+(?:-[A-Z]+)*)"')


def test_every_error_code_is_documented() -> None:
    """A code that can be printed stands in docs/errors.md."""
    used = {code for path in (ROOT / "src").rglob("*.py") for code in CODE.findall(path.read_text(encoding="utf-8"))}
    page = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
    assert not sorted(code for code in used if code not in page)


def test_every_outcome_and_finding_is_documented() -> None:
    """docs/outcomes.md names them all."""
    page = (ROOT / "docs/outcomes.md").read_text(encoding="utf-8")
    assert not [word for word in (*(f.word for f in Finding), *Outcome) if word not in page]


def test_the_page_of_facts_is_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    """docs/facts.md is what `make docs` writes; run it after a change of the catalogue."""
    assert main(["facts", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == (ROOT / "docs/facts.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that is there."""
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_verb_stands_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    """What help lists, the front page names."""
    main(["--help"])
    verbs = re.findall(r"^│ ([a-z]+)\s", capsys.readouterr().out, flags=re.MULTILINE)
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert verbs
    assert not [verb for verb in verbs if f"coercivity {verb}" not in page]


def test_the_deals_of_the_page_on_files_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The YAML shown is read and decided."""
    page = (ROOT / "docs/files.md").read_text(encoding="utf-8")
    path = tmp_path / "deals.yaml"
    path.write_text(page.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert main(["decide", str(path)]) == Outcome.LICENCE.exit_code
    assert "a18-1c905" in capsys.readouterr().out
