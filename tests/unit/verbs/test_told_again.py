"""A report that was made before is told again: the same bytes, nothing made, and never for other files."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from coercivity.base.errors import Fault
from coercivity.cases.arguments import PACKED
from coercivity.market.run import result_key
from coercivity.market.run.result_key import code_hash
from coercivity.papers.brief.report_data import FILES
from coercivity.verbs import kept_reports
from coercivity.verbs.brief_made import BriefAsked, brief_key
from coercivity.verbs.kept_reports import Asked, Report, Told, packed, told, unpacked
from coercivity.verbs.told_again import brief_told, outlook_told
from tests.places import ROOT

CASE = ROOT / "examples" / "magnet-jv"
HEAVY = ("highspy", "jinja2", "numpy", "polars", "pydantic", "pypinyin", "yaml")
REPORT = Report(("a line", "一行"), {"price": 1.5, "b": [None, True]}, {"a.html": b"<p>", "b.bin": bytes(range(256))})


class Memory(dict[str, bytes]):
    """A store in memory."""

    def __init__(self) -> None:
        self.notices: list[Fault] = []

    def put(self, key: str, content: bytes) -> None:
        self[key] = content


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Memory:
    found = Memory()
    monkeypatch.setattr("coercivity.verbs.told_again.user_store", lambda *, on: found if on else None)
    return found


def case_in(tmp_path: Path) -> Path:
    folder = tmp_path / "case"
    folder.mkdir()
    for path in CASE.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_a_report_comes_out_of_its_bytes_as_it_went_in() -> None:
    gone = Report(("x",), None, {}, frozenset({"old.parquet"}))
    assert [unpacked(packed(report)) for report in (REPORT, gone)] == [REPORT, gone]


def test_a_brief_asked_again_is_told_and_written_from_the_store(
    tmp_path: Path, store: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_in(tmp_path)

    def ask(out: str, on: str = "2025-08-15", *, cache: bool = True) -> Told:
        return brief_told(case, on, out=tmp_path / out, supply=False, cache=cache)

    made = ask("first")
    assert len(store) == 1
    monkeypatch.setattr("coercivity.verbs.brief.brief", None)
    again = ask("second")
    assert again.report == made.report
    names = [[path.name for path in each.written] for each in (made, again)]
    assert names[0] == names[1] == list(FILES)
    for name in names[0]:
        assert (tmp_path / "second" / name).read_bytes() == (tmp_path / "first" / name).read_bytes()
    with pytest.raises(TypeError, match="not callable"):
        ask("third", on="2025-08-16")
    with pytest.raises(TypeError, match="not callable"):
        ask("fourth", cache=False)


def test_a_file_that_a_report_leaves_out_does_not_stay_from_the_report_before(
    tmp_path: Path, store: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A PDF that is too large is left out; that of another case would be taken for it."""
    case = case_in(tmp_path)
    monkeypatch.setattr("coercivity.papers.printed.limits.MOST_CELLS", 10)

    def ask(out: str) -> set[str]:
        (tmp_path / out).mkdir()
        (tmp_path / out / "brief.pdf").write_bytes(b"of another case")
        brief_told(case, "2025-08-15", out=tmp_path / out, supply=False)
        return {path.name for path in (tmp_path / out).iterdir()}

    made = ask("first")
    assert len(store) == 1
    assert "brief.pdf" not in made
    assert ask("second") == made


def test_an_outlook_told_again_writes_every_file_of_the_first_time(tmp_path: Path, store: Memory) -> None:
    first, second = (
        outlook_told("no-controls", first="2024-10", last="2024-10", out=tmp_path / out) for out in ("first", "second")
    )
    assert len(store) == 1
    assert [path.name for path in second.written] == [path.name for path in first.written]
    assert {path.name for path in (tmp_path / "second").iterdir()} >= {"iamc.csv", "outlook.json"}


def test_a_changed_case_has_another_key_and_so_has_a_link(tmp_path: Path) -> None:
    case = case_in(tmp_path)
    asked = Asked("brief", {"on": "2025-08-15"}, case)
    keys = [asked.key()]
    table = case / "transactions.csv"
    whole = table.read_bytes()
    table.write_bytes(whole + b"\n")
    keys.append(asked.key())
    table.unlink()
    keys.append(asked.key())
    (tmp_path / "elsewhere.csv").write_bytes(whole)
    table.symlink_to(tmp_path / "elsewhere.csv")
    keys.append(asked.key())
    company = (case / "company.yaml").read_bytes()
    (case / "company.yaml").write_text("{}\n")
    keys.append(asked.key())
    assert None not in keys
    assert len(set(keys)) == len(keys)
    table.unlink()
    table.write_bytes(whole)
    (case / "company.yaml").write_bytes(company)
    assert asked.key() == keys[0]


@pytest.mark.parametrize("name", ["case.yaml", "transactions.csv", "company.yaml", "draws.json"])
def test_each_file_that_a_brief_reads_is_in_both_its_keys(name: str, tmp_path: Path) -> None:
    case = Path(shutil.copytree(ROOT / "examples" / "ev-motor", tmp_path / "case"))

    def keys() -> tuple[str | None, str | None]:
        return Asked("brief", {}, case).key(), brief_key(
            BriefAsked(case, "2026-11-24", None, None, "en", PACKED, False)
        )

    before = keys()
    (case / name).write_bytes((case / name).read_bytes() + b"\n")
    after = keys()
    assert None not in (*before, *after)
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_the_key_of_a_brief_covers_the_program_that_reads_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = BriefAsked(ROOT / "examples" / "ev-motor", "2026-11-24", None, None, "en", PACKED, False)
    before = brief_key(asked)
    monkeypatch.setattr(result_key, "code_hash", lambda package: "x" if package == "ensemble" else code_hash(package))
    assert brief_key(asked) != before


