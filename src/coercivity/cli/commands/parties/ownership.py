"""`coercivity ownership`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from coercivity.base.errors import Argument, CoercivityError
from coercivity.base.words import Lang, say
from coercivity.cli.options import PACKED_LAW, LawOptions, MaybeDay, Paths
from coercivity.cli.out import fault_lines, json_line, put, put_json, put_raw
from coercivity.cli.show import columns, label

if TYPE_CHECKING:
    from coercivity.verbs.law import Law
    from coercivity.verbs.parties.ownership import CaseReport, OwnershipReport

Format = Literal["text", "json", "jsonl", "ftm"]
FAULTY = 2


def ownership(
    file: Path,
    *,
    target: str | None = None,
    on: MaybeDay = None,
    known: MaybeDay = None,
    list_: Annotated[Paths, Parameter(name="--list")] = None,
    by: LawOptions = PACKED_LAW,
    format_: Annotated[Format, Parameter(name="--format")] = "text",
    lang: Lang = "en",
) -> int:
    """Check whether listed parties own a company, by the rule of each regime.

    The file states who owns whom: CSV (owner, owned, percent), FollowTheMoney JSON lines, YAML or JSON. Owners whose
    listing it does not state are screened by name. A file with `cases` is answered line by line; exit code 2 if a case
    could not be read.

    Args:
        file: Who owns whom.
        target: Company asked about. Default: as the file states.
        on: Day asked about, YYYY-MM-DD or today. Default: as the file states.
        known: Information cut-off for the status of the rules.
        list_: List of parties of your own. Can be repeated.
        format_: text, json (the whole report), jsonl (a line per case) or ftm (the file as FollowTheMoney).
        lang: Language of the text: en or zh.
    """
    from coercivity.verbs.parties.ownership import CaseReport, ownership_cases, ownership_ftm
    from coercivity.verbs.parties.ownership import ownership as assess

    law: Law = replace(by.law, lists=tuple(list_ or ()))
    if format_ == "ftm":
        put_raw(ownership_ftm(file))
        return 0
    cases = ownership_cases(file, on=on, known=known, law=law)
    if cases is not None:
        if target is not None:
            what = "a file with cases states the target of each"
            raise CoercivityError.of("ARGUMENT", what, where=Argument("target"), next="omit it")
        return _cases(cases, format_, lang)
    report = assess(file, target=target, on=on, known=known, law=law)
    if format_ == "json":
        put_json(report.as_dict())
    elif format_ == "jsonl":
        put(json_line(CaseReport(report.answer.name, report).as_dict()))
    else:
        put(*_lines(report, lang))
    return 0


def _cases(cases: Iterator[CaseReport], format_: Format, lang: Lang) -> int:
    faulty = False
    for case in cases:
        faulty |= case.report is None
        if format_ == "jsonl":
            put(json_line(case.as_dict()))
        elif format_ == "json":
            whole = case.as_dict() if case.report is None else {"id": case.case_id, **case.report.as_dict()}
            put(json_line(whole))
        elif case.report is None:
            put(case.case_id, *(f"  {line}" for fault in case.faults for line in fault_lines(fault, lang)), "")
        else:
            put(case.case_id, *(f"  {line}".rstrip() for line in _lines(case.report, lang)), "")
    return FAULTY if faulty else 0


def _lines(report: OwnershipReport, lang: Lang) -> Iterator[str]:
    text, answer = report.text(lang), report.answer
    yield f"{answer.name}  {answer.on}"
    for rule, one in report.regimes:
        status = label("statuses", one.status.value, lang)
        yield ""
        name = say(rule.name.as_dict(), lang)
        told = f"{name}：{status}" if lang == "zh" else f"{name}: {status}"
        yield f"{columns((text.structure(one), 12))} {told}"
        yield f"    {text.reason(one, answer.target, rule)}"
        yield from (f"      {text.step(step)}" for step in one.steps)
        settles = list(text.settles(one))
        if settles:
            yield f"    {text.settles_head}"
            yield from (f"      {told}" for told in settles)
        if one.structure == "not_caught" and (gap := text.gap(report.with_gaps(rule.id))):
            yield f"    {gap}"
    yield from filter(None, ["", text.unstated(answer), *text.notes(answer)])
