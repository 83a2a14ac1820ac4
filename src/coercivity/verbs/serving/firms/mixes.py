"""The answers of the server about a mix, each computed in a child process and kept for the next page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from coercivity.base.errors import CoercivityError, Faults
from coercivity.base.words import Lang
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.input import Content
from coercivity.firm.company.mix_sheets.use import mix_months
from coercivity.firm.company.needs import empty_sheets
from coercivity.firm.company.sources import company_of
from coercivity.firm.mix.answer import ALL_SETS_OPTIONS
from coercivity.verbs.mix import MixReport, best_mix
from coercivity.verbs.mix_law import MixLawAsked, read_mix_law
from coercivity.verbs.mix_sections import MixFile, figure, mix_file
from coercivity.verbs.serving.firms.answers import named
from coercivity.verbs.serving.firms.apart import apart
from coercivity.verbs.serving.firms.files import firm_examples
from coercivity.verbs.serving.firms.latest import Latest, content_key, law_key
from coercivity.verbs.serving.firms.what_if import WhatIf, changed, limits_in
from coercivity.verbs.workbook import workbook_hash

AS_IT_IS = WhatIf()
MIX_FILE = "mix.json"  # of a job
MOST_WAITED_S = 15.0  # by far less than the limit of a child, which may be busy
# Time of a best mix with its plans by weight, on one core [s]: for each scenario, and for each month of a grade in it.
_SCENARIO_S, _MONTH_S = 0.06, 0.005
TIME = "UPLOAD-TIME"
_LIMIT_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class MixOptionName:
    """An option of the workbook and what kind it is."""

    option: str
    kind: str


@dataclass(frozen=True, slots=True)
class MixShape:
    """What of a workbook can be changed.

    Attributes:
        options: Options that a mix is chosen from.
        grades: Grades.
        limits: Value by limit as text; blank without a limit.
        few: Whether there are so few options that every set of them is compared; then the plans by weight and the
            worth of knowing legal facts in time come with the result, else only when asked for.
        hash: SHA-256 of what the workbook says.
        scenarios: Number of scenarios.
        seconds: About how long its best mix takes [s].
    """

    options: tuple[MixOptionName, ...]
    grades: tuple[str, ...]
    limits: tuple[tuple[str, str], ...]
    few: bool
    hash: str
    scenarios: int
    seconds: float

    @property
    def waits(self) -> bool:
        """Whether a page waits for the best mix; else it is a job, with progress and without a limit of time."""
        return self.seconds <= MOST_WAITED_S


@dataclass(frozen=True, slots=True)
class MixWanted:
    """What is asked of a workbook.

    Attributes:
        source: The workbook.
        what_if: Changes of it.
        late: Price legal facts that are known late.
        frontier: Find the best plan at 21 weights.
        on: First day of the mix for the law; None: the day of the stock count.
        known: Information cut-off for the law.
        assume: Planning assumptions.
        law: The rulebook to use.
    """

    source: Content
    what_if: WhatIf = AS_IT_IS
    late: bool = False
    frontier: bool = False
    on: str | None = None
    known: str | None = None
    assume: str | None = None
    law: Law = PACKED

    @property
    def key(self) -> tuple[object, ...] | None:
        """What tells the answer from others, the user's own files for the law by their content; None with a folder."""
        rules = law_key(self.law)
        if rules is None:
            return None
        asked = (self.late, self.frontier, self.on, self.known, self.assume)
        return (rules, *content_key(self.source), self.what_if, *asked)


_FOUND, _SHAPES = Latest[MixReport](), Latest[MixShape]()


def mix_found(wanted: MixWanted) -> MixReport:
    """Returns the best mix, computed only if it is not kept.

    Raises:
        CoercivityError: With every fault of the workbook and the changes.
        RefusedError: If too many workbooks are being read.
    """
    try:
        with named(wanted.source):
            return _FOUND.found(wanted.key, lambda: apart(computed, wanted))
    except CoercivityError as error:
        raise too_long(wanted.source) if any(fault.code == TIME for fault in error.faults) else error from None


