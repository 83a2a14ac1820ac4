"""Posteriors that are packed with the program, named by their day in place of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from coercivity.base.errors import Argument, CoercivityError

PACKED = "packed"
_FOLDER, _NAME = "packs/observations/posteriors", "posterior-{}.yaml"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def packed_posteriors() -> dict[str, Path]:
    """Returns the packed posteriors by their day, YYYY-MM-DD, in order."""
    folder = Path(str(resources.files("coercivity").joinpath(*_FOLDER.split("/"))))
    head, tail = _NAME.split("{}")
    return {each.name.removeprefix(head).removesuffix(tail): each for each in sorted(folder.glob(_NAME.format("*")))}


def posterior_file(given: Path) -> Path:
    """Returns a file with parameters: as given, or the packed posterior of the day that is given in its place.

    A file of that name in the working folder comes first.

    Args:
        given: File, or YYYY-MM-DD.

    Raises:
        CoercivityError: If it is a day of which no posterior is packed.
    """
    packed = packed_posteriors()
    if given.exists() or not _DAY.fullmatch(str(given)):
        return given
    if str(given) not in packed:
        step = f"one of: {', '.join(packed)}; or give a file of `calibrate`"
        what = f"no posterior of {given} is packed"
        raise CoercivityError.of("PARAMETERS-OTHER", what, where=Argument("parameters"), next=step)
    return packed[str(given)]


def all_packed(given: Sequence[Path]) -> bool:
    """Returns whether every packed posterior is asked for, of which some may stay unused.

    Args:
        given: Files, days, or the word `packed`.
    """
    return any(str(each) == PACKED and not each.exists() for each in given)


def posterior_files(given: Sequence[Path]) -> list[Path]:
    """Returns files with parameters; the word `packed` stands for every packed posterior.

    Args:
        given: Files, days, or the word.

    Raises:
        CoercivityError: As `posterior_file`.
    """
    found = list[Path]()
    for each in given:
        if all_packed([each]):
            found += packed_posteriors().values()
        else:
            found.append(posterior_file(each))
    return found
