"""`doctor`: checks the installation."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from coercivity.base.days import needed_day
from coercivity.base.errors import CoercivityError
from coercivity.base.version import ENGINE_VERSION
from coercivity.cases.arguments import ON
from coercivity.data.packs import list_packs, open_pack
from coercivity.law.explain.proof import SCHEMA as PROOF_FORMAT
from coercivity.law.rules.jurisdictions.names import abroad_folder
from coercivity.law.rules.load import law_folder, load_rulebook
from coercivity.law.rules.parsed import forget
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.brief.report_json import SCHEMA as REPORT_FORMAT

EXTRAS = {"serve": ("fastapi", "uvicorn", "httptools", "python-multipart", "vl-convert-python")}
DATA_SETS = {"world": "market data", "practice": "practice data", "observations": "observations"}
NEEDED = ("pydantic", "PyYAML", "cyclopts", "polars", "jinja2", "opencc-python-reimplemented")


@dataclass(frozen=True, slots=True)
class DoctorFinding:
    """One item checked."""

    what: str
    state: str
    ok: bool
    next: str = ""


def doctor(on: str) -> list[DoctorFinding]:
    """Checks the interpreter, the libraries, and the packs and their age.

    Args:
        on: Date as of which age is counted, YYYY-MM-DD.

    Examples:
        >>> [found.what for found in coercivity.doctor("2026-11-27")][:2]
        ['coercivity', 'python']
    """
    found = [
        DoctorFinding("coercivity", ENGINE_VERSION, ok=True),
        DoctorFinding(
            "python",
            f"{platform.python_version()} on {platform.system()}",
            sys.version_info >= (3, 11),
            "use Python 3.11 or newer",
        ),
    ]
    for name in NEEDED:
        try:
            found.append(DoctorFinding(name, version(name), ok=True))
        except PackageNotFoundError:
            found.append(DoctorFinding(name, "missing", ok=False, next=f"install {name}"))
    found += [_extra(name, parts) for name, parts in EXTRAS.items()]
    forget(law_folder())  # the files themselves are read, not what is kept of them
    try:
        book, abroad = load_rulebook(), load_rulebook(abroad_folder())
    except CoercivityError as error:
        return [*found, DoctorFinding("rulebook", error.text()[:400], ok=False, next="run `coercivity rules check`")]
    age = (needed_day(on, ON) - book.verified_through).days
    late = age > 45
    return [
        *found,
        DoctorFinding("rulebook", _rules(book), ok=True),
        DoctorFinding("other laws", _rules(abroad), ok=True),
        *_data_sets(),
        DoctorFinding("formats", f"{PROOF_FORMAT}, {REPORT_FORMAT}", ok=True),
        DoctorFinding(
            "verified to",
            f"{book.verified_through}, {age} days before {on}",
            not late,
            "look for newer notices; if there are none, record the check as in docs/start.md, else update the rulebook",
        ),
    ]


def _rules(book: Rulebook) -> str:
    """Returns version, size and hash of a rulebook."""
    clauses = sum(len(instrument.provisions) for instrument in book.instruments.values())
    size = f"{len(book.instruments)} instruments, {clauses} clauses ({len(book.rules)} with an effect on results)"
    return f"version {book.version}: {size}, hash {book.content_hash[:12]}"


def _data_sets() -> list[DoctorFinding]:
    """Returns the versions and hashes of the data sets other than the rulebook."""
    packs = [(DATA_SETS[name], open_pack(name)) for name in list_packs() if name in DATA_SETS]
    return [DoctorFinding(what, f"version {p.version}, hash {p.content_hash[:12]}", ok=True) for what, p in packs]


def _extra(name: str, parts: tuple[str, ...]) -> DoctorFinding:
    """Checks whether the packages of an extra are installed; nothing else needs them."""
    missing = missing_of(parts)
    state = f"not installed: {', '.join(missing)}" if missing else "installed"
    return DoctorFinding(f"extra {name}", state, ok=True)


def missing_of(parts: tuple[str, ...]) -> list[str]:
    """Returns the packages that are not installed."""
    missing = []
    for part in parts:
        try:
            version(part)
        except PackageNotFoundError:
            missing.append(part)
    return missing
