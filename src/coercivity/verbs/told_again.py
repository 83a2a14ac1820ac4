"""`brief`, `outlook` and `clause-price` for a terminal: each report is kept whole, and told again when asked again.

Only reports under the built-in rulebook and on built-in scenarios are kept, so that the key covers every file that they
depend on. The verbs themselves are imported only when a report has to be made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coercivity.base.canonical import sha256_of_text
from coercivity.base.errors import Faults
from coercivity.base.json_types import Json
from coercivity.base.words import Lang
from coercivity.verbs import GeneralLicences
from coercivity.verbs.draws_options import check_draws
from coercivity.verbs.kept import taken, user_store
from coercivity.verbs.kept_reports import Asked, Report, Told, told
from coercivity.verbs.outlook_kept import Question, noted_draws

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from coercivity.cases.arguments import Law
    from coercivity.files.kept.store import Store

Progress = Callable[[int, int], None]


def brief_told(
    case_dir: Path,
    on: str,
    *,
    out: Path,
    known: str | None = None,
    assume: str | None = None,
    lang: Lang = "en",
    law: Law | None = None,
    supply: bool = True,
    cache: bool = True,
    progress: Progress | None = None,
    market_progress: Progress | None = None,
    files_progress: Progress | None = None,
) -> Told:
    """Returns the summary of the report on a case folder, and writes the report.

    Args:
        case_dir: Folder of the case.
        on: Transaction date.
        out: Folder for the pages and the report data.
        known: Information cut-off.
        assume: Planning assumptions.
        lang: Language of the summary.
        law: The rulebook to use; None for the built-in one, without files of the user.
        supply: Whether to run the market model.
        cache: Whether reports and results of the market model are taken from the cache and kept there.
        progress: Called with (transactions done, all).
        market_progress: Called with (months done, all).
        files_progress: Called with (files done, all).

    Raises:
        CoercivityError: As `brief`.
    """

    def make() -> Told:
        from coercivity.cases.arguments import PACKED
        from coercivity.verbs.brief import FILES, brief

        result = brief(
            case_dir,
            on,
            known=known,
            out=out,
            assume=assume,
            lang=lang,
            law=law or PACKED,
            supply=supply,
            cache=cache,
            progress=progress,
            market_progress=market_progress,
            files_progress=files_progress,
        )
        report = Report(result.summary, files=result.files, gone=frozenset(FILES) - set(result.files))
        return Told(report, result.written, result.notices)

    words: dict[str, Json] = {"on": on, "known": known, "assume": assume, "lang": lang, "supply": supply}
    return told(Asked("brief", words, case_dir), user_store(on=cache and law is None), out, make)


def outlook_told(
    scenario: str,
    scenario_b: str | None = None,
    *,
    first: str,
    last: str,
    out: Path | None = None,
    known: str | None = None,
    desk_without: Sequence[str] = (),
    observed: bool = False,
    observations: Sequence[Path] = (),
    law: Law | None = None,
    lang: Lang = "en",
    cache: bool = True,
    draws: int | None = None,
    scramble: int = 0,
    workers: int | None = None,
    executor: Executor | None = None,
    draws_folder: Path | None = None,
    parameters: Path | None = None,
    progress: Progress | None = None,
    draws_progress: Progress | None = None,
) -> Told:
    """Returns the summary and the data of the outlook of one or two scenarios, and writes its files.

    Args:
        scenario: Id of a packed scenario or path of a file.
        scenario_b: A second scenario.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        out: Folder for the pages, the report data and the tables.
        known: Information cut-off.
        desk_without: Elements of the licensing desk that are switched off.
        observed: Whether it starts from the latest observed state.
        observations: Files with further observations.
        law: The rulebook to use; None for the built-in one, without files of the user.
        lang: Language of the summary.
        cache: Whether reports and results of the market model are taken from the cache and kept there.
        draws: Draws of each scenario.
        scramble: Number of the design of the draws.
        workers: Draws at a time.
        executor: What runs the draws.
        draws_folder: Folder for the draws and a manifest.
        parameters: File with the values of some rows by draw.
        progress: Called with (months done, all).
        draws_progress: Called with (draws done, all).

    Raises:
        CoercivityError: As `outlook`.
    """

    def make() -> Told:
        from coercivity.cases.arguments import PACKED
        from coercivity.papers.outlook.parquet_tables import TABLE_FILES
        from coercivity.verbs.outlook import outlook, outlook_files

        result = outlook(
            scenario,
            scenario_b,
            first=first,
            last=last,
            out=out,
            known=known,
            desk_without=desk_without,
            observed=observed,
            observations=observations,
            law=law or PACKED,
            lang=lang,
            cache=cache,
            draws=draws,
            scramble=scramble,
            workers=workers,
            executor=executor,
            draws_folder=draws_folder,
            parameters=parameters,
            progress=progress,
            draws_progress=draws_progress,
        )
        data = json.loads(json.dumps(result.report))
        if out is None:
            return Told(Report(result.summary, data), notices=result.notices)
        files = outlook_files(result.report, result.html, result.html_zh)
        return Told(Report(result.summary, data, files, TABLE_FILES - set(files)), result.written, result.notices)

    words: dict[str, Json] = {
        "scenarios": [scenario, scenario_b],
        "months": [first, last],
        "known": known,
        "desk_without": sorted(set(desk_without)),
        "draws": None if draws is None else [draws, scramble],
        "lang": lang,
        "files": out is not None,
    }
    if observed:
        words["observed"] = True
    bad = Faults()
    check_draws(draws, scramble, workers, draws_folder, bad)
    read = observations or parameters is not None  # files that the key does not cover
    packed = law is None and not read and _packed(scenario) and (scenario_b is None or _packed(scenario_b))
    store = user_store(on=cache and packed and draws_folder is None and not bad.items)
    if draws is None and store is not None:
        names = [scenario, *([scenario_b] if scenario_b is not None else [])]
        drawn = noted_draws(store, Question(names, first, last, known, tuple(desk_without), observed), None)
        # One that was removed from the cache is not shown; the report that is then kept must not hide it later.
        words["beside"] = drawn.report if drawn is not None and _has(store, drawn.report) else None
    return told(Asked("outlook", words), store, out, make)


def clause_price_told(
    clause: str,
    scenario: str,
    *,
    first: str,
    last: str,
    general_licences: GeneralLicences = "with",
    law: Law | None = None,
    lang: Lang = "en",
    cache: bool = True,
    draws: int | None = None,
    scramble: int = 0,
    workers: int | None = None,
    executor: Executor | None = None,
    draws_folder: Path | None = None,
    progress: Progress | None = None,
    draws_progress: Progress | None = None,
) -> Told:
    """Returns the lines and the data of the cost of a clause.

    Args:
        clause: Id of a provision, or id, alias or number of an instrument.
        scenario: Id of a packed scenario or path of a file.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        general_licences: `with` general licences as practised, `without` them, or `both`.
        law: The rulebook to use; None for the built-in one, without files of the user.
        lang: Language of the lines.
        cache: Whether reports and results of the market model are taken from the cache and kept there.
        draws: Draws of all legal scenarios together; None for those that were made earlier, if any.
        scramble: Number of the design of the draws.
        workers: Draws at a time.
        executor: What runs the draws.
        draws_folder: Folder for the draws and manifests.
        progress: Called with (months done, all).
        draws_progress: Called with (draws done, all).

    Raises:
        CoercivityError: As `clause_price`.
    """

    def make() -> Told:
        from coercivity.cases.arguments import PACKED
        from coercivity.verbs.clause_price import clause_price

        result = clause_price(
            clause,
            scenario,
            first=first,
            last=last,
            general_licences=general_licences,
            law=law or PACKED,
            cache=cache,
            draws=draws,
            scramble=scramble,
            workers=workers,
            executor=executor,
            draws_folder=draws_folder,
            progress=progress,
            draws_progress=draws_progress,
        )
        return Told(Report(result.lines(lang), json.loads(json.dumps(result.body))), notices=result.notices)

    words: dict[str, Json] = {"clause": clause, "scenario": scenario, "months": [first, last], "lang": lang}
    words["general_licences"] = general_licences
    words["draws"] = None if draws is None else [draws, scramble]
    bad = Faults()
    check_draws(draws, scramble, workers, draws_folder, bad)
    usable = law is None and _packed(scenario) and draws_folder is None and not bad.items
    store = user_store(on=cache and usable)
    if draws is None and store is not None:
        mark = taken(store, drawn_mark(clause, scenario, first, last, general_licences))
        words["beside"] = mark if isinstance(mark, dict) and _has(store, mark.get("key")) else None
    return told(Asked("clause-price", words), store, None, make)


def drawn_mark(clause: str, scenario: str, first: str, last: str, general_licences: str) -> str:
    """Returns the key under which key and hash of the largest kept draws of a cost are noted.

    Args:
        clause: The clause, as `clause_price` takes it.
        scenario: Id of a packed scenario.
        first: First month, YYYY-MM.
        last: Last month, YYYY-MM.
        general_licences: `with`, `without` or `both`.
    """
    return sha256_of_text(json.dumps(["draws beside a cost", clause, scenario, first, last, general_licences]))


def _has(store: Store, key: object) -> bool:
    """Returns whether the store has a result, under a key that was noted there."""
    try:
        return isinstance(key, str) and store.get(key) is not None
    except ValueError:  # it is no key
        return False


def _packed(scenario: str) -> bool:
    """Returns whether a scenario is named by an id, so that it is one of this package."""
    return not (scenario.endswith((".yaml", ".yml")) or "/" in scenario)
