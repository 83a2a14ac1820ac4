"""Values of some drawn rows by draw, in place of what the design gives: a prior design, or a posterior, as a file."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, cast

from coercivity.base.canonical import round_sig, sha256_of_text
from coercivity.base.days import Day, parse_day
from coercivity.base.errors import Argument, CoercivityError, Faults, brief_value, nearest
from coercivity.data.packs import open_pack
from coercivity.data.textyaml import load_file, load_text
from coercivity.ensemble.rows import drawn_rows
from coercivity.market.run.result_key import DRAWS, PACKAGES, PACKS, code_hash

Kind = Literal["prior", "posterior"]
KINDS: tuple[Kind, ...] = ("prior", "posterior")
SCHEMA = "coercivity/parameters/1"
FORM, OTHER, ROWS, POINTS = "PARAMETERS", "PARAMETERS-OTHER", "PARAMETERS-ROWS", "PARAMETERS-POINTS"
WHERE = Argument("parameters")
_HEAD = ("schema", "kind", "known", "engine", "packs", "hash", "names", "points")
_AGAIN = "write the file again with `coercivity calibrate`"
_AS_WRITTEN = "use the file as it was written, or write the file again with `coercivity calibrate`"
_MOST_BYTES = 2**24


@dataclass(frozen=True)
class ParameterDraws:
    """Values of some drawn rows, by point of the design.

    The points of a smaller design are the first of a larger one.

    Attributes:
        kind: Whether they are drawn from the prior, or from what observations left of it.
        known: Day by which the observations behind a posterior were known; None of a prior without one.
        engine: Hash of the program that it goes with.
        packs: Hash of each pack that it goes with.
        names: The rows, `table:id`.
        values: Their values by point [unit of the row], nine significant digits.
        file: File that it was read from; it changes nothing.
    """

    kind: Kind
    known: Day | None
    engine: str
    packs: Mapping[str, str]
    names: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    file: str = ""

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the text without its line of the hash."""
        return sha256_of_text("".join(self._lines("")))

    def at(self, point: int) -> dict[str, float]:
        """Returns the values of a point by row [unit of the row].

        Args:
            point: Number of the point.

        Raises:
            CoercivityError: If there are fewer points.
        """
        if point >= len(self.values):
            raise CoercivityError.of(POINTS, self._few(point + 1), where=self.file or WHERE, next=_fewer(self))
        return dict(zip(self.names, self.values[point], strict=True))

    def text(self) -> str:
        """Returns the text of the file: the same bytes on any machine."""
        return "".join(self._lines(f"hash: {self.hash}\n"))

    def _lines(self, hashed: str) -> Iterator[str]:
        yield "# Values of drawn rows by point, for --parameters. Not to be edited: the hash would not match.\n"
        yield f"schema: {SCHEMA}\nkind: {self.kind}\n"
        yield f"known: {self.known.isoformat() if self.known is not None else 'none'}\nengine: {self.engine}\npacks:\n"
        yield from (f"  {name}: {self.packs[name]}\n" for name in sorted(self.packs))
        yield f"{hashed}names:\n"
        yield from (f"- {name}\n" for name in self.names)
        yield "points:\n"
        yield from (f"- [{', '.join(map(repr, each))}]\n" for each in self.values)

    def _few(self, points: int) -> str:
        return f"it has {len(self.values)} points; expected at least {points}"


def parameter_draws(
    kind: Kind, known: Day | None, names: Sequence[str], values: Sequence[Sequence[float]]
) -> ParameterDraws:
    """Returns values of rows by point, for this program and these packs.

    Args:
        kind: Prior or posterior.
        known: Day by which the observations behind it were known.
        names: The rows, `table:id`.
        values: Their values by point [unit of the row].
    """
    rounded = tuple(tuple(round_sig(float(value)) for value in each) for each in values)
    return ParameterDraws(kind, known, engine_hash(), packs_now(), tuple(names), rounded)


def engine_hash() -> str:
    """Returns the hash of the program with which draws are made."""
    return sha256_of_text("".join(code_hash(package) for package in (*PACKAGES, *DRAWS)))


def packs_now() -> dict[str, str]:
    """Returns the hash of each pack that a run reads besides the rulebook."""
    return {name: open_pack(name).content_hash for name in PACKS}


def read_parameters(source: Path, *, points: int = 1, known: Day | None = None) -> ParameterDraws:
    """Returns a file of values of rows, checked against this program, these packs and the draws asked for.

    Args:
        source: The file.
        points: Points that are asked for.
        known: Information cut-off of the run; None if it has none.

    Raises:
        CoercivityError: With every fault: it has another form, was changed, or belongs to another program or to other
            packs; names rows that no draw draws; has fewer points; or has seen observations after the cut-off.
    """
    place = source.as_posix()
    found = replace(_read(load_file(source, most_bytes=_MOST_BYTES), place), file=place)
    check_parameters(found, points=points, known=known)
    return found


