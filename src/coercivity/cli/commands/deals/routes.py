"""`coercivity routes`."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.words import Lang
from coercivity.cli.options import PARTY_LAW, AsJson, DaysGiven, MaybeDay, PartyLawOptions
from coercivity.cli.out import put, put_json
from coercivity.cli.show import phrase, said


def routes(
    file: Path,
    *,
    jurisdiction: str,
    on: DaysGiven = None,
    known: MaybeDay = None,
    assume: str | None = None,
    by: PartyLawOptions = PARTY_LAW,
    csv: Path | None = None,
    lang: Lang = "en",
    json_: AsJson = False,
) -> int:
    """Compare supply routes under several laws, on several days and in every scenario, as one table.

    Exit code: that of the most restrictive result under the laws as they are: 0 PROCEED, 10 LICENCE, 20 STOP,
    30 UNKNOWN; 2 for bad input.

    Args:
        file: YAML file of deals, each with the steps of its chain.
        jurisdiction: Whose law, e.g. CN,US.
        on: Transaction date, YYYY-MM-DD or today. Default: the date of each deal. Can be repeated.
        known: Information cut-off: only notices published by this date count.
        assume: Planning assumption, e.g. 61=lapsed,us_widening_2027=as_written; what is assumed is no column.
        csv: CSV file to write the table to.
        lang: Language of the output: en or zh.
    """
    from coercivity.verbs.jurisdictions.route_text import route_lines
    from coercivity.verbs.jurisdictions.routes import routes as compare
    from coercivity.verbs.jurisdictions.routes import write_routes

    table = compare(file, jurisdiction=jurisdiction, on=on or (), known=known, assume=assume, law=by.law)
    if csv is not None:
        write_routes(csv, table, lang)
    if json_:
        put_json(table.as_dict())
    else:
        put(*route_lines(table, lang))
        if csv is not None:
            put(said(f"written: {csv.as_posix()}", lang))
        put(phrase("not_legal_advice", lang))
    return table.outcome.exit_code
