"""`coercivity cases`."""

from __future__ import annotations

from pathlib import Path

from coercivity.cli.options import PARTY_LAW, JsonFlag, PartyLawOptions
from coercivity.cli.out import put, put_json
from coercivity.cli.progress import progress_bar


def run(
    file: Path | None = None,
    *,
    by: PartyLawOptions = PARTY_LAW,
    json_: JsonFlag = False,
) -> int:
    """Run worked cases; exit code 1 when one differs.

    Args:
        file: File of cases. Default: all built-in cases.
        json_: Print a list of {id, expected, finding, outcome, agree, differences}.
    """
    from coercivity.verbs.cases import run_cases

    results = run_cases(file, law=by.law, progress=progress_bar("cases"))
    differing = [found for found in results if not found.agree]
    if json_:
        put_json([found.as_dict() for found in results])
    else:
        for found in results:
            mark = "agrees " if found.agree else "DIFFERS"
            put(f"{mark} {found.id:12} {found.finding:18} {found.outcome:8} {found.title[:60]}")
            put(*(f"        {line}" for line in found.differences))
        put(f"{len(results) - len(differing)} of {len(results)} agree")
    return 1 if differing else 0


def cover() -> int:
    """Print the clauses that lack a positive or a negative test case; exit code 1 when there are any."""
    from coercivity.verbs.cases import cover_cases

    lacking = cover_cases()
    for name, what in lacking.items():
        put(f"{name:28} no {' and no '.join(f'{key} case' for key in what)}")
    put(f"{len(lacking)} clauses lack a case" if lacking else "every clause has a positive and a negative case")
    return 1 if lacking else 0


def mutate(only: str = "", *, json_: JsonFlag = False) -> int:
    """Flip each condition of each rule in turn and check that a built-in case fails; exit code 1 below 95 percent.

    Args:
        only: Instrument or clause to limit the run to.
        json_: Print {total, caught, missed}.
    """
    from coercivity.verbs.cases import mutate_cases

    found = mutate_cases(only, progress=progress_bar("mutants"))
    if json_:
        put_json({"total": found.total, "caught": found.caught, "missed": list(found.missed)})
    else:
        for place, condition in found.missed:
            put(f"missed  {place:28} {condition}")
        share = found.caught / found.total if found.total else 0.0
        put(f"{found.caught} of {found.total} mutants detected, {share:.1%}")
    return 0 if found.caught >= 0.95 * found.total else 1
