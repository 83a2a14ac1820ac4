"""What a draw puts in place of the usual figures of a run, and how a run goes on from months that it shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from coercivity.market.network.network import Network
from coercivity.market.program.state import DeviceState, State
from coercivity.market.run.world import World
from coercivity.permission.desk.month import Decisions, Desk
from coercivity.permission.desk.state import DeskState
from coercivity.permission.grants import GrantedShare
from coercivity.practice.desk import DeskPractice

KeyT = TypeVar("KeyT")
ValueT = TypeVar("ValueT")
NumberT = TypeVar("NumberT", np.float64, np.int64)


@dataclass(frozen=True, eq=False)
class Drawn:
    """What a draw puts in place of the usual figures.

    Attributes:
        world: Returns the market of the base year, by whether other designs must be qualified and whether old magnets
            are recycled.
        practice: Returns the rows of practice with drawn values.
        share_of: Share granted, from the counts behind it.
        decisions: What becomes of single files at the licensing desk.
    """

    world: Callable[[bool, bool], World]
    practice: Callable[[DeskPractice], DeskPractice]
    share_of: GrantedShare
    decisions: Decisions


def carried(state: State, before: Desk, network: Network, desk: Desk, devices: DeviceState) -> State:
    """Returns the state after shared months as the state before the first drawn one, in the network of the draw.

    What the network of the draw does not have is left behind; what only it has begins as on the first day of a run.

    Args:
        state: The state after the shared months.
        before: The desk that it belongs to.
        network: The network of the draw.
        desk: The desk of the draw.
        devices: Magnets in use in the draw before the first month of the model.
    """
    goods = frozenset(network.goods)
    names = frozenset(activity.name for activity in network.activities)
    return replace(
        state,
        stock_t=_of(state.stock_t, frozenset(store.good for store in network.stores)),
        arriving_t={(good, month): mass for (good, month), mass in state.arriving_t.items() if good in goods},
        quote={good: state.quote.get(good, price) for good, price in network.prices.items()},
        ready=_of(state.ready, names),
        qualified_on=_of(state.qualified_on, names),
        sought=_of(state.sought, names),
        desk=desk_carried(state.desk, before, desk),
        devices=state.devices if state.devices.leaving_t.shape == devices.leaving_t.shape else devices,
    )


def desk_carried(state: DeskState, before: Desk, desk: Desk) -> DeskState:
    """Returns the state of a desk by the cells and terms of another one: the same tonnes, in files of its size.

    Args:
        state: The state.
        before: The desk that it belongs to.
        desk: The other desk.
    """
    place = {(cell.bucket, cell.queue.country): at for at, cell in enumerate(before.cells.cells)}
    found = [place.get((cell.bucket, cell.queue.country), -1) for cell in desk.cells.cells]
    at = np.array(found, dtype=np.int64)
    there = at >= 0

    def moved(values: NDArray[NumberT], missing: int = 0) -> NDArray[NumberT]:
        taken: NDArray[NumberT] = np.where(there, values[..., at], values.dtype.type(missing))
        return taken

    size_t = before.terms.size_t[at] if before.cells.count else np.ones(at.size)
    same = np.where(there, size_t / desk.terms.size_t, 1.0)

    def files(values: NDArray[np.float64]) -> NDArray[np.float64]:
        return moved(values) * same

    held = moved(state.licences_t)
    licences = np.zeros((int(desk.terms.life.max()) if desk.cells.count else 1, desk.cells.count))
    kept = min(len(licences), len(held))
    licences[:kept] = held[:kept]
    licences[-1] += held[kept:].sum(axis=0)  # licences older than the longest life of the draw expire next
    return DeskState(
        waiting=tuple((month, files(each)) for month, each in state.waiting),
        review=files(state.review),
        review_in=files(state.review_in),
        preparing=files(state.preparing),
        again=files(state.again),
        licences_t=licences,
        halted=files(state.halted),
        refused=files(state.refused),
        since=moved(state.since, -1),
        denial=moved(state.denial),
    )


def _of(values: Mapping[KeyT, ValueT], keys: frozenset[KeyT]) -> dict[KeyT, ValueT]:
    return {key: value for key, value in values.items() if key in keys}
