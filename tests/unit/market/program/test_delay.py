"""Shipments that customs hold arrive later in the programme, and a hold that is taken back leaves no trace."""

from __future__ import annotations

import pytest

from tests.oracles.market_toy import FIRST, FREE, Toy, always

FREE_DY = ("ship", "ox_Dy", "CN", "JP", "civil", "free")
FREE_LA = ("ship", "ox_La", "CN", "JP", "civil", "free")


@pytest.mark.parametrize("lag", [0, 1, 2])
def test_a_hold_set_and_taken_back_gives_the_same_programme_and_solution(lag: int) -> None:
    """Fingerprint, plan and duals are the same to the last bit."""
    toy = Toy(lag=lag)
    update = toy.update(always(FREE), (1, 1, 1, 3))
    state, window = toy.state(update.window.network), update.window
    update.at(FIRST, state)
    basis, before = window.lp.basis(), window.lp.fingerprint()
    first = window.solve()
    assert first is not None
    window.delay({FREE_DY: (0.5, 0.3, 0.2), FREE_LA: (0.9, 0.1)})
    assert window.lp.fingerprint() != before
    late = window.solve()
    assert late is not None
    assert late.objective > first.objective
    window.delay({FREE_LA: (0.2, 0.8)})
    window.delay({})
    assert window.lp.fingerprint() == before
    assert not window.delays
    window.lp.start_from(basis)
    again = window.solve()
    assert again is not None
    assert again.value.tobytes() == first.value.tobytes()
    assert again.dual.tobytes() == first.dual.tobytes()


@pytest.mark.parametrize("lag", [0, 1, 2])
def test_whatever_is_held_all_of_a_shipment_arrives(lag: int) -> None:
    """In each column the shares that land in the window and after it add up to one."""
    toy = Toy(lag=lag)
    window = toy.update(always(FREE), (1, 1, 1, 3)).window
    window.delay({FREE_DY: (0.5, 0.3, 0.2)})
    for p in range(window.periods):
        col = window.column("act", FREE_DY, p)
        rows = {row for row, at in window.lp.entries.keys() | window.lp._changed.keys() if at == col}
        entries = [window.lp.entry_at(row, col) for row in rows]
        assert sum(mass for mass in entries if mass > 0) == pytest.approx(1.0)


def test_what_is_held_for_a_month_serves_a_month_later() -> None:
    """Without stocks in Japan all that is held of the first month serves in the second."""
    toy = Toy(lag=0, cover=0.0)
    window = toy.update(always(FREE), 3).window
    window.delay({FREE_DY: (0.25, 0.75)})
    col = window.column("act", FREE_DY, 0)
    goods = [entry for entry in window.network.goods if entry.name == "ox_Dy" and entry.region == "JP"]
    found = [window.lp.entry_at(window.row("good", goods[0], p), col) for p in range(3)]
    assert found == [0.25, 0.75, 0.0]
