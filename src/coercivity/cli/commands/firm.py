"""`coercivity clock` and `coercivity survive`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang
from coercivity.cli.out import put, put_json
from coercivity.cli.show import OverlayPaths, law_of, phrase, resolve_day, wrapped
from coercivity.papers.firm.report_text import clock_lines, survival_lines
from coercivity.verbs.clock import clock as clock_one
from coercivity.verbs.clock import clock_file
from coercivity.verbs.decide import facts_from_pairs
from coercivity.verbs.survive import survive as find_survival


def clock(
    file: Path | None = None,
    *,
    on: str,
    fact: Annotated[list[str] | None, Parameter(negative=())] = None,
    standing: Annotated[list[str] | None, Parameter(negative=())] = None,
    filed: str | None = None,
    percentile: Annotated[bool, Parameter(negative=())] = False,
    known: str | None = None,
    assume: str | None = None,
    pack: Path | None = None,
    overlay: OverlayPaths = None,
    json_: Annotated[bool, Parameter(name="--json", negative=())] = False,
    lang: Lang = "en",
) -> int:
    """How long a licence takes: stages, and three ends that are never added up: law, practice, draws.

    Exit code: 0, whatever the outcomes; 2 for bad input.

    Args:
        file: YAML file with `deals` or `cases`, a table, or a case folder.
        on: Day for which the deal is decided and on which papers begin, YYYY-MM-DD or today.
        fact: One fact of a single deal, name=value; sets take a;b. Repeat for more.
        standing: One answer to a standing question, name=value. Repeat for more.
        filed: Day of the filing, where it is done or fixed; filed before `on`, it is taken as pending on `on`.
        percentile: Tell seven quantiles of the draws instead of three.
        known: Day by which things count as published; by default the earlier of `on` and the last check.
        assume: Branches picked for planning, such as 62=lapsed,61=extended:2027-01-10.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
        json_: Print JSON.
        lang: Language of the text: en, zh or ja.
    """
    day, filed_day, known_day = resolve_day(on) or "", resolve_day(filed), resolve_day(known)
    law = law_of(pack, overlay)
    if file is not None:
        if fact or standing:
            raise CoercivityError.of(
                "FACT-FILE",
                "facts beside a file of deals would change nothing",
                where=file.as_posix(),
                next="write them into the file, or leave the file out to ask of one deal",
            )
        found = clock_file(file, on=day, filed=filed_day, known=known_day, assume=assume, law=law)
    else:
        facts, stated = facts_from_pairs(fact or [], law), facts_from_pairs(standing or [], law)
        found = [clock_one(facts, on=day, filed=filed_day, known=known_day, assume=assume, standing=stated, law=law)]
    if json_:
        put_json([entry.as_dict() for entry in found])
        return 0
    for entry in found:
        put(*wrapped(f"{entry.id}  {entry.title}".rstrip(), ""))
        for line in clock_lines(entry.body, lang, more=percentile):
            put(*wrapped(line.lstrip(), " " * (2 + len(line) - len(line.lstrip()))))
    put(phrase("not_legal_advice", lang))
    return 0


def survive(
    case_dir: Path,
    *,
    on: str,
    known: str | None = None,
    assume: str | None = None,
    pack: Path | None = None,
    overlay: OverlayPaths = None,
    json_: Annotated[bool, Parameter(name="--json", negative=())] = False,
    lang: Lang = "en",
) -> int:
    """How many days a firm goes on, by part and element, against the licence clock, and what each clause costs it.

    Exit code: 0, whatever the answer; 2 for bad input.

    Args:
        case_dir: Folder with case.yaml, transactions.csv and firm.yaml.
        on: Day from which days are counted and for which every flow is decided, YYYY-MM-DD or today.
        known: Day by which things count as published; by default the earlier of `on` and the last check.
        assume: Branches picked for planning, such as 62=lapsed,61=extended:2027-01-10.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
        json_: Print JSON.
        lang: Language of the text: en, zh or ja.
    """
    found = find_survival(
        case_dir, resolve_day(on) or "", known=resolve_day(known), assume=assume, law=law_of(pack, overlay)
    )
    if json_:
        put_json(found.as_dict())
        return 0
    for line in survival_lines(found.as_dict(), lang):
        put(*wrapped(line.lstrip(), " " * (len(line) - len(line.lstrip()))))
    put(phrase("not_legal_advice", lang))
    return 0
