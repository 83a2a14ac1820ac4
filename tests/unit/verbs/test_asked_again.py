"""A question that was asked before: the same bytes, without the market, and never after anything changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from coercivity.data import packs
from coercivity.files.kept.store import DAMAGED
from coercivity.market.run import result_key
from coercivity.verbs.brief import BriefResult, brief
from coercivity.verbs.clause_price import clause_price
from coercivity.verbs.kept import keep, run_store, user_store
from coercivity.verbs.law import PACKED, Law
from coercivity.verbs.outlook import outlook
from coercivity.verbs.outlook_kept import Question, outlook_key
from tests.places import ROOT

SPAN: dict[str, Any] = {"first": "2024-10", "last": "2024-10"}
HEAVY = ("numpy", "highspy", "jinja2", "coercivity.market.run.simulate", "coercivity.market.program.lp")
SCENARIO = """\
id: mine
title: {en: Mine, zh: 自定}
about: {en: A test., zh: 测试。}
inherits: controls-back
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COERCIVITY_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def count(folder: Path) -> int:
    return len(list(folder.glob("*.kept")))


@pytest.fixture
def case(tmp_path: Path) -> Path:
    place = tmp_path / "case"
    place.mkdir()
    for name in ("case.yaml", "transactions.csv"):
        shutil.copy(ROOT / "examples" / "ev-motor" / name, place / name)
    return place


@pytest.mark.long
def test_an_outlook_asked_again_is_the_same_and_is_not_made(folder: Path, tmp_path: Path) -> None:
    first = outlook("controls-back", **SPAN, out=tmp_path / "a")
    kept = count(folder)
    again = outlook("controls-back", **SPAN, out=tmp_path / "b")
    plain = outlook("controls-back", **SPAN, cache=False)
    assert count(folder) == kept
    assert again.report == first.report == plain.report
    texts = [(one.html, one.html_zh, one.json, one.summary) for one in (first, again, plain)]
    assert texts[0] == texts[1] == texts[2]
    files = [{path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "ab"]
    assert files[0] == files[1]
    words = ["outlook", "controls-back", "--from", "2024-10", "--to", "2024-10"]
    code = f"from coercivity.cli.app import main; import sys; main({words}); print([m for m in {HEAVY} if m in sys.modules])"
    told = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.splitlines()[-1] == "[]"
    assert told.splitlines()[:-1] == list(first.summary)


@pytest.mark.long
def test_the_cost_of_a_clause_asked_again_is_the_same(folder: Path) -> None:
    first = clause_price("a18-1c905", "controls-back", **SPAN)
    kept = count(folder)
    assert clause_price("a18-1c905", "controls-back", **SPAN) == first
    assert count(folder) == kept
    assert clause_price("a18-1c905", "controls-back", **SPAN, cache=False).body == first.body


def texts(found: BriefResult) -> tuple[object, ...]:
    return found.outcome, dict(found.files), found.summary, found.market, found.report


def test_a_report_on_a_case_asked_again_is_the_same_until_a_file_changes(folder: Path, case: Path) -> None:
    first = brief(case, "2025-04-20", supply=False)
    assert count(folder) == 1
    again = brief(case, "2025-04-20", supply=False)
    assert count(folder) == 1
    assert texts(again) == texts(first) == texts(brief(case, "2025-04-20", supply=False, cache=False))
    assert [row.decision.outcome for row in again.brief.rows] == [row.decision.outcome for row in first.brief.rows]
    brief(case, "2025-04-21", supply=False)
    brief(case, "2025-04-20", supply=False, lang="zh")
    assert count(folder) == 3
    table = case / "transactions.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    changed = brief(case, "2025-04-20", supply=False)
    assert len(changed.brief.rows) == len(first.brief.rows) - 1
    assert changed.json != first.json


def test_a_damaged_report_is_made_again_and_told(folder: Path, case: Path) -> None:
    first = brief(case, "2025-04-20", supply=False)
    assert first.notices == ()
    (path,) = folder.glob("*.kept")
    path.write_bytes(path.read_bytes()[:-1])
    again = brief(case, "2025-04-20", supply=False)
    assert texts(again) == texts(first)
    assert [notice.code for notice in again.notices] == [DAMAGED]
    assert brief(case, "2025-04-20", supply=False).notices == ()


def test_every_part_of_a_question_changes_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, overlay = tmp_path / "mine.yaml", ROOT / "examples" / "overlays" / "extension-2027.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    mine = [path.as_posix()]

    def key(names: list[str], first: str = "2025-01", known: str | None = None, law: Law = PACKED) -> str | None:
        return outlook_key(Question(names, first, "2025-02", known), law)

    seen = [
        key(mine),
        key(["controls-back"]),
        key([*mine, "controls-back"]),
        key(mine, "2024-12"),
        key(mine, known="2025-01-01"),
        key(mine, law=Law(overlays=(overlay,))),
    ]
    path.write_text(SCENARIO.replace("Mine", "Ours"), encoding="utf-8")
    seen.append(key(mine))
    monkeypatch.setattr(result_key, "code_hash", lambda package: f"{package} edited")
    seen.append(key(mine))
    assert None not in seen
    assert len(set(seen)) == len(seen)


def test_a_process_whose_program_was_edited_after_it_began_takes_and_keeps_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "0" * 64
    keep(run_store(), key, {"figure": 1})
    store = run_store()
    assert store is not None
    monkeypatch.setattr(result_key, "_hash_of", lambda package: f"{package} edited")
    assert run_store() is None
    keep(store, "1" * 64, {"figure": 2})
    assert count(folder) == 1


def test_a_process_whose_packs_were_edited_after_it_read_them_takes_and_keeps_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it read is still in memory; under the hash of the new files it would be an answer of the old ones."""
    monkeypatch.setattr(packs, "_FIRST", {})
    monkeypatch.setattr(packs, "_home", lambda: tmp_path)
    shutil.copytree(ROOT / "src" / "coercivity" / "packs" / "practice", tmp_path / "practice")
    packs.open_pack("practice")
    assert run_store() is not None
    notes = tmp_path / "practice" / "NOTES.md"
    before = notes.read_text(encoding="utf-8")
    notes.write_text(before + "edited", encoding="utf-8")
    packs.open_pack("practice")
    assert run_store() is None
    notes.write_text(before, encoding="utf-8")
    assert run_store() is not None
    shutil.rmtree(tmp_path / "practice")
    assert run_store() is None


def test_a_question_with_an_error_has_no_key(tmp_path: Path) -> None:
    assert outlook_key(Question(["no-such-scenario"], "2025-01", "2025-02"), PACKED) is None
    assert (
        outlook_key(Question(["controls-back"], "2025-01", "2025-02"), Law(overlays=(tmp_path / "none.yaml",))) is None
    )


def test_a_kept_answer_is_plain_json(folder: Path, case: Path) -> None:
    import zlib

    brief(case, "2025-04-20", supply=False)
    (path,) = folder.glob("*.kept")
    store = user_store()
    assert store is not None
    held = store.get(path.stem)
    assert held is not None
    assert set(json.loads(zlib.decompress(held))) == {"outcome", "files", "summary", "market"}
