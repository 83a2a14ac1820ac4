"""The chain of a company's workbook; every fault of its sheets is collected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.base.sums import total
from coercivity.firm.chain.general import general_of
from coercivity.firm.chain.model import MODES, Alternative, Chain, Returns, Stage
from coercivity.firm.chain.stage_names import stage_kind
from coercivity.firm.company.model import Company, ReturnRow, StageRow
from coercivity.workbooks.spec import folded

# Most alternatives of a stage; a distribution by day has fewer.
MOST_ALTERNATIVES = 400
MOST_STAGES = 40


@dataclass
class _Group:
    """The rows of one stage."""

    name: str
    kind: str
    rows: list[StageRow] = field(default_factory=list)
    returned: list[ReturnRow] = field(default_factory=list)

    @property
    def is_mode(self) -> bool:
        return self.kind in MODES


def build_chain(company: Company, faults: Faults, *, return_chance: Fraction | None = None) -> Chain | None:
    """Returns the chain of a company; faults are added, not raised.

    Args:
        company: The company; only the sheets Stages, Returns, Licences and Settings are read.
        faults: Receives every fault, with its place.
        return_chance: Chance of return in every round in place of those of the sheet.
    """
    before = len(faults.items)
    groups = _groups(company.stages)
    _check_order(groups, company.stages, faults)
    for group in groups.values():
        _check_rows(group, faults)
    _give_returns(groups, company.returns, faults)
    returns = {}
    for group in groups.values():
        found = _returns(group, return_chance, faults) if group.returned else None
        if found is not None:
            returns[group.name] = found
    if return_chance is not None and not returns and len(faults.items) == before:
        what = "a chance of return is given, and no stage returns files"
        faults.add("CHAIN-RETURN", what, where="return-chance", next="add a row to the sheet Returns")
    general = general_of(company, faults)
    if general is not None and groups:
        for kind in (general.leaves_out, general.finishes):
            if all(group.kind != kind for group in groups.values()):
                what = f"a general licence is counted between ministry and certificate; there is no stage {kind}"
                faults.add("CHAIN-LICENCE", what, where="Stages", next="add the stage, or leave out the licence")
        _check_finish(list(groups.values()), faults)
    if len(faults.items) > before:
        return None
    stages = [(_stage(group), group.is_mode) for group in groups.values()]
    return Chain(
        stages=tuple(stage for stage, is_mode in stages if not is_mode),
        modes=tuple(stage for stage, is_mode in stages if is_mode),
        returns=returns,
        general=general,
    )


def check_days(signed: Day | None, needed: Day | None, where: str, faults: Faults) -> None:
    """Adds a fault if the goods are needed before the day of signing, or years after it.

    Args:
        signed: Day of signing.
        needed: Day by which the goods are needed.
        where: Place of the day needed.
        faults: Receives the fault.
    """
    if signed is None or needed is None:
        return
    if needed < signed:
        what = f"the day needed, {needed}, is before the day of signing, {signed}"
        faults.add("CHAIN-DAY", what, where=where, next="correct one of the days")
    elif (needed - signed).days > _MOST_DAYS_AHEAD:
        what = f"the day needed, {needed}, is more than ten years after the day of signing, {signed}"
        faults.add("CHAIN-DAY", what, where=where, next="correct one of the days")


_MOST_DAYS_AHEAD = 3_653


def _groups(rows: Sequence[StageRow]) -> dict[str, _Group]:
    """Returns the rows by stage, in the order in which the stages are named first."""
    found: dict[str, _Group] = {}
    for row in rows:
        kind = stage_kind(row.stage)
        found.setdefault(kind or folded(row.stage), _Group(row.stage, kind)).rows.append(row)
    return found


def _check_order(groups: dict[str, _Group], rows: Sequence[StageRow], faults: Faults) -> None:
    if not groups:
        faults.add("CHAIN-STAGE", "there are no stages", where="Stages", next="add rows to the sheet Stages")
        return
    if len(groups) > MOST_STAGES:
        what = f"there are {len(groups)} stages; at most {MOST_STAGES} are counted"
        faults.add("CHAIN-STAGE", what, where="Stages", next="join stages")
    modes = [group for group in groups.values() if group.is_mode]
    if not modes:
        what = "no stage is a way of transport: " + ", ".join(MODES)
        faults.add("CHAIN-STAGE", what, where="Stages", next="end the chain with one of them")
    seen: _Group | None = None
    for group in groups.values():
        if group.is_mode:
            seen = seen or group
        elif seen is not None:
            what = f"{brief_value(seen.name)} ends the chain; {brief_value(group.name)} comes after it"
            faults.add("CHAIN-STAGE", what, where=group.rows[0].where, next="put ways of transport last")


def _check_rows(group: _Group, faults: Faults) -> None:
    first = group.rows[0]
    if len(group.rows) > MOST_ALTERNATIVES:
        what = f"{brief_value(group.name)} has {len(group.rows)} rows; at most {MOST_ALTERNATIVES} are counted"
        faults.add("CHAIN-STAGE", what, where=first.where, next="round the days")
    for row in group.rows:
        if row.unit != first.unit:
            what = f"{brief_value(group.name)} is counted in calendar days and in working days"
            faults.add("CHAIN-STAGE", what, where=row.where, next="use one unit for a stage")
            break
    added = sum((row.probability for row in group.rows), Fraction(0))
    if added != 1:
        what = f"the chances of {brief_value(group.name)} add up to {_decimal(added)}, not 1"
        faults.add("CHAIN-CHANCE", what, where=_span(group), next="correct the chances")


def _decimal(number: Fraction) -> str:
    return f"{(Decimal(number.numerator) / Decimal(number.denominator)).normalize():f}"


def _span(group: _Group) -> str:
    """Returns the place of the rows of a stage: that of the first, and the end of the last one's."""
    first, last = group.rows[0].where, group.rows[-1].where
    return first if first == last else f"{first} to {last.split(' ', 1)[-1]}"


