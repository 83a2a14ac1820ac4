"""`coercivity judge`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from coercivity.base.errors import Argument, CoercivityError
from coercivity.base.words import Lang
from coercivity.cli.commands.parties.screen import screened
from coercivity.cli.options import PARTY_LAW, AsJson, MaybeDay, PartyLawOptions, Texts
from coercivity.cli.out import put, put_json
from coercivity.cli.show import label, said

if TYPE_CHECKING:
    from coercivity.verbs.parties.judge import Judged, PairHistory


def judge(
    pairs: list[str] | None = None,
    *,
    says: str = "",
    by: str = "",
    why: str = "",
    of: Annotated[Texts, Parameter(name="--of")] = None,
    law: PartyLawOptions = PARTY_LAW,
    on: MaybeDay = None,
    country: str = "",
    address: str = "",
    column: Texts = None,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    json_: AsJson = False,
    lang: Lang = "en",
) -> int:
    """Record whether names are listed parties, in a file to which lines are only ever added; or show the record.

    Give the same names or file and the same lists as to `screen`, and the numbers or ids of the pairs it printed. A
    decision settles every row of a pair. Without --says the judgements of the pairs are shown, or all in the file.

    Args:
        pairs: Numbers or ids of pairs, as `screen` prints them; row:ID for all pairs of a row.
        says: same, different, unsure; withdrawn undoes the last judgement, and needs no --of if pairs are given by id.
        by: Person or department that decides.
        why: The reason, in a sentence.
        of: The names or the file that was screened. Can be repeated for names.
        on: Date given to `screen`.
        country: Country given to `screen`.
        address: Address given to `screen`.
        column: Role of a column given to `screen`, COLUMN=ROLE. Can be repeated.
        sheet: Worksheet of an XLSX file.
        encoding: Encoding of a CSV or text file.
        delimiter: Delimiter of a CSV file.
        lang: Language of the text: en or zh.
    """
    from coercivity.verbs.parties.judge import histories_in, judgement_history, withdraw
    from coercivity.verbs.parties.judge import judge as record

    if law.judgements is None:
        what = "no file of judgements was named"
        raise CoercivityError.of("ARGUMENT", what, where=Argument("judgements"), next="add --judgements FILE")
    about = {name: text for name, text in (("country", country), ("address", address)) if text}
    reading = {"sheet": sheet, "encoding": encoding, "delimiter": delimiter}
    used = law if law.judgements.exists() else replace(law, judgements=None)  # created with the first judgement
    report = screened(of, used.law, on=on, about=about, column=column, **reading) if of else None
    named = pairs or []
    if not says:
        found = judgement_history(law.judgements, named) if report is None else histories_in(report, named)
        _show(found, json_, lang)
        return 0
    at = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if report is not None:
        done = record(report, named, says, by=by, why=why, path=law.judgements, at=at)
    elif says == "withdrawn":
        done = withdraw(law.judgements, named, by=by, why=why, at=at)
    else:
        what = "the screening is not named, so the pairs are not known"
        raise CoercivityError.of("ARGUMENT", what, where=Argument("of"), next="add --of with the file or the names")
    _tell(done, json_, lang)
    return 0


def _tell(done: Judged, json_: bool, lang: Lang) -> None:
    if json_:
        put_json(done.as_dict())
        return
    for one in done.judgements:
        put(f"{label('judgements', one.says, lang)}: {one.written} / {one.entry_id}")
    pairs = said("1 pair judged" if done.pairs == 1 else f"{done.pairs} pairs judged", lang)
    rows = said("settles 1 row" if done.rows == 1 else f"settles {done.rows} rows", lang) if done.rows else ""
    put("; ".join(filter(None, (pairs, rows))))


def _show(found: Sequence[PairHistory], json_: bool, lang: Lang) -> None:
    if json_:
        put_json([one.as_dict() for one in found])
        return
    for history in found:
        last = history.judgements[-1]
        put(f"{label('screening', 'pair', lang)} {history.pair}  {last.written} / {last.entry_id} ({last.list_id})")
        put(
            *(
                f"    {one.at}  {label('judgements', one.says, lang)}: {one.why} ({one.by})"
                for one in history.judgements
            )
        )
    if not found:
        put(said("no judgement is recorded", lang))
