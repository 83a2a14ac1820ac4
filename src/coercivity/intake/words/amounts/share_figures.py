"""A share as written: a figure or a range, its unit, and whether it is a limit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from coercivity.intake.composition.numbers import read_number, two_readings
from coercivity.intake.words.amounts import share_words as said

PART_PER_MILLION, PERCENT = Decimal("0.000001"), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Figures:
    """A figure with its unit, as an item takes it."""

    numbers: tuple[Decimal, ...]
    unit: str
    limit: str
    about: bool
    told: str

    @property
    def parts(self) -> tuple[tuple[Decimal, ...], str, str, bool, str]:
        """Its parts in the order of the fields of an item."""
        return self.numbers, self.unit, self.limit, self.about, self.told


def figures_of(found: re.Match[str]) -> Figures | None:
    """Returns the figures of a match as fractions by mass; None if they are impossible or may be two numbers."""
    unit = found["unit"] or ""
    million = unit.casefold().startswith(("ppm", "mg"))
    around = found.groupdict().get("around")
    written = [text for text in (found["number"], found["to"], around) if text]
    if million and any(two_readings(text) is not None for text in written):
        return None
    numbers = [read_number(text, decimal="," if "," in text and not million else "").value for text in written]
    if around:
        numbers = [numbers[0] - numbers[-1], numbers[0] + numbers[-1]]
    if (around and found["to"]) or min(numbers) < 0:
        return None
    kind = "" if not unit else "other" if said.NOT_BY_MASS.match(unit) else "mass"
    scale = PART_PER_MILLION if million else PERCENT if kind else Decimal(1)
    behind = (found["behind"] or "").casefold()
    less = bool(found["less"]) or behind in ("以下", "以内", "未満", "未满", "max")
    more = bool(found["more"]) or behind in ("以上", "min")
    if kind and max(numbers) * scale > 1:
        return None
    told = ("±" if around else "-").join(written) + (f" {' '.join(unit.split())}" if unit else "")
    shares = tuple(number * scale for number in numbers)
    return Figures(
        shares, kind, "less" if less else "more" if more else "", bool(found["about"]) or behind == "左右", told
    )