def test_another_question_another_program_and_another_library_have_other_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [Asked("brief", {"on": on}).key() for on in ("2025-08-15", "2025-08-16")]
    keys.append(Asked("outlook", {"on": "2025-08-15"}).key())
    with monkeypatch.context() as changed:
        changed.setattr(kept_reports, "package_hash", lambda: "another")
        keys.append(Asked("brief", {"on": "2025-08-15"}).key())
    with monkeypatch.context() as changed:
        changed.setattr(kept_reports, "_installed", lambda: ["numpy-9.9.dist-info"])
        keys.append(Asked("brief", {"on": "2025-08-15"}).key())
    assert len(set(keys)) == len(keys)


def test_the_hash_of_the_package_covers_every_file_but_what_python_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rooms" / "__pycache__").mkdir(parents=True)
    monkeypatch.setattr(kept_reports, "files", lambda name: tmp_path)
    found = [kept_reports.package_hash()]
    for name in ("a.py", "rooms/b.yaml", "rooms/c.j2"):
        (tmp_path / name).write_text("1")
        found.append(kept_reports.package_hash())
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    found.append(kept_reports.package_hash())
    assert len(set(found)) == len(found)
    (tmp_path / "rooms" / "__pycache__" / "parsed.json").write_text("1")
    assert kept_reports.package_hash() == found[-1]


@pytest.mark.parametrize("content", [b"", b"text", zlib.compress(b"{}"), zlib.compress(bytes(8) + b"{}")])
def test_whole_bytes_that_are_no_report_are_replaced(tmp_path: Path, content: bytes) -> None:
    asked, store = Asked("brief", {}, case_in(tmp_path)), Memory()
    key = asked.key()
    assert key is not None
    store[key] = content
    assert told(asked, store, None, lambda: Told(REPORT)).report == REPORT
    assert unpacked(store[key]) == REPORT


def test_a_file_changed_while_a_report_is_made_is_not_kept(tmp_path: Path) -> None:
    case, store = case_in(tmp_path), Memory()

    def make() -> Told:
        (case / "transactions.csv").write_bytes(b"another")
        return Told(REPORT)

    assert told(Asked("brief", {}, case), store, None, make).report == REPORT
    assert store == {}


@pytest.mark.parametrize("many", [True, False])
def test_a_folder_that_is_not_there_or_holds_too_much_is_not_kept(tmp_path: Path, many: bool) -> None:
    folder = tmp_path / "case"
    if many:
        folder.mkdir()
        for n in range(kept_reports.MOST_FILES + 1):
            (folder / f"{n}.csv").touch()
    store = Memory()
    assert told(Asked("brief", {}, folder), store, None, lambda: Told(REPORT)).report == REPORT
    assert store == {}


READS = """
import json, pathlib, sys
seen = set()
def hook(event, given):
    if event == "open" and isinstance(given[0], str) and not (given[1] or "r").startswith(("w", "x")):
        seen.add(given[0])
sys.addaudithook(hook)
from coercivity.verbs.told_again import brief_told, outlook_told
out = pathlib.Path(sys.argv[2])
brief_told(pathlib.Path(sys.argv[1]), "2026-11-24", out=out, supply=False, cache=False)
import coercivity, site, sysconfig
homes = {pathlib.Path(coercivity.__file__).parent, *map(pathlib.Path, sysconfig.get_paths().values())}
homes |= {pathlib.Path(place).resolve() for place in homes}
found = {pathlib.Path(name).absolute() for name in seen}
print(json.dumps(sorted(str(p) for p in found if p.is_file() and not any(p.is_relative_to(home) for home in homes))))
"""


def test_a_brief_reads_nothing_that_its_key_does_not_cover(tmp_path: Path) -> None:
    """Every file opened is one of the case folder, of this package, or of an installed distribution."""
    case, out = ROOT / "examples" / "ev-motor", tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-c", READS, str(case), str(out)], capture_output=True, text=True, check=True
    )
    read = {Path(name) for name in json.loads(done.stdout.splitlines()[-1])}
    wanted = {"case.yaml", "transactions.csv", "company.yaml", "draws.json"}
    assert {path.name for path in read if path.parent == case} == wanted
    others = {path for path in read if path.parent != case and tmp_path not in path.parents}
    assert {path for path in others if path.suffix not in (".pth", ".so", ".cfg")} <= {Path("/dev/null")}


AGAIN = """
import pathlib, sys
from coercivity.verbs import told_again
from coercivity.verbs.kept_reports import Report, packed
from coercivity.verbs.told_again import brief_told, clause_price_told, outlook_told
class Full:
    notices = []
    def get(self, key): return packed(Report(("told",), {}, {"brief.html": b"<p>"}))
    def put(self, key, content): sys.exit("made again")
    def refuse(self, key, why): pass
told_again.user_store = lambda *, on: Full()
case, out, span = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), {"first": "2025-01", "last": "2025-03"}
found = [brief_told(case, "2026-11-24", out=out), outlook_told("as-known", out=out, **span)]
found.append(clause_price_told("18/2025", "as-known", **span))
assert {each.report.lines for each in found} == {("told",)}
print(" ".join(name for name in sys.argv[3:] if name in sys.modules))
"""


def test_what_is_told_again_imports_no_engine(tmp_path: Path) -> None:
    case, out = ROOT / "examples" / "ev-motor", tmp_path / "out"
    command = [sys.executable, "-c", AGAIN, str(case), str(out), *HEAVY, "coercivity.law", "coercivity.market"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "\n"
    assert (out / "brief.html").read_bytes() == b"<p>"