def parameters_of(text: str, *, name: str = "text") -> ParameterDraws:
    """Returns values of rows from the text of a file, without a check against program, packs and rows.

    Args:
        text: The text.
        name: Its name in faults.

    Raises:
        CoercivityError: With every fault in its form.
    """
    return _read(load_text(text, name=name), name)


def check_parameters(found: ParameterDraws, *, points: int = 1, known: Day | None = None) -> None:
    """Checks that values of rows go with this program, these packs and the draws asked for.

    Args:
        found: The values.
        points: Points that are asked for.
        known: Information cut-off of the run; None if it has none.

    Raises:
        CoercivityError: With every fault, as `read_parameters`.
    """
    faults, where = Faults(), found.file or WHERE
    if found.engine != engine_hash():
        what = f"it was made with another version of the program ({found.engine[:12]}, this is {engine_hash()[:12]})"
        faults.add(OTHER, what, where=where, next=f"{_AGAIN}, or use that version")
    now = packs_now()
    for name in sorted({*found.packs, *now}):
        if found.packs.get(name) != now.get(name):
            what = f"it was made with another content of the pack {name!r}"
            faults.add(OTHER, what, where=where, next=f"{_AGAIN}, or use those packs")
    drawn = {row.name for row in drawn_rows()}
    for name in found.names:
        if name not in drawn:
            what = f"{brief_value(name)!r} is not a drawn row"
            near = nearest(name, drawn)
            faults.add(ROWS, what, where=where, nearest=near, next="name rows that world/draws.csv draws, as table:id")
    if len(found.values) < points:
        faults.add(POINTS, found._few(points), where=where, next=_fewer(found))
    if known is not None and found.known is not None and found.known > known:
        what = f"it has seen observations up to {found.known.isoformat()}, after the cut-off {known.isoformat()}"
        faults.add(OTHER, what, where=where, next="give a posterior of that cut-off or an earlier one")
    faults.raise_if_any()


def _fewer(found: ParameterDraws) -> str:
    return f"ask for at most {2 ** (len(found.values).bit_length() - 1)} draws in each legal scenario"


def _read(held: Any, place: str) -> ParameterDraws:
    """Returns values of rows from what a file holds."""
    faults = Faults()
    if not isinstance(held, Mapping) or sorted(map(str, held)) != sorted(_HEAD):
        what = f"expected the keys {', '.join(_HEAD)}"
        raise CoercivityError.of(FORM, what, where=place, next=_AGAIN)
    if held["schema"] != SCHEMA:
        faults.add(FORM, f"expected the schema {SCHEMA}", where=place, next=_AGAIN)
    if held["kind"] not in KINDS:
        what = f"the kind is {brief_value(held['kind'])!r}, expected prior or posterior"
        faults.add(FORM, what, where=place, nearest=nearest(str(held["kind"]), KINDS), next=_AGAIN)
    known, names = _day(held["known"], place, faults), _texts(held["names"])
    values = _values(held["points"], len(names), place, faults)
    if not names or not values:
        faults.add(FORM, "expected at least one row and one point", where=place, next=_AGAIN)
    if len(set(names)) < len(names):
        faults.add(ROWS, "a row is named twice", where=place, next=_AGAIN)
    faults.raise_if_any()
    packs = held["packs"] if isinstance(held["packs"], Mapping) else {}
    kept = {str(name): str(packs[name]) for name in sorted(packs)}
    found = ParameterDraws(cast(Kind, held["kind"]), known, str(held["engine"]), kept, names, values)
    if found.hash != held["hash"]:
        what = f"it was changed after it was written: its content has the hash {found.hash[:12]}"
        raise CoercivityError.of(FORM, what, where=place, next=_AS_WRITTEN)
    return found


def _texts(held: Any) -> tuple[str, ...]:
    return tuple(map(str, held)) if isinstance(held, list) else ()


def _day(held: Any, place: str, faults: Faults) -> Day | None:
    if held == "none":
        return None
    try:
        return parse_day(str(held))
    except ValueError as error:
        faults.add(FORM, f"known: {error}", where=place, next=_AGAIN)
        return None


def _values(held: Any, count: int, place: str, faults: Faults) -> tuple[tuple[float, ...], ...]:
    found: list[tuple[float, ...]] = []
    for at, each in enumerate(held if isinstance(held, list) else (), start=1):
        try:
            numbers = tuple(float(text) for text in each)
        except (TypeError, ValueError):
            numbers = ()
        if len(numbers) != count or not all(map(math.isfinite, numbers)):
            faults.add(FORM, f"point {at}: expected {count} numbers", where=place, next=_AGAIN)
            break
        found.append(numbers)
    return tuple(found)
