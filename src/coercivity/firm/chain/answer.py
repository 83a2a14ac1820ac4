"""The answer of a chain: exact where its alternatives and days are few enough, simulated where not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from coercivity.base.days import Day
from coercivity.base.sums import total
from coercivity.firm.chain.air import air_answer
from coercivity.firm.chain.calendar import ChainCalendar
from coercivity.firm.chain.exact import Weights, after_mode, passed, stage_runs
from coercivity.firm.chain.general import general_answer
from coercivity.firm.chain.latest import chances_by_signing, chart_until, charted, mode_times
from coercivity.firm.chain.model import (
    Chain,
    ChainAnswer,
    ChainPath,
    GeneralLicence,
    ModeTimes,
    PartByAir,
    Returns,
    Stage,
)
from coercivity.firm.chain.paths import example_paths, returning_stage
from coercivity.firm.chain.simulated import (
    DRAWS,
    ChainDraws,
    drawn_quantiles,
    drawn_ready,
    drawn_times,
    share_by,
)

# Alternatives times days beyond which a chain is simulated: some seconds of counting.
EXACT_MOST = 1_500_000
_DAYS_COUNTED = 1_400


@dataclass(frozen=True, slots=True)
class ChainAsked:
    """What is asked of a chain.

    Attributes:
        needed: Day by which the goods are needed; None if only the dates are asked.
        confidences: Confidences for which a latest day of signing is asked.
        plant: Plant to which the goods go.
        part: Stock, use and costs of a part by air; None if it is not asked.
        masses_kg: Masses by air asked for [kg].
        draws: Draws of a simulation beside the exact answer; 0 for none.
    """

    signed: Day
    needed: Day | None = None
    confidences: tuple[Fraction, ...] = ()
    plant: str = ""
    part: PartByAir | None = None
    masses_kg: tuple[Fraction, ...] = ()
    draws: int = 0


def chain_answer(chain: Chain, calendar: ChainCalendar, asked: ChainAsked) -> ChainAnswer:
    """Returns the licence clock of a chain.

    Args:
        chain: The chain.
        calendar: Working days around the days asked for.
        asked: What is asked.
    """
    signed = asked.signed.toordinal()
    exact = chain_size(chain) <= EXACT_MOST
    draws = asked.draws or (0 if exact else DRAWS)
    drawn = ChainDraws(chain, calendar, draws) if draws else None
    if exact:
        ready = passed(signed, chain, calendar)
        modes = _exact_modes(chain, calendar, asked, ready, None)
        if drawn is not None:
            modes = _with_draws(modes, drawn, asked, None)
    else:
        assert drawn is not None
        ready = drawn_ready(drawn, signed)
        modes = drawn_times(drawn, signed, asked.needed, asked.confidences, None)
    general = general_answer(chain, calendar, signed, asked.plant)
    if general is not None and general.names_plant:
        licence = general.licence
        if exact:
            own = _exact_modes(chain, calendar, asked, passed(signed, chain, calendar, licence), licence, modes)
            own = own if drawn is None else _with_draws(own, drawn, asked, licence)
        else:
            assert drawn is not None
            own = drawn_times(drawn, signed, asked.needed, asked.confidences, licence, modes)
        general = replace(general, modes=own, paths=example_paths(chain, calendar, signed, licence))
    paths = example_paths(chain, calendar, signed)
    returns = returning_stage(chain)
    return ChainAnswer(
        chain=chain,
        signed=asked.signed,
        needed=asked.needed,
        confidences=asked.confidences,
        plant=asked.plant,
        paths=paths,
        modes=modes,
        ministry_mean_days=None if returns is None else mean_days(*returns),
        three_rounds=None if returns is None else returns[1].round(1)[0] * returns[1].round(2)[0],
        general=general,
        air=None if asked.part is None else air_answer(chain, ready, calendar, asked.part, asked.masses_kg),
        exact=exact,
        draws=draws,
        not_arrived=1 - ready.mass,
        assumed_from=_assumed_from(calendar, asked.signed, modes, paths),
        returning="" if returns is None else returns[0].name,
    )


def chain_size(chain: Chain) -> int:
    """Returns alternatives times days, which the exact answer grows with; those of each round count."""
    many = [len(stage_runs(stage, chain.returns.get(stage.name))) for stage in (*chain.stages, *chain.modes)]
    runs = 1
    if chain.general is not None:
        kinds = [stage.kind for stage in chain.stages]
        between = chain.stages[kinds.index(chain.general.leaves_out) + 1 : kinds.index(chain.general.finishes) + 1]
        for stage in between:
            runs *= len(stage_runs(stage, chain.returns.get(stage.name)))
    return (total(many) + runs) * _DAYS_COUNTED


def mean_days(stage: Stage, returns: Returns) -> Fraction:
    """Returns the mean time at a stage that returns files, rework included [working days].

    The rounds from the last listed one on are alike, so that their times are a geometric series.

    Args:
        stage: The stage.
        returns: Its returns.
    """
    found = sum((each.days * each.probability for each in stage.alternatives), Fraction(0))
    reached = Fraction(1)
    for number in range(1, returns.listed):
        chance, on_day, rework = returns.round(number)
        reached *= chance
        found += reached * (on_day + rework)
    chance, on_day, rework = returns.round(returns.listed)
    return found + reached * chance / (1 - chance) * (on_day + rework)


def _exact_modes(
    chain: Chain,
    calendar: ChainCalendar,
    asked: ChainAsked,
    ready: Weights,
    general: GeneralLicence | None,
    beside: Sequence[ModeTimes] = (),
) -> tuple[ModeTimes, ...]:
    signed, found = asked.signed.toordinal(), []
    arrived = [after_mode(ready, mode, calendar) for mode in chain.modes]
    until = max(chart_until(arrived), charted(beside))
    for mode, days in zip(chain.modes, arrived, strict=True):
        chances = None
        if asked.needed is not None:
            needed = asked.needed.toordinal()
            chances = chances_by_signing(chain, mode, calendar, signed, needed, asked.confidences, general)
        found.append(mode_times(mode, days, chances, signed, asked.confidences, until=until))
    return tuple(found)


def _with_draws(
    modes: Sequence[ModeTimes], drawn: ChainDraws, asked: ChainAsked, general: GeneralLicence | None
) -> tuple[ModeTimes, ...]:
    """Returns exact results with those of the simulation beside them."""
    arrived = drawn.arrivals(asked.signed.toordinal(), general)
    if asked.needed is None:
        return tuple(replace(each, draws_quantiles=drawn_quantiles(arrived[each.mode])) for each in modes)
    needed, found = asked.needed.toordinal(), []
    for each in modes:
        latest = []
        for day in each.latest:
            share = None
            if day.sign_on is not None:
                share = share_by(drawn.arrivals(day.sign_on.toordinal(), general)[each.mode], needed)
            latest.append(replace(day, draws_chance=share))
        found.append(
            replace(
                each,
                latest=tuple(latest),
                draws_by_needed=share_by(arrived[each.mode], needed),
                draws_quantiles=drawn_quantiles(arrived[each.mode]),
            )
        )
    return tuple(found)


def _assumed_from(
    calendar: ChainCalendar, signed: Day, modes: Sequence[ModeTimes], paths: Sequence[ChainPath]
) -> Day | None:
    """Returns the first day of the first year counted by an assumed calendar that a date shown falls into."""
    shown = [signed, *(day.on for path in paths for day in path.days)]
    for mode in modes:
        shown += [day for day in mode.quantiles.values() if day is not None]
        shown += [each.sign_on for each in mode.latest if each.sign_on is not None]
    years = sorted(calendar.assumed & set(range(min(shown).year, max(shown).year + 1)))
    return Day(years[0], 1, 1) if years else None
