"""`coercivity clock` and `coercivity survive`."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.errors import CoercivityError
from coercivity.cli.options import (
    TIMED_LAW,
    AsJson,
    Assume,
    DayGiven,
    Facts,
    Flag,
    Known,
    MaybeDay,
    Stated,
    TextLang,
    TimedLawOptions,
)
from coercivity.cli.out import put, put_json
from coercivity.cli.show import phrase


def clock(
    file: Path | None = None,
    *,
    on: DayGiven,
    fact: Facts = None,
    standing: Stated = None,
    filed: MaybeDay = None,
    percentile: Flag = False,
    known: Known = None,
    assume: Assume = None,
    by: TimedLawOptions = TIMED_LAW,
    json_: AsJson = False,
    lang: TextLang = "en",
) -> int:
    """Show how long a licence takes, stage by stage: statutory, reported and simulated times, which are never added up.

    Exit code: 0, whatever the result; 2 for bad input.

    Args:
        file: YAML file with `deals` or `cases`, a table, or a case folder.
        on: Transaction date and first day of preparing the application, YYYY-MM-DD or today.
        filed: Date on which the application was or will be filed; a date before --on means it is pending.
        percentile: Print seven percentiles instead of three.
    """
    from coercivity.verbs.clock import clock as clock_one
    from coercivity.verbs.clock import clock_file
    from coercivity.verbs.decide import facts_from_pairs

    law = by.law
    if file is not None:
        if fact or standing:
            raise CoercivityError.of(
                "FACT-FILE",
                "facts and declarations cannot be combined with a deals file",
                where=file.as_posix(),
                next="write them into the file, or omit the file to check one deal",
            )
        found = clock_file(file, on=on, filed=filed, known=known, assume=assume, law=law)
    else:
        facts, stated = facts_from_pairs(fact or [], law), facts_from_pairs(standing or [], law)
        found = [clock_one(facts, on=on, filed=filed, known=known, assume=assume, standing=stated, law=law)]
    if json_:
        put_json([entry.as_dict() for entry in found])
        return 0
    for entry in found:
        put(*entry.lines(lang, more=percentile))
    put(phrase("not_legal_advice", lang))
    return 0


def survive(
    case_dir: Path,
    *,
    on: DayGiven,
    known: Known = None,
    assume: Assume = None,
    by: TimedLawOptions = TIMED_LAW,
    json_: AsJson = False,
    lang: TextLang = "en",
) -> int:
    """Estimate days of cover by part and element, compared with the licence time, and what each clause costs.

    Exit code: 0, whatever the result; 2 for bad input.

    Args:
        case_dir: Folder with case.yaml, transactions.csv and firm.yaml.
        on: First day of the count and date on which every supply flow is checked, YYYY-MM-DD or today.
    """
    from coercivity.verbs.survive import survive as find_survival

    found = find_survival(case_dir, on, known=known, assume=assume, law=by.law)
    if json_:
        put_json(found.as_dict())
        return 0
    put(*found.lines(lang), phrase("not_legal_advice", lang))
    return 0
