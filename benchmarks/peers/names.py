"""Compares name screening with rapidfuzz and with nomenklatura: the same entries, the same names, every threshold.

A peer gives a score for a name and an entry; whatever reaches a threshold is found. The program says possible or match
without a threshold, so the peers are compared at the threshold at which they hit as many names of nobody listed as the
program does, and at a few others. Every entry is compared with every name: no peer misses an entry because its own
index did not offer it.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from benchmarks._name_scores import wrongs
from benchmarks._name_sets import Case, NameSet
from coercivity.data.parties.listed import ListEntry
from coercivity.intake.parties.results import PartyResult
from coercivity.intake.parties.screener import Screener

SHARES = (0.0, 0.001, 0.005, 0.01, 0.03, 0.1)  # of names of nobody listed that are hit

Best = tuple[float, float]  # the highest score of a right entry, and of any entry
Peer = Callable[[Sequence[ListEntry], Sequence[Case]], Iterator[Best]]


def _entries(one: NameSet) -> list[ListEntry]:
    """Returns the entries, those of one party once."""
    return list({entry.entry_id: entry for part in one.lists for entry in part.entries}.values())


def by_rapidfuzz(entries: Sequence[ListEntry], cases: Sequence[Case]) -> Iterator[Best]:
    """Yields the better one of `token_sort_ratio` and `WRatio` after `default_process`, over all names of an entry."""
    import numpy
    from rapidfuzz import fuzz, process, utils

    names = [utils.default_process(name.text) for entry in entries for name in entry.names]
    owners = [entry.entry_id for entry in entries for _ in entry.names]
    for at in range(0, len(cases), 500):
        lot = cases[at : at + 500]
        asked = [utils.default_process(case.asked.name) for case in lot]
        table = numpy.maximum(
            process.cdist(asked, names, scorer=fuzz.token_sort_ratio, workers=2),
            process.cdist(asked, names, scorer=fuzz.WRatio, workers=2),
        )
        for case, row in zip(lot, table, strict=True):
            right = [float(row[n]) for n, owner in enumerate(owners) if owner in case.parties]
            yield max(right, default=0.0) / 100, float(row.max()) / 100


def by_nomenklatura(algorithm: str) -> Peer:
    """Returns a matcher of nomenklatura as a peer: each entry an entity with all its names, each name an entity."""

    def scores(entries: Sequence[ListEntry], cases: Sequence[Case]) -> Iterator[Best]:
        model = import_module("followthemoney").model
        matcher = import_module("nomenklatura.matching").get_algorithm(algorithm)
        if matcher is None:
            raise LookupError(algorithm)
        config = matcher.default_config()

        def entity(key: str, schema: str, names: Sequence[tuple[str, str]], countries: Sequence[str] = ()) -> object:
            made = model.make_entity(schema)
            made.id = key
            for kind, name in names:
                made.add(kind, name)
            for country in countries:
                made.add("country", country)
            return made

        listed = [
            (
                entry.entry_id,
                entity(
                    entry.entry_id,
                    "Person" if entry.person else "LegalEntity",
                    [("weakAlias" if one.kind in ("short", "weak") else "name", one.text) for one in entry.names],
                    entry.countries,
                ),
            )
            for entry in entries
        ]
        for n, case in enumerate(cases):
            asked = entity(f"asked-{n}", "LegalEntity", [("name", case.asked.name)])
            found = [(key, float(matcher.compare(asked, other, config).score)) for key, other in listed]
            right = [score for key, score in found if key in case.parties]
            yield max(right, default=0.0), max(score for _, score in found)

    return scores


PEERS: dict[str, Peer] = {
    "rapidfuzz, better of token_sort_ratio and WRatio": by_rapidfuzz,
    "nomenklatura, logic-v2": by_nomenklatura("logic-v2"),
    "nomenklatura, logic-v1": by_nomenklatura("logic-v1"),
    "nomenklatura, name-based": by_nomenklatura("name-based"),
}


def compared(one: NameSet, one_in: int = 1, peers: Sequence[str] = tuple(PEERS)) -> list[str]:
    """Returns lines: for the program and each peer the share found and the share of false hits.

    Args:
        one: Lists and names.
        one_in: One in so many names is taken, the same for all.
        peers: Peers to ask.
    """
    cases = [case for case in one.cases[::one_in] if not case.asked.identifiers]
    strangers = [case for case in cases if case.expected == "none"]
    listed = len(cases) - len(strangers)
    kinds = [set(wrongs(case, result)) for case, result in zip(cases, _ours(one, cases), strict=True)]
    ours = sum("found" in kind for kind in kinds) / listed
    false = sum(bool(kind & {"possible for none", "match for none"}) for kind in kinds) / len(strangers)
    lines = [
        f"peers on {len(cases):,} of these names ({listed:,} of listed parties, {len(strangers):,} of nobody listed):",
        f"  {'coercivity':50} found {ours:7.2%} at {false:.2%} false hits",
    ]
    for name in peers:
        begun = time.perf_counter()
        try:
            best = list(PEERS[name](_entries(one), cases))
        except ImportError as missing:
            lines.append(f"  {name}: left out, {missing.name} is not installed")
            continue
        taken = time.perf_counter() - begun
        lines += _curve(name, cases, best, false)
        lines.append(f"  {'':50} {len(cases) / taken:,.0f} names a second")
    return lines


def _ours(one: NameSet, cases: Sequence[Case]) -> list[PartyResult]:
    return Screener(one.lists).screen_all([case.asked for case in cases])


def _curve(name: str, cases: Sequence[Case], best: Sequence[Best], false: float) -> Iterator[str]:
    """Yields the share found at our share of false hits, and at others."""
    strangers = sorted(top for case, (_, top) in zip(cases, best, strict=True) if case.expected == "none")
    rights = sorted(right for case, (right, _) in zip(cases, best, strict=True) if case.expected != "none")
    told = []
    for share in (false, *SHARES):
        threshold = threshold_for(strangers, share)
        hit = (len(strangers) - bisect_left(strangers, threshold)) / len(strangers)
        found = (len(rights) - bisect_left(rights, threshold)) / len(rights)
        told.append(f"found {found:7.2%} at {hit:.2%} false hits (threshold {threshold:.3f})")
    yield f"  {name:50} {told[0]}"
    yield from (f"  {'':50} {line}" for line in dict.fromkeys(told[1:]) if line != told[0])


def threshold_for(strangers: Sequence[float], share: float) -> float:
    """Returns the lowest threshold at which at most a share of sorted scores is reached."""
    allowed = int(share * len(strangers) + 1e-9)
    barred = strangers[len(strangers) - allowed - 1]
    return barred + 1e-9