def too_long(source: Content) -> CoercivityError:
    """Returns the error for a best mix that a page or a request does not wait for."""
    what = "the best mix of this workbook takes longer than a page can wait"
    do = "start it on the screen Best mix, or send it to `/api/firm/mix/start`; both show progress and have no limit"
    return CoercivityError.of(TIME, what, where=source.name, next=do)


def computed(
    wanted: MixWanted, *, flips: bool = False, progress: Callable[[int, int], None] | None = None
) -> MixReport:
    """Returns the best mix of a workbook with changes.

    Args:
        wanted: What is asked.
        flips: Look for what would change the choice.
        progress: Is told the steps that are done and their number.

    Raises:
        CoercivityError: With every fault of the workbook and the changes; `INFEASIBLE` if no plan keeps all limits.
    """
    company = company_of(wanted.source)
    made, numbers = changed(company, wanted.what_if)
    return best_mix(
        made,
        weight=numbers.weight,
        cvar=numbers.level,
        stock_alone=bool(company.mix_options) and not made.mix_options,
        independent=wanted.what_if.apart,
        flips=flips,
        late=wanted.late,
        frontier=wanted.frontier,
        on=wanted.on,
        known=wanted.known,
        assume=wanted.assume,
        law=wanted.law,
        progress=progress,
    ).body


def mix_file_of(name: MixFile, body: MixReport, wanted: MixWanted, lang: Lang) -> bytes:
    """Returns a file of a result.

    Args:
        name: Name of the file.
        body: The result.
        wanted: What was asked.
        lang: Language of sheets, cells and slide.

    Raises:
        CoercivityError: If it cannot be made.
        RefusedError: If too many workbooks are being read.
    """
    with named(wanted.source):
        return apart(_file, name, body, wanted, lang)


def _file(name: MixFile, body: MixReport, wanted: MixWanted, lang: Lang) -> bytes:
    company, _ = changed(company_of(wanted.source), wanted.what_if)
    return mix_file(name, body, company, lang)


@cache
def mix_examples() -> tuple[str, ...]:
    """Returns the names of the example workbooks that a mix can be chosen from."""
    return tuple(name for name, path in firm_examples().items() if not empty_sheets(company_of(path), "mix"))


def mix_shape(source: Content) -> MixShape:
    """Returns what of a workbook can be changed.

    Raises:
        CoercivityError: With every fault of the workbook.
        RefusedError: If too many workbooks are being read.
    """
    with named(source):
        return _SHAPES.found(content_key(source), lambda: apart(_shape, source))


def mix_checked(wanted: MixWanted) -> MixShape:
    """Checks days and changes of a workbook before a long search begins, and returns what of it can be changed.

    Raises:
        CoercivityError: With every fault of the workbook, the days and the changes.
        RefusedError: If too many workbooks are being read.
    """
    with named(wanted.source):
        apart(_check, wanted)
    return mix_shape(wanted.source)


def _check(wanted: MixWanted) -> None:
    faults = Faults()
    read_mix_law(MixLawAsked(wanted.on, wanted.known, wanted.assume, wanted.law), wanted.source, faults)
    with faults.kept():
        changed(company_of(wanted.source), wanted.what_if)
    faults.raise_if_any()


def _shape(source: Content) -> MixShape:
    company = company_of(source)
    limits = ((name, "" if value is None else str(value)) for name, value in limits_in(company).items())
    return MixShape(
        options=tuple(MixOptionName(row.option, row.kind) for row in company.mix_options),
        grades=tuple(grade.grade for grade in company.grades),
        limits=tuple((name, figure(text, _LIMIT_DECIMALS, trim=True) if text else "") for name, text in limits),
        few=len(company.mix_options) <= ALL_SETS_OPTIONS,
        hash=workbook_hash(source),
        scenarios=len(company.scenarios),
        seconds=len(company.scenarios) * (_SCENARIO_S + _MONTH_S * (mix_months(company) or 0) * len(company.grades)),
    )
