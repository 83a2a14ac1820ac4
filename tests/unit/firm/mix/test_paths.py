"""Regret by legal path and the worth of knowing, by hand and against another programme."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coercivity.firm.mix import paths as paths_room
from coercivity.firm.mix.choose import NoPlanError, best
from coercivity.firm.mix.model import MixCase
from coercivity.firm.mix.paths import Knowing, knowing, only, regrets
from tests.unit.firm.mix.brenner import brenner
from tests.unit.firm.mix.oracle import least_costs
from tests.unit.firm.mix.random_mixes import mixes
from tests.unit.firm.mix.two import two


def test_regret_by_hand() -> None:
    """20 t cost 200: needless if the suspension is extended, and just what is best if it lapses."""
    rows = {row.path: row for row in regrets(two(), best(two()))}
    assert (rows["extended"].mean_keur, rows["extended"].least_keur, rows["extended"].regret_keur) == (
        200.0,
        0.0,
        200.0,
    )
    assert (rows["lapsed"].mean_keur, rows["lapsed"].least_keur, rows["lapsed"].regret_keur) == (200.0, 200.0, 0.0)
    assert rows["lapsed"].probability == 0.25


def test_knowing_by_hand() -> None:
    """Known first, 200 are spent in one case of four: 50 on average in place of 200."""
    assert knowing(two(), best(two())) == (Knowing("path", 150.0), Knowing("months", 150.0))


def test_one_path_has_no_regret() -> None:
    assert regrets(brenner(), best(brenner())) == ()


def test_what_does_not_vary_is_not_listed() -> None:
    case = two()
    same = tuple(replace(each, facts={"scope": "all"}) for each in case.scenarios)
    assert knowing(replace(case, scenarios=same), best(case)) == ()


def test_a_case_that_is_too_large_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths_room, "MOST_CELLS", 3)
    assert knowing(two(), best(two())) is None


def _mean(case: MixCase) -> float:
    return min(least_costs(case, 0.0).values())


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(mixes(), st.lists(st.sampled_from(["a", "b"]), min_size=3, max_size=3))
def test_regret_and_knowing_are_those_of_another_programme(case: MixCase, names: list[str]) -> None:
    marked = zip(case.scenarios, names, strict=False)
    case = replace(case, scenarios=tuple(replace(each, path=name, facts={"path": name}) for each, name in marked))
    try:
        found = best(case)
    except NoPlanError:
        return
    groups = {name: only(case, (each for each in case.scenarios if each.path == name)) for name in dict.fromkeys(
        each.path for each in case.scenarios
    )}  # fmt: skip
    chances = {name: sum(each.probability for each in case.scenarios if each.path == name) for name in groups}
    least = {name: _mean(group) for name, group in groups.items()}
    for row in regrets(case, found):
        assert row.least_keur == pytest.approx(least[row.path], rel=1e-5, abs=1e-3)
        assert row.regret_keur == pytest.approx(row.mean_keur - least[row.path], rel=1e-5, abs=1e-2)
    if len(groups) > 1:
        known = sum(chances[name] * least[name] for name in groups)
        found_worth = knowing(case, found)
        assert found_worth is not None
        assert found_worth[0].worth_keur == pytest.approx(_mean(case) - known, rel=1e-5, abs=1e-2)
