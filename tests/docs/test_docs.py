"""The documentation describes the program: codes, columns, scenarios, examples."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from coercivity.batches.tally import PART_COLUMNS
from coercivity.cli.app import main
from coercivity.law.rules.model import Finding, Outcome
from coercivity.market.inputs.coefficients import REGIONS
from coercivity.market.run.scenarios.form import ScenarioFile
from coercivity.market.run.scenarios.scenario import packed_scenarios
from coercivity.papers.outlook.parquet_tables import tables_of
from coercivity.verbs.outlook import outlook
from tests.places import ROOT

OUTCOME_CODES = {outcome.exit_code for outcome in Outcome}
PAGES = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md"), *ROOT.glob("plans/*.md")]
)
# The first text of a call that makes a fault, and any text in capitals with a hyphen.
CODE = re.compile(
    r'(?:\.add|\.of|[Ff]ault|_fault|faulty|_wrong\(path,|_refused\(path,)\(?\s*"([A-Z][A-Z]+(?:-[A-Z]+)*)"'
    r'|f?"([A-Z]{2,}(?:-[A-Z]{2,})+)(?=[":])'
)


def test_every_error_code_is_documented() -> None:
    """docs/errors.md lists every code that can be printed."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    used = {code for text in sources for found in CODE.findall(text) for code in found if code} - {*REGIONS}
    listed = set(re.findall(r"[A-Z]+(?:-[A-Z]+)*", (ROOT / "docs/errors.md").read_text(encoding="utf-8")))
    assert {"KNOWN-AHEAD", "DATE-YEAR", "TABLE-FILE", "PART"} <= used
    assert not sorted(used - listed)


def test_every_outcome_and_finding_is_documented() -> None:
    """docs/outcomes.md names them all."""
    page = (ROOT / "docs/outcomes.md").read_text(encoding="utf-8")
    assert not [word for word in (*(f.word for f in Finding), *Outcome) if word not in page]


def test_the_page_of_facts_is_the_catalogue(capsys: pytest.CaptureFixture[str]) -> None:
    """docs/facts.md is what `make docs` writes; run it after a change of the catalogue."""
    assert main(["facts", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == (ROOT / "docs/facts.md").read_text(encoding="utf-8")


def test_the_page_of_terms_is_the_glossary(capsys: pytest.CaptureFixture[str]) -> None:
    """docs/glossary.md is what `make docs` writes; run it after a change of the glossary."""
    assert main(["glossary", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == (ROOT / "docs/glossary.md").read_text(encoding="utf-8")


def test_the_page_of_coverage_is_the_rulebook(capsys: pytest.CaptureFixture[str]) -> None:
    """docs/coverage.md is what `make docs` writes; run it after a change of the rulebook."""
    assert main(["rules", "coverage", "--format", "markdown"]) == 0
    assert capsys.readouterr().out == (ROOT / "docs/coverage.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """Every relative link names a file that is there."""
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_verb_stands_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    """The README names every command in the help."""
    main(["--help"])
    verbs = re.findall(r"^│ ([a-z]+)\s", capsys.readouterr().out, flags=re.MULTILINE)
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    assert verbs
    assert not [verb for verb in verbs if f"coercivity {verb}" not in page]


def test_the_deals_of_the_page_on_files_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The YAML of the page can be decided."""
    page = (ROOT / "docs/files.md").read_text(encoding="utf-8")
    path = tmp_path / "deals.yaml"
    path.write_text(page.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert main(["decide", str(path)]) == Outcome.LICENCE.exit_code
    assert "a18-1c905" in capsys.readouterr().out


def blocks(page: str, language: str) -> list[str]:
    """Returns the blocks of one language in a page."""
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), flags=re.DOTALL)


def test_the_page_on_batches_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its commands, column mapping and Python code run; output goes to a temporary folder."""
    monkeypatch.chdir(ROOT)
    out = f"{tmp_path.as_posix()}/"
    commands = [line for block in blocks("docs/batch.md", "sh") for line in block.splitlines()]
    assert len(commands) == 3
    for command in commands:
        assert main([*shlex.split(command.replace(" out/", f" {out}"))[1:], "--json"]) in OUTCOME_CODES, command
    path = tmp_path / "mapping.yaml"
    path.write_text(blocks("docs/batch.md", "yaml")[0], encoding="utf-8")
    table = "examples/erp-extract/extract.csv"
    assert main(["batch", table, "--out", f"{out}mapped", "--map", str(path), "--json"]) == 0
    (code,) = blocks("docs/batch.md", "python")
    exec(compile(code.replace('"out/', f'"{out}'), "docs/batch.md", "exec"), {})


def test_every_column_of_a_batch_is_described() -> None:
    """docs/batch.md names them all."""
    page = (ROOT / "docs/batch.md").read_text(encoding="utf-8")
    assert not [name for name in PART_COLUMNS if f"`{name}`" not in page]


def test_the_page_on_scenarios_is_about_those_there_are() -> None:
    """The page names every built-in scenario and every key, and quotes the example unchanged."""
    page = (ROOT / "docs/scenarios.md").read_text(encoding="utf-8")
    assert not [name for name in packed_scenarios() if f"| `{name}` |" not in page]
    assert not [key for key in ScenarioFile.model_fields if f"`{key}" not in page]
    assert blocks("docs/scenarios.md", "yaml") == [(ROOT / "examples/scenarios/export-duty.yaml").read_text("utf-8")]


def test_the_scenario_that_cannot_be_met_is_refused_as_told(capsys: pytest.CaptureFixture[str]) -> None:
    """The page and the program name the same conflicting requirement."""
    path = ROOT / "examples/scenarios/served-anyway.yaml"
    assert main(["outlook", path.as_posix(), "--from", "2025-04", "--to", "2025-05"]) == 2
    told = capsys.readouterr().err
    clash = "2025-04: INFEASIBLE: 'dysprosium to Japan' (20 t a month of ox_Dy from CN to JP)"
    assert clash in told
    assert clash in (ROOT / "docs/scenarios.md").read_text(encoding="utf-8")
    assert "defence of North America" not in told


def test_every_column_of_an_outlook_is_described() -> None:
    """docs/outlook.md names every table and column, and its Python runs."""
    page = (ROOT / "docs/outlook.md").read_text(encoding="utf-8")
    tables = tables_of(outlook("controls-back", first="2025-04", last="2025-05").report)
    assert set(tables) >= {"prices", "gaps", "shipped", "use", "permissions", "plants"}
    assert not [name for name in tables if f"| `{name}` |" not in page]
    assert not sorted({column for rows in tables.values() for column in rows[0] if f"`{column}`" not in page})
    (code,) = blocks("docs/outlook.md", "python")
    exec(compile(code, "docs/outlook.md", "exec"), {})
