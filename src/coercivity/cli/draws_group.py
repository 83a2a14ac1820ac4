"""Options of draws, shared by the commands that run the market many times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypedDict

from cyclopts import Parameter

from coercivity.base.errors import Argument, CoercivityError, Fault
from coercivity.cli.cluster import cluster
from coercivity.cli.options import MaybeWhole, Whole


class DrawsAsk(TypedDict):
    """Arguments of draws, as the verbs take them."""

    draws: int | None
    scramble: int
    draws_folder: Path | None


class DrawsRun(TypedDict):
    """How they are run, as the verbs take it."""

    workers: int | None
    executor: Executor | None


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class DrawsGroup:
    """Draws, and how they are run.

    Attributes:
        draws: Number of draws, such as 256.
        workers: Number of worker processes for draws. Default: one per processor.
        scheduler: Address of a Dask scheduler to run the draws on; requires the extra `cluster`.
        draws_folder: Folder for draws and manifests, to continue them later or on another computer.
        scramble: Number of the design of the draws; another one gives an independent replicate.
    """

    draws: Annotated[
        MaybeWhole,
        Parameter(
            help="Number of draws, such as 256, to see how sure the results are: each runs the market with other "
            "figures within their ranges, from the first month on. Legal scenarios share them equally. Default: those "
            "in the cache."
        ),
    ] = None
    workers: MaybeWhole = None
    scheduler: str | None = None
    draws_folder: Path | None = None
    scramble: Whole = 0

    @property
    def ask(self) -> DrawsAsk:
        """The draws that are asked for."""
        return {"draws": self.draws, "scramble": self.scramble, "draws_folder": self.draws_folder}

    @contextmanager
    def running(self, others: Callable[[], Sequence[Fault]]) -> Iterator[DrawsRun]:
        """Yields what runs the draws.

        Args:
            others: Returns the errors in the other arguments, to be told together with one in these.

        Raises:
            CoercivityError: If a scheduler is named without draws, or cannot be used.
        """
        if self.scheduler is not None and self.draws is None:
            fault = Fault("ARGUMENT", "it goes with draws", Argument("scheduler"), next="give --draws as well")
            raise CoercivityError([*others(), fault])
        with cluster(self.scheduler, others) as (executor, count):
            yield {"workers": self.workers if self.workers is not None else count, "executor": executor}


NO_DRAWS = DrawsGroup()


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class PracticeDraws:
    """Draws of the licensing desk's practice, and where kept draws of the market are.

    Attributes:
        draws: Number of draws, a power of two such as 256, to see how sure the stops are if delays are those of the
            licensing desk's practice within its ranges; shown beside the workbook's own Delays.
        workers: Number of worker processes for draws. Default: none besides this one.
        draws_folder: Folder of draws of an outlook, for the prices of contracts. Default: those in the cache.
        scramble: Number of the design of the draws; another one gives an independent replicate.
    """

    draws: MaybeWhole = None
    workers: MaybeWhole = None
    draws_folder: Path | None = None
    scramble: Whole = 0

    def given(self) -> dict[str, object]:
        """Returns the options that were given, by name."""
        named = {"draws": self.draws, "workers": self.workers, "draws_folder": self.draws_folder}
        return {
            name: value for name, value in {**named, "scramble": self.scramble or None}.items() if value is not None
        }


NO_PRACTICE_DRAWS = PracticeDraws()
