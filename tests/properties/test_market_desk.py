"""Whatever the licensing desk does, no more leaves on licences than there is, and no more is filed than may be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coercivity.base.months import Month
from coercivity.permission.gate import Gate, Way
from tests.oracles.desk_toy import Changes, cells_in, desk_with, terms_of
from tests.oracles.market_toy import FIRST, FREE, LICENCE, Toy, says, walk
from tests.sampling import examples

ROOM = 1e-6
SOME = st.sampled_from([0.0, 0.3, 1.0])
FIGURES = st.fixed_dictionaries(
    {
        "returned": st.sampled_from([0.0, 0.4, 1.0]),
        "returned_again": SOME,
        "refused_again": SOME,
        "refused_months": st.integers(1, 6),
        "granted": st.sampled_from([0.0, 0.1, 0.75, 1.0]),
        "granted_denial": st.sampled_from([0.0, 0.05]),
        "going": st.sampled_from([0.0, 0.5, 1.0]),
        "usable": SOME,
        "general": st.sampled_from([0.0, 0.2, 2.0]),
        "begin": st.sampled_from([0.0, 0.2, 1.5]),
        "learned": st.sampled_from([0.0, 0.5, 1.5]),
        "filed_most": st.sampled_from([0.0, 0.8, 3.0]),
        "halt_months": st.sampled_from([0.0, 1.5, 4.0, 30.0]),
        "no_queue": st.booleans(),
    }
)


@settings(max_examples=examples(60), deadline=None)
@given(
    months=st.lists(FIGURES, min_size=2, max_size=2),
    kernel=st.sampled_from([(1.0,), (0.0, 0.5, 0.5), (0.0,) * 8 + (1.0,)]),
    life=st.sampled_from([1, 3, 10]),
    instant=st.booleans(),
    gates=st.lists(st.sampled_from([FREE, LICENCE, says(Way.DENIAL), says(Way.SHUT)]), min_size=3, max_size=3),
)
def test_a_run_with_any_desk_has_a_plan_and_uses_only_the_licences_that_it_has(
    months: list[Changes], kernel: tuple[float, ...], life: int, instant: bool, gates: list[Gate]
) -> None:
    """Figures change after two months, the law each month: no desk leaves a month without a plan."""
    toy = Toy(leads=(1.0,) if instant else kernel, waste=1.0 / life)
    network = toy.network()
    cells = cells_in(network)
    terms = terms_of(cells.count, kernel=toy.leads, life=life, prepare=0 if instant else 1, instant=instant)

    def changes(month: Month) -> Changes:
        return months[int(month >= FIRST + 2)]

    def law(bucket: tuple[str, str, str, str], month: Month, known: Month) -> Gate:
        return gates[min(month - FIRST, 2)]

    desk = desk_with(cells, terms, changes)
    update = toy.update(law, (1, 1, 1, 3))
    for done in walk(update, toy.state(network), FIRST, FIRST + 4, desk):
        licensed = np.array([done.activity_t.get(("ship", *b.name, "licence"), 0.0) for b in network.buckets])
        assert done.desk.used_t + done.desk.general_t == pytest.approx(licensed, abs=ROOM)
        filed = np.array([done.filed_t.get(b.name, 0.0) for b in network.buckets])
        assert np.isfinite(filed).all()
        assert (filed <= done.seen.applied_most_t + ROOM).all()
        for part in (done.seen.usable_t, done.seen.grants_t, done.seen.general_t, done.seen.granted):
            assert np.isfinite(part).all()
            assert (part >= 0.0).all()
