"""Months solved earlier: the solution of a planning window, kept by the hash of its programme."""

from __future__ import annotations

import hashlib
import struct
import zlib
from typing import Protocol

import numpy as np

from coercivity.files.kept.store import Store
from coercivity.files.kept.turn import turn
from coercivity.market.program.lp import Floats, Solved
from coercivity.market.run.result_key import made_by

FORMAT = "month 1"
_HEAD = struct.Struct("<dqQQQ")  # cost, steps, numbers of columns and rows, bytes of the basis


class Programme(Protocol):
    """A programme in the solver, as `program.lp.Lp`."""

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and of columns."""

    def fingerprint(self) -> bytes:
        """Returns the hash of the programme as it is in the solver."""

    def basis(self) -> bytes:
        """Returns the basis from which the next solution starts."""

    def start_from(self, basis: bytes) -> None:
        """Sets the basis from which the next solution starts."""


class Window(Protocol):
    """A planning window, as `program.build.PlanningWindow`."""

    @property
    def lp(self) -> Programme:
        """The programme."""

    def solve(self) -> Solved | None:
        """Returns the plan for the window, or None if it is infeasible."""


class KeptMonths:
    """The months of one run, in order, each taken from a store or solved and kept there.

    The key of a month covers its programme and, through the key of the month before, the basis from which its solution
    starts, so that a month that was kept is the same to the last bit as one that is solved.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._key = hashlib.sha256("\0".join((FORMAT, *made_by())).encode()).hexdigest()

    def solved(self, window: Window) -> Solved | None:
        """Returns the plan of a window in its present state, or None if it is infeasible; the latter is not kept.

        If another process is solving the same month, its result is waited for.

        Args:
            window: The window.
        """
        lp = window.lp
        self._key = key = hashlib.sha256(bytes.fromhex(self._key) + lp.fingerprint()).hexdigest()
        found = self._taken(key, lp)
        if found is not None:
            return found
        with turn(self.store.folder, key):
            found = self._taken(key, lp)  # by now another process may have kept it
            if found is not None:
                return found
            plan = window.solve()
            if plan is not None:
                self.store.put(key, packed(plan, lp.basis()))
            return plan

    def _taken(self, key: str, lp: Programme) -> Solved | None:
        held = self.store.get(key)
        if held is None:
            return None
        rows, columns = lp.shape
        try:
            plan, basis = unpacked(held)
            if (plan.value.size, plan.dual.size) != (columns, rows):
                raise ValueError("it is the plan of another window")
            lp.start_from(basis)
        except ValueError as error:
            self.store.refuse(key, str(error))
            return None
        return plan


def packed(plan: Solved, basis: bytes) -> bytes:
    """Returns a plan and the basis after it as bytes.

    Args:
        plan: The plan.
        basis: The basis from which the next plan starts.
    """
    head = _HEAD.pack(plan.objective, plan.iterations, plan.value.size, plan.dual.size, len(basis))
    arrays = b"".join(array.astype("<f8").tobytes() for array in (plan.value, plan.dual, plan.reduced_cost))
    return head + zlib.compress(arrays + basis, 1)


def unpacked(held: bytes) -> tuple[Solved, bytes]:
    """Returns a plan and the basis after it from bytes.

    Raises:
        ValueError: If the bytes are not those of a plan.
    """
    if len(held) < _HEAD.size:
        raise ValueError("it is not a plan")
    objective, iterations, columns, rows, length = _HEAD.unpack_from(held)
    whole = 8 * (2 * columns + rows) + length
    reader = zlib.decompressobj()
    try:
        body = reader.decompress(held[_HEAD.size :], whole + 1)
    except (zlib.error, OverflowError):
        raise ValueError("it is not a plan") from None
    if len(body) != whole:
        raise ValueError("its arrays do not have the length that it states")
    value, dual, reduced = (
        _floats(body, start, count) for start, count in ((0, columns), (columns, rows), (columns + rows, columns))
    )
    return Solved(objective, value, dual, reduced, iterations), body[whole - length :]


def _floats(body: bytes, start: int, count: int) -> Floats:
    return np.frombuffer(body, dtype="<f8", count=count, offset=8 * start).astype(np.float64)
