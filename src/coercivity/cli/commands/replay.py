"""`coercivity replay`, `coercivity rules diff` and `coercivity rules overlay`."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.sums import total
from coercivity.base.words import Lang
from coercivity.cli.options import PARTY_LAW, AsJson, DayGiven, DaysGiven, MaybeDay, PartyLawOptions, WordsLang
from coercivity.cli.out import fault_lines, put, put_json
from coercivity.cli.progress import progress_bar
from coercivity.cli.rule_sides import DiffAsked, Whose, put_diff
from coercivity.cli.show import columns, label, outcome, phrase, said

if TYPE_CHECKING:
    from coercivity.verbs.replay import Replayed


def replay(
    file: Path,
    *,
    on: DaysGiven = None,
    known: MaybeDay = None,
    assume: str | None = None,
    standing: Path | None = None,
    by: PartyLawOptions = PARTY_LAW,
    out: Path | None = None,
    lang: WordsLang = "en",
    json_: AsJson = False,
) -> int:
    """Check deals again on several dates, or earlier results under today's rulebook; old and new hashes are both shown.

    Args:
        file: Table of deals (.csv), YAML file of deals or cases, case folder, or JSON file of earlier results.
        on: Transaction date, YYYY-MM-DD or today. Default: the date of each deal. Can be repeated.
        known: Information cut-off: only notices published by this date count.
        assume: Planning assumption for suspensions. Default: that of the earlier result.
        standing: YAML file with compliance declarations for every row of a table.
        out: JSON file for the old and new results with their audit trails.
    """
    from coercivity.verbs.replay import replay as replay_file
    from coercivity.verbs.replay import write_replayed
    from coercivity.verbs.vouch import vouch_sentence, vouches_of

    law = by.law
    rows = replay_file(
        file,
        on or (),
        known=known,
        assume=assume,
        standing=standing,
        law=law,
        progress=progress_bar("replay"),
    )
    if json_:
        put_json([row.as_dict() for row in rows])
    else:
        put(*_replayed(rows, lang), *vouch_sentence(vouches_of(law), lang))
    if out is not None:
        write_replayed(out, rows)
        put(said(f"written: {out.as_posix()}", lang))
    return 0


def _replayed(rows: list[Replayed], lang: Lang) -> Iterator[str]:
    for row in rows:
        decision = row.decision
        finding = _finding(row, lang)
        cells = columns((row.id, 14), (row.on, 10), (outcome(row.outcome.value, lang), 8))
        yield f"{cells}{_risk(decision.may_become, lang)}  {finding}"
        for name, effect in row.effects.items():
            if effect != "not_listed":
                yield f"      {columns((name, 34))} {_effect(effect, lang)}"
        if row.past is not None:
            mark = said("CHANGED" if row.changed else "unchanged", lang)
            was = outcome(row.past.outcome, lang), label("findings", row.past.finding, lang)
            pack = said(f"rulebook {row.past.pack}", lang)
            yield f"      {said('was', lang)} {' '.join(was)}  {row.past.hash}  {pack}"
            now = outcome(row.outcome.value, lang), finding
            yield f"      {said('now', lang)} {' '.join(now)}  {row.proof['hash']}  {mark}"
        else:
            yield f"      {said('hash', lang)} {row.proof['hash']}"
    old = [row for row in rows if row.past is not None]
    if old:
        same = sum(row.past is not None and row.past.hash == row.proof["hash"] for row in old)
        changed = total(row.changed for row in old)
        yield said(f"{len(old)} results rechecked: {changed} changed, {same} with the same hash", lang)


def _effect(effect: str, lang: Lang) -> str:
    return outcome(effect, lang) if effect.isupper() else label("statuses", effect, lang)


def _risk(may_become: Enum | None, lang: Lang) -> str:
    return f" ({phrase('may_become', lang)} {outcome(may_become.value, lang)})" if may_become else ""


def diff(
    before: DayGiven,
    after: DayGiven,
    *,
    deals: Path | None = None,
    known: MaybeDay = None,
    assume: str | None = None,
    standing: Path | None = None,
    jurisdiction: Whose = None,
    by: PartyLawOptions = PARTY_LAW,
    lang: WordsLang = "en",
    json_: AsJson = False,
) -> int:
    """Compare two dates: clauses whose status changes, deals whose result changes with them, their volume and value.

    Args:
        before: First date, YYYY-MM-DD or today.
        after: Second date.
        deals: Table of deals (.csv), YAML file of deals, or case folder.
        known: Information cut-off for both dates. Default: for each, the earlier of the date and our last check.
        assume: Planning assumption for suspensions, e.g. 62=lapsed,61=extended:2027-01-10.
        standing: YAML file with compliance declarations for every row of a table.
    """
    if jurisdiction is not None:
        asked = DiffAsked(lang, known, assume, {"--deals": deals, "--standing": standing})
        return put_diff(before, after, jurisdiction, by, asked, json=json_)
    from coercivity.verbs.replay import diff_plain, rules_diff
    from coercivity.verbs.vouch import vouch_sentence, vouches_of
    from coercivity.verbs.words import clause_title

    found = rules_diff(
        before,
        after,
        deals=deals,
        known=known,
        assume=assume,
        standing=standing,
        law=by.law,
    )
    if json_:
        put_json(diff_plain(found))
        return 0
    put(said(f"{found.before} compared with {found.after}", lang))
    for entry in found.clauses:
        states = " -> ".join(_state(s.status.value, s.until, lang) for s in (entry.before, entry.after))
        name = clause_title(entry.rule.instrument, entry.rule.provision, lang)
        put(f"  {columns((entry.rule.id, 22), (name, 48))} {states}")
    several = len({e.rule.instrument.id for e in found.clauses})
    told = f"{len(found.clauses)} clauses of {several} instruments"
    if several == 1:
        told = (
            "1 clause of 1 instrument" if len(found.clauses) == 1 else f"{len(found.clauses)} clauses of 1 instrument"
        )
    put(said(told, lang))
    for row in found.deals:
        before_, after_ = (outcome(answer.outcome.value, lang) for answer in (row.before, row.after))
        told = f"{before_} -> {after_}{_risk(row.after.may_become, lang)}"
        why = ", ".join(f"{n}: {_effect(was, lang)} -> {_effect(now, lang)}" for n, was, now in row.because)
        put(f"  {columns((row.deal.id, 14))} {told}   {why}")
    if deals is not None:
        put(said(f"{len(found.deals)} deals change; {found.unmoved} do not", lang))
        if found.held_back:
            text = (
                f"{found.held_back} of the others gain or lose PROCEED only because of the first or last date covered"
            )
            put(said(text, lang))
        money = ", ".join(f"{amount:,f} {currency}" for currency, amount in found.values.items()) or "no value stated"
        rest = f"; {found.unweighed} with neither mass nor value" if found.unweighed else ""
        put(said(f"total of the deals that change: {found.mass_kg / 1000:,f} t; {money}{rest}", lang))
        put(*vouch_sentence(vouches_of(by.law), lang))
    return 0


def _answered(row: Replayed, lang: Lang) -> str:
    risk = _risk(row.decision.may_become, lang)
    return f"{outcome(row.outcome.value, lang)}{risk} {_finding(row, lang)}"


def _finding(row: Replayed, lang: Lang) -> str:
    """Returns the finding; where the rules were not verified to the date, the day to which it holds."""
    decision = row.decision
    told = label("findings", decision.finding.word, lang)
    if decision.unverified and decision.on > decision.checked_through:
        return said(f"{told} under the rules verified to {decision.checked_through}", lang)
    return told


def _state(status: str, until: Day | None, lang: Lang) -> str:
    """Returns a status with the last day of the suspension, or with the first day that is unconfirmed after it."""
    if until is None:
        return label("statuses", status, lang)
    told = f"from {until + ONE_DAY}" if status == "unknown" else f"to {until}"
    return f"{label('statuses', status, lang)} ({said(told, lang)})"


def overlay(
    file: list[Path],
    /,
    *,
    deals: Path | None = None,
    on: DaysGiven = None,
    standing: Path | None = None,
    notice: Path | None = None,
    pack: Path | None = None,
    lang: WordsLang = "en",
) -> int:
    """Check user-supplied notices and show what they would change, saving nothing; exit code 1 when there is an error.

    Args:
        file: One or more user-supplied notices, in the order in which they are added to the rulebook.
        deals: Deals, or a JSON file of earlier results, to check with and without the notices.
        on: Transaction date, YYYY-MM-DD or today. Default: the date of each deal. Can be repeated.
        standing: YAML file with compliance declarations for every row of a table.
        notice: Text of the notice (.txt or .md), shown beside the file with the words that say its values.
        pack: Folder of a rulebook. Default: the built-in rulebook.
    """
    from coercivity.verbs.law import Law
    from coercivity.verbs.notice import read_notice
    from coercivity.verbs.overlay import overlay_dry_run
    from coercivity.verbs.vouch import vouch_sentence

    beside = read_notice(notice, file, law=Law(pack)) if notice is not None else None
    found = overlay_dry_run(
        file, deals=deals, on=on or (), standing=standing, pack=pack, progress=progress_bar("rules check")
    )
    for fault in found.faults:
        put(*fault_lines(fault, lang))
    if found.faults:
        return 1
    for clause in found.clauses:
        put(f"{columns((clause.instrument, 30), (clause.provision, 22))}")
        for mark, runs in (("without", clause.before), ("with", clause.after)):
            from_days = (
                (label("statuses", status.value, lang), said(f"from {first}", lang)) for first, status in runs[1:]
            )
            told = ", ".join(" ".join(each) for each in from_days)
            put(f"    {said(mark, lang):8} {told or '-'}")
    put(said(f"{len(found.clauses)} clauses change status on some date", lang))
    for without, with_ in found.changed:
        old, new = (_answered(row, lang) for row in (without, with_))
        put(f"  {columns((without.id, 14), (without.on, 10))} {old} -> {new}")
    if deals is not None:
        put(said(f"{len(found.changed)} of {len(found.decisions)} results change", lang))
        put(*vouch_sentence(found.vouches, lang))
    if beside is not None:
        put("", *beside.lines(lang))
    return 0
