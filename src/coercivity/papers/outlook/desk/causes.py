"""How much of a price gap is due to waiting for licences, to refusals and to halts, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coercivity.base.sums import total
from coercivity.base.words import Lang, say
from coercivity.market.results.rows import CAUSES
from coercivity.papers.outlook.read import Clauses, GapShown, between
from coercivity.papers.shared.words import paper_words

_AMOUNTS = paper_words("outlook_words", "cause_amounts")
_MAIN = paper_words("outlook_words", "main_causes")
_LEAST_USD, _LEAST_SHARE = 5e-4, 5e-3


def by_cause(gap: GapShown, clauses: Clauses) -> dict[str, float]:
    """Returns what licence scarcity under some clauses adds to a gap, by what keeps licences scarce [USD/kg]."""
    sums: dict[str, float] = {}
    for part in gap.parts:
        if part.cause and part.clauses == clauses:
            sums[part.cause] = sums.get(part.cause, 0.0) + part.usd_per_kg
    return sums


def mean_by_cause(gaps: Sequence[GapShown], clauses: Clauses) -> dict[str, float]:
    """Returns the mean of the same over months; a month without a cause counts as zero [USD/kg]."""
    each = [by_cause(gap, clauses) for gap in gaps]
    names = [name for name in CAUSES if any(name in held for held in each)]
    return {name: total(held.get(name, 0.0) for held in each) / len(each) for name in names}


def causes_told(sums: Sequence[Mapping[str, float]], lang: Lang) -> str:
    """Returns amounts by cause in words, such as of which waiting 31.2, halted 12.5 USD/kg; empty if there are none.

    Args:
        sums: Amounts by cause, one mapping for each run [USD/kg].
        lang: Language.
    """
    amounts = amounts_told(sums, lang)
    return say(_AMOUNTS["told"], lang).format(amounts) if amounts else ""


def main_cause_told(sums: Sequence[Mapping[str, float]], lang: Lang) -> str:
    """Returns the largest cause in a word or two; empty if there is none.

    Args:
        sums: Amounts by cause, one mapping for each run [USD/kg].
        lang: Language.
    """
    most = {name: max(held.get(name, 0.0) for held in sums) for name in CAUSES}
    name = max(CAUSES, key=lambda cause: most[cause])
    return say(_MAIN[name], lang) if most[name] >= _LEAST_USD else ""


def amounts_told(sums: Sequence[Mapping[str, float]], lang: Lang) -> str:
    """Returns amounts by cause, as intervals if several runs differ; empty if there are none.

    An amount below half a per cent of all is not told.

    Args:
        sums: Amounts by cause, one mapping for each run [USD/kg].
        lang: Language.
    """
    amounts = {name: [held.get(name, 0.0) for held in sums] for name in CAUSES}
    least = max(_LEAST_USD, _LEAST_SHARE * max(total(map(abs, held.values())) for held in sums))
    told = [
        say(_AMOUNTS[name], lang).format(between(min(values), max(values), lang))
        for name, values in amounts.items()
        if any(abs(value) >= least for value in values)
    ]
    return ("、" if lang == "zh" else ", ").join(told)
