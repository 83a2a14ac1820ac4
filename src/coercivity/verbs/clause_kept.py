"""Costs of clauses and their draws as they are kept: keys, and which draws are shown beside a cost."""

from __future__ import annotations

from coercivity.base.errors import CoercivityError
from coercivity.base.json_types import Json
from coercivity.cases.arguments import PACKED, Law
from coercivity.files.kept.store import Store
from coercivity.market.run.result_key import DRAWS, REPORTS, key_of
from coercivity.market.run.scenarios.scenario import scenario_hash
from coercivity.papers.market.report_data import PriceDraws
from coercivity.verbs import GeneralLicences
from coercivity.verbs.draws_options import DrawsOptions
from coercivity.verbs.kept import keep, law_hash, taken
from coercivity.verbs.told_again import drawn_mark

Words = tuple[str, str, str, str, GeneralLicences]


def kept_draws(store: Store | None, words: Words, law: Law, options: DrawsOptions | None) -> PriceDraws | None:
    """Returns the kept draws of a cost: those asked for, or else the largest ones of this version.

    Args:
        store: Where results are kept.
        words: The question.
        law: The rulebook to use.
        options: The draws; None for the largest ones.
    """
    found: PriceDraws | None = taken(store, cost_key(*words, law, draws=options.plain() if options is not None else []))
    return found


def keep_draws(store: Store | None, words: Words, law: Law, options: DrawsOptions, drawn: PriceDraws) -> None:
    """Keeps draws of a cost, and shows them beside it from now on, unless more of them are kept.

    Args:
        store: Where results are kept.
        words: The question.
        law: The rulebook to use.
        options: The draws.
        drawn: What they say.
    """
    keep(store, cost_key(*words, law, draws=options.plain()), drawn)
    largest = kept_draws(store, words, law, None)
    if largest is None or largest["draws"] < drawn["draws"]:
        key = cost_key(*words, law, draws=[])
        keep(store, key, drawn)
        if law == PACKED:
            keep(store, drawn_mark(*words), {"hash": drawn["hash"], "key": key})


def cost_key(
    clause: str,
    scenario: str,
    first: str,
    last: str,
    general_licences: GeneralLicences,
    law: Law,
    *,
    draws: list[Json] | None = None,
) -> str | None:
    """Returns the key of a cost, or of its draws: an empty list for those shown without being asked for."""
    rules = law_hash(law)
    if rules is None:
        return None
    try:
        asked = scenario_hash(scenario)
    except CoercivityError:  # told, with every other error, when the answer is made
        return None
    parts: dict[str, Json] = {"law": rules, "clause": clause, "scenario": [scenario, asked], "months": [first, last]}
    parts["general_licences"] = general_licences
    if draws is None:
        return key_of("clause-price", parts, *REPORTS)
    return key_of("clause-price-draws", {**parts, "draws": draws}, *REPORTS, *DRAWS)
