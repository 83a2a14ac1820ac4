"""Posteriors that are packed with the program, named by their day in place of a file."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path

PACKED = "packed"
_FOLDER, _NAME = "packs/observations/posteriors", "posterior-{}.yaml"


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
    """
    return given if given.exists() else packed_posteriors().get(str(given), given)


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
    """
    found = list[Path]()
    for each in given:
        if all_packed([each]):
            found += packed_posteriors().values()
        else:
            found.append(posterior_file(each))
    return found
