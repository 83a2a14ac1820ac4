"""Draws that are asked for beside a result: how many, how they are run, and the check of both."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from coercivity.base.errors import Argument, Faults, brief_value
from coercivity.base.json_types import Json
from coercivity.base.months import Month

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from coercivity.base.days import Day
    from coercivity.ensemble.design import Design
    from coercivity.ensemble.parameters import ParameterDraws

Progress = Callable[[int, int], None]
DRAWS, SCRAMBLE, WORKERS = Argument("draws"), Argument("scramble"), Argument("workers")
MOST_DRAWS, MOST_SCRAMBLE = 2**14, 2**31
_WRITTEN_BITS = 128


@dataclass(frozen=True, slots=True)
class DrawsOptions:
    """Draws that go with an outlook, or with the cost of a clause.

    Attributes:
        draws: Draws of each scenario, divided among its legal scenarios.
        scramble: Number of the scramble.
        parameters: Where the values of some rows come from; None if they come from their ranges.
    """

    draws: int
    scramble: int = 0
    parameters: ParameterDraws | None = None

    def plain(self) -> list[Json]:
        """Returns draws and scramble as plain data, and the hash of the parameters if there are any."""
        return [self.draws, self.scramble, *([self.parameters.hash] if self.parameters is not None else [])]


def options_for(draws: int | None, scramble: int, parameters: Path | None, faults: Faults) -> DrawsOptions | None:
    """Returns the draws that were asked for, with the file of parameters read; None if there are none.

    Args:
        draws: Draws of each scenario; None if there are none.
        scramble: Number of the scramble.
        parameters: File with the values of some rows by draw.
        faults: Receives every error in the file, and one if it goes without draws.
    """
    found = None
    if parameters is not None and draws is None:
        faults.add("ARGUMENT", "it goes with draws", where=Argument("parameters"), next="give --draws as well")
    elif parameters is not None:
        from coercivity.ensemble.parameters import read_parameters
        from coercivity.verbs.posteriors import posterior_file

        with faults.kept():
            found = read_parameters(posterior_file(parameters))
    return DrawsOptions(draws, scramble, found) if draws is not None else None


def check_options(options: DrawsOptions, design: Design, known: Day | None) -> None:
    """Checks that the parameters of draws have enough points, and saw nothing after the cut-off.

    Args:
        options: The draws.
        design: The design of each run.
        known: Information cut-off; None if there is none.

    Raises:
        CoercivityError: With both faults.
    """
    if options.parameters is not None:
        from coercivity.ensemble.parameters import check_parameters

        check_parameters(options.parameters, points=design.points, known=known)


@dataclass(frozen=True, slots=True)
class DrawsRun:
    """How draws are run; the result does not depend on it.

    Attributes:
        workers: Draws at a time; None for one per processor.
        executor: What runs them; None for processes of this computer.
        folder: Folder for draws and a manifest; None for the cache.
        progress: Called with (draws done, all).
    """

    workers: int | None = None
    executor: Executor | None = None
    folder: Path | None = None
    progress: Progress | None = None


def check_draws(draws: object, scramble: object, workers: object, folder: Path | None, faults: Faults) -> None:
    """Adds every error in the arguments of draws; the number of legal scenarios is not known here.

    Args:
        draws: Draws of each scenario; None if there are none.
        scramble: Number of the scramble.
        workers: Draws at a time; None for the default.
        folder: Folder for draws.
        faults: Receives the errors.
    """
    if draws is None:
        given: dict[str, object] = {"scramble": scramble or None, "workers": workers, "draws-folder": folder}
        for name, value in given.items():
            if value is not None:
                faults.add("ARGUMENT", "it goes with draws", where=Argument(name), next="give --draws as well")
    elif not _is_whole(draws):
        faults.add("DRAWS", f"{_brief(draws)} is not a whole number", where=DRAWS, next="give 64 or 256")
    elif not 1 <= draws <= MOST_DRAWS:
        what = f"expected 1 to {MOST_DRAWS:,} draws, found {_brief(draws)}"
        faults.add("DRAWS", what, where=DRAWS, next="give a number such as 64 or 256")
    if not _is_whole(scramble) or not 0 <= scramble < MOST_SCRAMBLE:
        what = f"expected a whole number from 0 to {MOST_SCRAMBLE - 1:,}, found {_brief(scramble)}"
        faults.add("ARGUMENT", what, where=SCRAMBLE, next="give 0, 1, 2, ..., or omit it")
    if workers is not None and (not _is_whole(workers) or workers < 1):
        what = f"expected a whole number of 1 or more, found {_brief(workers)}"
        faults.add("ARGUMENT", what, where=WORKERS, next="write 1 or more, or omit it")
    if folder is not None:
        from coercivity.ensemble.runs.folder import check_folder

        with faults.kept():
            check_folder(folder)


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _brief(value: object) -> str:
    """Returns a value for a message; Python writes no number of thousands of digits."""
    if not _is_whole(value):
        return brief_value(value)
    return f"{value:,}" if value.bit_length() <= _WRITTEN_BITS else f"a number of {value.bit_length():,} bits"


def whole(value: int) -> int:
    """Returns a whole number of any library as one of Python; anything else as it is.

    Args:
        value: The value as given.
    """
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        return value
    return operator.index(value)


def check_begin(draws: object, first: Month, faults: Faults) -> None:
    """Adds an error if draws begin with the first month of the model: they go on after a month that they share.

    Args:
        draws: Draws; None if there are none.
        first: First drawn month.
        faults: Receives the error.
    """
    from coercivity.market.run.simulate import EARLIEST

    if draws is not None and first == EARLIEST:
        what = "draws begin after a month that they share"
        faults.add("SPAN", what, where=Argument("from"), next="give 2024-02 or later")


def design_for(options: DrawsOptions, runs: Sequence[int]) -> Design:
    """Returns the design of each run: as many points in all of them, so that runs are compared draw by draw.

    Args:
        options: The draws.
        runs: Number of runs of each scenario.

    Raises:
        CoercivityError: If the points are not a power of two.
    """
    from coercivity.ensemble.design import design_of

    return design_of(options.draws, max(runs), options.scramble)
