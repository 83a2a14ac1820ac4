"""`coercivity decide`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from coercivity.base.errors import CoercivityError
from coercivity.base.words import Lang
from coercivity.cli.out import put, put_json
from coercivity.cli.show import OverlayPaths, answer_lines, law_of, phrase, resolve_day
from coercivity.cli.show_depth import depth_lines
from coercivity.verbs.answers import Answer, gravest
from coercivity.verbs.decide import decide as decide_one
from coercivity.verbs.decide import decide_file, facts_from_pairs
from coercivity.verbs.depth import flips as find_flips
from coercivity.verbs.depth import flips_dict, sheet, windows_dict
from coercivity.verbs.depth import windows as find_windows


def decide(
    file: Path | None = None,
    *,
    fact: Annotated[list[str] | None, Parameter(negative=())] = None,
    standing: Annotated[list[str] | None, Parameter(negative=())] = None,
    said_by: str = "",
    on: str | None = None,
    known: str | None = None,
    assume: str | None = None,
    pack: Path | None = None,
    overlay: OverlayPaths = None,
    explain: bool = False,
    papers: bool = False,
    flips: bool = False,
    windows: bool = False,
    json_: Annotated[bool, Parameter(name="--json", negative=())] = False,
    lang: Lang = "en",
) -> int:
    """Decide one deal, or every deal of a file.

    Exit code: 0 PROCEED, 10 LICENCE, 20 STOP, 30 UNKNOWN; the gravest of several; 2 for bad input.

    Args:
        file: YAML file with `deals` or `cases` and an optional `standing` block.
        fact: One fact of a single deal, name=value; sets take a;b. Repeat for more.
        standing: One answer to a standing question, name=value. Repeat for more.
        said_by: Who gave the standing answers.
        on: Day of the act, YYYY-MM-DD or today.
        known: Day by which things count as published; by default the earlier of `on` and the last check.
        assume: Branches picked for planning, such as 62=lapsed,61=extended:2027-01-10.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
        explain: Print the proof, step by step.
        papers: Print ways, papers, clocks, duties and exposure by law, and what practice reports, apart.
        flips: Print the smallest changes of facts, and the first later day, that give another outcome.
        windows: Print the answer for every day from a year before to the second year after, as runs of days.
        json_: Print JSON.
        lang: Language of the text: en, zh or ja.
    """
    day, law = resolve_day(on), law_of(pack, overlay)
    if file is not None:
        _alone(file, {"--fact": fact, "--standing": standing, "--said-by": said_by})
        answers = decide_file(file, on=day, known=resolve_day(known), assume=assume, law=law)
    else:
        facts = facts_from_pairs(fact or [], law)
        stated = facts_from_pairs(standing or [], law)
        answers = [
            decide_one(
                facts, on=day, known=resolve_day(known), assume=assume, standing=stated, said_by=said_by, law=law
            )
        ]
    if json_:
        put_json([_row(found, papers=papers, flips=flips, windows=windows) for found in answers])
    else:
        for found in answers:
            put(*answer_lines(found, lang, explain=explain))
            put(*depth_lines(found, lang, papers=papers, turns=flips, days=windows))
        put(phrase("not_legal_advice", lang))
    return gravest(answers).exit_code if answers else 0


def _alone(file: Path, beside: Mapping[str, object]) -> None:
    """Refuses facts and answers given beside a file: they would change no deal in it."""
    given = [name for name, value in beside.items() if value]
    if given:
        raise CoercivityError.of(
            "FACT-FILE",
            f"{' and '.join(given)} beside a file of deals would change nothing",
            where=file.as_posix(),
            next="write it into the file, or leave the file out to decide one deal",
        )


def _row(found: Answer, *, papers: bool, flips: bool, windows: bool) -> dict[str, Any]:
    """One answer as plain data; what comes with it stands outside of its proof."""
    row = found.as_dict()
    if papers:
        row["sheet"] = sheet(found)
    if flips and (turned := find_flips(found)) is not None:
        row["flips"] = flips_dict(turned)
    if windows:
        row["windows"] = windows_dict(find_windows(found))
    return row
