"""Journey J4 with its commands: replay, rules diff, rules calendar, invented notices. Checks 1, 4, 5, 7 and 8."""

from __future__ import annotations

import json
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from coercivity.cases.arguments import Law
from coercivity.cli.app import main
from coercivity.law.rules.load import law_folder
from coercivity.verbs.overlay import overlay_dry_run
from coercivity.verbs.replay import replay, rules_diff
from coercivity.verbs.rules import rules_calendar

HERE = Path(__file__).parent
PORTFOLIO = HERE / "portfolio.csv"
OVERLAYS = HERE.parents[1] / "examples" / "overlays"
DAYS = ("2025-10-20", "2026-03-02", "2026-11-12")
TABLE = {
    ("r1", "mofcom-gac-2025-18"): ("LICENCE", "LICENCE", "LICENCE"),
    ("r2", "mofcom-gac-2025-18"): ("not_listed", "not_listed", "not_listed"),
    ("r3", "mofcom-gac-2025-57"): ("not_yet", "suspended", "unknown"),
    ("r4", "mofcom-gac-2025-56"): ("not_yet", "suspended", "unknown"),
    ("r5", "mofcom-2025-61"): ("not_yet", "suspended", "unknown"),
    ("r6", "mofcom-2025-61"): ("LICENCE", "suspended", "unknown"),
    ("r7", "mofcom-2025-61"): ("not_yet", "suspended", "unknown"),
    ("r8", "mofcom-2025-62"): ("LICENCE", "suspended", "unknown"),
}


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The standing block of the worked cases, as a user's file."""
    text = (law_folder() / "standing.yaml").read_text(encoding="utf-8")
    path = tmp_path_factory.mktemp("standing") / "standing.yaml"
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    path.write_text("standing:\n" + "\n".join(f"  {line}" for line in lines), encoding="utf-8")
    return path


def _cells(standing: Path, days: tuple[str, ...], law: Law) -> dict[tuple[str, str], tuple[str, ...]]:
    rows = replay(PORTFOLIO, days, standing=standing, law=law)
    return {
        (deal, name): tuple(row.effects.get(name, "not_listed") for row in rows if row.id == deal)
        for deal, name in TABLE
    }


def test_1_replay_prints_the_table(standing: Path) -> None:
    """Each cell is the effect of the named instrument on that day."""
    assert _cells(standing, DAYS, Law()) == TABLE


@pytest.mark.parametrize(("overlay", "cell"), [("extension-2027", "suspended"), ("lapse-confirmed", "LICENCE")])
def test_4_a_made_up_instrument_turns_the_third_column(standing: Path, overlay: str, cell: str) -> None:
    """An extension gives suspended, a return gives a licence; one file, no code."""
    law = Law(overlays=(OVERLAYS / f"{overlay}.yaml",))
    found = _cells(standing, DAYS[2:], law)
    for (deal, name), cells in found.items():
        expected = TABLE[(deal, name)][2]
        assert cells == ((cell if expected == "unknown" else expected),), (deal, name)


def test_4_the_dry_run_names_clauses_and_answers_that_change(standing: Path) -> None:
    """Nothing is kept: the answers without the overlay are those of the pack."""
    found = overlay_dry_run([OVERLAYS / "lapse-confirmed.yaml"], deals=PORTFOLIO, on=DAYS[2:], standing=standing)
    assert found.faults == ()
    spans = {clause.provision: clause.after[-1] for clause in found.clauses}
    assert {str(status) for _, status in spans.values()} == {"in_force"}
    assert {"a61-1-1", "a62-1-a", "a57-1c909"} <= set(spans)
    assert "a18-1c905" not in spans
    assert {without.id for without, _ in found.changed} == {"r3", "r4", "r5", "r6", "r7", "r8"}
    assert all(without.outcome.value == "UNKNOWN" for without, _ in found.changed if without.id != "r8")
    assert all(with_.outcome.value == "LICENCE" for _, with_ in found.changed)


def test_5_the_diff_names_clauses_then_deals_then_tonnes_and_money(standing: Path) -> None:
    """r1 and r2 are not in it; r2 is only held back because nothing was checked that far."""
    found = rules_diff("2026-03-02", "2026-11-12", deals=PORTFOLIO, standing=standing)
    turned = {entry.rule.instrument.id for entry in found.clauses}
    assert {"mofcom-gac-2025-56", "mofcom-gac-2025-57", "mofcom-2025-61", "mofcom-2025-62"} <= turned
    assert "mofcom-gac-2025-18" not in turned
    assert [row.deal.id for row in found.deals] == ["r3", "r4", "r5", "r6", "r7", "r8"]
    assert (found.unmoved, found.held_back) == (2, 1)
    assert found.mass_kg == Decimal(2000 + 500 + 300 + 400)
    assert found.values == {"EUR": Decimal(20000), "USD": Decimal(120000 + 900000 + 21000 + 32000)}
    assert found.unweighed == 1


def test_7_the_calendar_is_sorted_and_exports_as_ics(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ends of suspension for all regimes with days left; the same bytes each time, CRLF, lines of 75 octets."""
    entries = rules_calendar("2026-10-05")
    assert [entry.day for entry in entries] == sorted(entry.day for entry in entries)
    ends = {entry.instrument_id for entry in entries if entry.kind == "pause_ends" and str(entry.day) == "2026-11-11"}
    assert {"mofcom-2025-61", "mofcom-2025-62", "mofcom-gac-2025-57"} <= ends
    path = tmp_path / "watch.ics"
    assert main(["rules", "calendar", "--on", "2026-10-05", "--ics", str(path)]) == 0
    assert "in   37 days" in capsys.readouterr().out
    first = path.read_bytes()
    assert main(["rules", "calendar", "--on", "2026-10-05", "--ics", str(path)]) == 0
    assert path.read_bytes() == first
    assert first.count(b"BEGIN:VEVENT") == len(entries)
    assert all(len(line) <= 75 for line in first.split(b"\r\n"))
    assert b"DTSTART;VALUE=DATE:20261111" in first
    assert b"\n" not in first.replace(b"\r\n", b"")


def test_8_the_old_pack_gives_the_old_hash_and_todays_a_new_one(
    standing: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are kept in one file; the old proof is not touched."""
    old = tmp_path / "pack-of-that-day"
    shutil.copytree(law_folder(), old)
    head = (old / "pack.yaml").read_text(encoding="utf-8")
    (old / "pack.yaml").write_text(re.sub(r"version: '.*'", "version: '2026-03-02'", head, count=1), encoding="utf-8")
    past = tmp_path / "past.json"
    deals = ["replay", str(PORTFOLIO), "--standing", str(standing), "--on", "2026-03-02", "--json"]
    assert main([*deals, "--pack", str(old)]) == 0
    past.write_text(capsys.readouterr().out, encoding="utf-8")
    before = {entry["id"]: entry["proof"] for entry in json.loads(past.read_text(encoding="utf-8"))}
    same = {row.id: row.proof["hash"] for row in replay(past, law=Law(pack=old))}
    assert same == {name: proof["hash"] for name, proof in before.items()}
    both = tmp_path / "both.json"
    assert main(["replay", str(past), "--out", str(both)]) == 0
    printed = capsys.readouterr().out
    assert "8 results rechecked: 0 changed, 0 with the same hash" in printed
    for entry in json.loads(both.read_text(encoding="utf-8")):
        assert entry["was"]["proof"] == before[entry["id"]]
        assert entry["proof"]["hash"] != before[entry["id"]]["hash"]
        assert entry["changed"] is False
