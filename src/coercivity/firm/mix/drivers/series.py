"""What a mix needs from draws of the market: files granted, refused and pending by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

from coercivity.base.errors import CoercivityError
from coercivity.base.json_types import Json
from coercivity.ensemble.runs.keeping import KeptDraw

CODE = "DRAWS-MIX"
# Figures of a queue of the licensing desk that a mix reads.
FIGURES = ("granted", "refused", "pending")
FILE_DIGITS = 2  # after the point, that are kept of a number of files
PRICE_DIGITS = 2  # after the point, that are kept of a quote

Numbers = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Queues:
    """Queues of the licensing desk that a mix reads, added up.

    Attributes:
        form: Form of the goods, such as magnet.
        region: Region of the market that the countries belong to.
        countries: Countries of destination, ISO 3166 alpha-2.
    """

    form: str
    region: str
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrawSeries:
    """One draw, by month.

    Attributes:
        point: Number of the point.
        granted: Files granted in a month.
        refused: Files refused in a month.
        pending: Files pending at the end of a month.
        quotes: Quote of each good by month, such as ox_Dy, where the draw has a market in every month [USD/kg].
    """

    point: int
    granted: Numbers
    refused: Numbers
    pending: Numbers
    quotes: Mapping[str, Numbers] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DriverSet:
    """Draws of a mix.

    Attributes:
        manifest: What the draws are of: law, packs, runs, months, design, program.
        queues: Queues that were read.
        months: The months, YYYY-MM.
        paths: Draws by legal path, by point.
        named: Name of the file or folder that they were read from.
        packed: Whether they are from a small file.
    """

    manifest: Mapping[str, Json]
    queues: Queues
    months: tuple[str, ...]
    paths: Mapping[str, tuple[DrawSeries, ...]]
    named: str = ""
    packed: bool = False

    @property
    def draws(self) -> int:
        """Number of draws of all legal paths together."""
        return len([draw for draws in self.paths.values() for draw in draws])

    def first(self, points: int) -> DriverSet:
        """Returns the set with the first points of each path only: those of a smaller design."""
        kept = {path: tuple(draw for draw in draws if draw.point < points) for path, draws in self.paths.items()}
        return DriverSet(self.manifest, self.queues, self.months, kept, self.named, self.packed)


def series_of(kept: KeptDraw, queues: Queues, goods: Sequence[str] = ()) -> DrawSeries:
    """Returns what a mix needs from a kept draw.

    Args:
        kept: The draw.
        queues: Queues to add up; civil users.
        goods: Goods whose quotes in the region of the queues are read, such as ox_Dy.

    Raises:
        CoercivityError: If the draw has no such queue.
    """
    found = {figure: _figure(kept, queues, figure) for figure in FIGURES}
    quotes = {good: path for good in goods if (path := _quotes(kept, f"{good}:{queues.region}"))}
    return DrawSeries(kept.point, found["granted"], found["refused"], found["pending"], quotes)


def _quotes(kept: KeptDraw, what: str) -> Numbers:
    """Returns the quotes of a good by month; empty if the draw does not have them all."""
    if what not in kept.names.get("quote", ()):
        return ()
    path = [float(value) for value in kept.values["quote"][kept.names["quote"].index(what)]]
    return _rounded(path, PRICE_DIGITS) if all(map(isfinite, path)) else ()


def _figure(kept: KeptDraw, queues: Queues, figure: str) -> Numbers:
    names = kept.names["licences"]
    wanted = [f"{queues.form}:{country}:civil:{figure}" for country in queues.countries]
    places = [names.index(name) for name in wanted if name in names]
    if not places:
        what = f"the draws hold no files for {queues.form} to {', '.join(queues.countries)}"
        raise CoercivityError.of(CODE, what, where=f"point {kept.point}", next="leave --draws out, or run the outlook")
    added = kept.values["licences"][places].sum(axis=0)
    return _rounded(added.tolist())


def _rounded(values: Sequence[float], digits: int = FILE_DIGITS) -> Numbers:
    return tuple(round(value, digits) + 0.0 for value in values)