def _check_finish(groups: Sequence[_Group], faults: Faults) -> None:
    kinds = [group.kind for group in groups]
    if "ministry" in kinds and "certificate" in kinds and kinds.index("certificate") < kinds.index("ministry"):
        where = groups[kinds.index("certificate")].rows[0].where
        faults.add("CHAIN-STAGE", "the certificate comes before the ministry", where=where, next="correct the order")


def _give_returns(groups: dict[str, _Group], rows: Sequence[ReturnRow], faults: Faults) -> None:
    for row in rows:
        group = groups.get(stage_kind(row.stage) or folded(row.stage))
        if group is not None:
            group.returned.append(row)
        elif groups:
            close = nearest(row.stage, [each.name for each in groups.values()])
            what = f"there is no stage {brief_value(row.stage)!r} that could return files"
            faults.add("CHAIN-RETURN", what, where=row.where, nearest=close, next="name a stage of the sheet Stages")


def _returns(group: _Group, chance: Fraction | None, faults: Faults) -> Returns | None:
    """Returns the rounds of a stage; rounds without a row after one that is not open are not returned."""
    rows = sorted(group.returned, key=lambda row: row.first_round)
    before = len(faults.items)
    shortest = min(row.days for row in group.rows)
    if group.rows[0].unit != "working":
        what = f"{brief_value(group.name)} is counted in calendar days; returns are counted in working days"
        faults.add("CHAIN-RETURN", what, where=rows[0].where, next="count the stage in working days")
    if group.is_mode:
        what = f"{brief_value(group.name)} is a way of transport and returns no files"
        faults.add("CHAIN-RETURN", what, where=rows[0].where, next="name another stage")
    for number, row in enumerate(rows, start=1):
        _check_round(row, number, rows, shortest, faults)
    last = rows[-1]
    if last.later and (last.chance if chance is None else chance) == 1:
        what = f"every file is returned at {brief_value(group.name)}, round after round"
        faults.add("CHAIN-RETURN", what, where=last.where, next="write a chance below 1")
    if len(faults.items) > before:
        return None
    chances = [row.chance for row in rows] if chance is None else [chance] * len(rows)
    days = tuple((row.found_on_day, row.rework_days) for row in rows)
    alike = len(set(days)) == 1
    return Returns(
        stage=group.name,
        chances=tuple(chances) if last.later else (*chances, Fraction(0)),
        found_on_day=days[0][0],
        rework_days=days[0][1],
        later=() if alike else days[1:],
    )


def _check_round(row: ReturnRow, number: int, rows: Sequence[ReturnRow], shortest: int, faults: Faults) -> None:
    if row.first_round != number:
        twice = row.first_round < number
        what = f"round {row.first_round} is there twice" if twice else f"round {number} is missing"
        faults.add("CHAIN-RETURN", what, where=row.where, next="write one row for each round, from 1")
    if row.later and number < len(rows):
        what = f"round {row.first_round} holds for all later rounds, and a later round has a row"
        faults.add("CHAIN-RETURN", what, where=row.where, next="write `and later` in the last row alone")
    if row.found_on_day > shortest:
        what = f"a file is found on day {row.found_on_day} of a term of {shortest} days"
        faults.add("CHAIN-RETURN", what, where=row.where, next="write a day within the term")
    if row.found_on_day < 1:
        what = "found_on_day is 0; the first day of a round is 1"
        faults.add("CHAIN-RETURN", what, where=row.where, next="write 1 or more")


def _stage(group: _Group) -> Stage:
    cases = [row.cases for row in group.rows if row.cases is not None]
    return Stage(
        name=group.name,
        unit=group.rows[0].unit,
        alternatives=tuple(Alternative(row.days, row.probability) for row in group.rows),
        quality=next((row.quality for row in group.rows if row.quality), ""),
        source=next((row.source for row in group.rows if row.source), ""),
        cases=total(cases) if cases else None,
        kind=group.kind,
    )
