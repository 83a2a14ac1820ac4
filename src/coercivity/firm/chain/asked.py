"""What a workbook and the words of a command ask of the chain; every fault is collected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from coercivity.base.days import Day, day_of
from coercivity.base.errors import Argument, Faults
from coercivity.firm.chain.answer import ChainAsked
from coercivity.firm.chain.build import check_days
from coercivity.firm.chain.model import PartByAir
from coercivity.firm.company.model import Company
from coercivity.firm.company.spec import setting_specs
from coercivity.workbooks.cells import read_cell

USUAL_CONFIDENCE = Fraction(9, 10)
MOST_DRAWS = 2_000_000
_PART = ("stock_through", "use", "lot", "lost_day", "air_over_sea")


@dataclass(frozen=True, slots=True)
class ChainWords:
    """The words of a command; those that are given go before the settings of the workbook.

    Attributes:
        sign: Day of signing, YYYY-MM-DD.
        arrive_by: Day by which the goods are needed.
        confidences: Shares such as 0.9 or 90%.
        return_chance: Chance of return in each round.
        by_air_kg: Masses by air [kg].
        plant: Plant to which the goods go.
        draws: Number of draws beside the exact answer.
    """

    sign: str | None = None
    arrive_by: str | None = None
    confidences: Sequence[str] = ()
    return_chance: str | None = None
    by_air_kg: Sequence[str] = ()
    plant: str | None = None
    draws: int = 0


@dataclass
class AskedReader:
    """Reads what is asked.

    Attributes:
        company: The workbook.
        words: The words of the command.
        faults: Receives the faults.
    """

    company: Company
    words: ChainWords
    faults: Faults = field(default_factory=Faults)

    def asked(self) -> ChainAsked | None:
        """Returns what is asked, or None after a fault."""
        before = len(self.faults.items)
        settings, words = self.company.settings, self.words
        signed = self._day("sign", words.sign, settings.signed)
        needed = self._day("arrive-by", words.arrive_by, settings.needed)
        if signed is None and words.sign is None:
            what = "the day of signing is missing"
            self.faults.add("ARGUMENT", what, where=Argument("sign"), next="give it, or write `signed` in Settings")
        place = Argument("arrive-by") if words.arrive_by else self.company.places.get("needed", "needed")
        check_days(signed, needed, place, self.faults)
        if not 0 <= words.draws <= MOST_DRAWS:
            what = f"{words.draws:,} draws; 0 to {MOST_DRAWS:,} can be made"
            self.faults.add("ARGUMENT", what, where=Argument("draws"), next="give another number")
        confidences, part, masses = self._confidences(), self._part(), self._masses()
        if len(self.faults.items) > before or signed is None:
            return None
        plant = settings.plant if words.plant is None else words.plant
        return ChainAsked(signed, needed, confidences, plant, part, masses, words.draws)

    def return_chance(self) -> Fraction | None:
        """Returns the chance of return that is asked for, or None."""
        text = self.words.return_chance
        return None if text is None else self._share(text, "return-chance")

    def _day(self, name: str, text: str | None, given: Day | None) -> Day | None:
        return day_of(text, Argument(name), self.faults) if text is not None else given

    def _share(self, text: str, name: str) -> Fraction | None:
        try:
            found = read_cell(text, setting_specs()["confidence"])
        except ValueError as error:
            self.faults.add("ARGUMENT", str(error), where=Argument(name), next="write a share such as 0.9")
            return None
        assert isinstance(found, Fraction)
        return found

    def _confidences(self) -> tuple[Fraction, ...]:
        texts = list(self.words.confidences)
        own = self.company.settings.confidence
        read = [self._share(text, "confidence") for text in texts] if texts else [own or USUAL_CONFIDENCE]
        found = [share for share in read if share is not None]
        if any(share == 0 for share in found) or (own == 0 and not texts):
            where = Argument("confidence") if texts else self.company.places.get("confidence", "Settings")
            self.faults.add("ARGUMENT", "a confidence of 0 asks for nothing", where=where, next="write 0.9, say")
        return tuple(dict.fromkeys(found))

    def _part(self) -> PartByAir | None:
        settings, places = self.company.settings, self.company.places
        given = [name for name in _PART if getattr(settings, name) is not None]
        if len(given) < len(_PART):
            missing = [name for name in _PART if name not in given]
            if given or self.words.by_air_kg:
                what = "a part by air needs also " + ", ".join(missing)
                where = places.get(given[0], "Settings") if given else Argument("by-air-kg")
                self.faults.add("CHAIN-AIR", what, where=where, next="add them to Settings")
            return None
        if settings.use == 0 or settings.lot == 0:
            name = "use" if settings.use == 0 else "lot"
            where = places.get(name, "Settings")
            self.faults.add("CHAIN-AIR", f"{name} is 0", where=where, next="write a mass above 0")
            return None
        numbers = [settings.use, settings.lot, settings.lost_day, settings.air_over_sea]
        use, lot, lost, extra = (number for number in numbers if number is not None)
        assert settings.stock_through is not None
        return PartByAir(settings.stock_through, use, lot, lost, extra)

    def _masses(self) -> tuple[Fraction, ...]:
        found, lot = [], self.company.settings.lot
        for text in self.words.by_air_kg:
            try:
                mass = read_cell(text, setting_specs()["use"])
            except ValueError as error:
                self.faults.add("ARGUMENT", str(error), where=Argument("by-air-kg"), next="write a mass in kg")
                continue
            assert isinstance(mass, Fraction)
            if lot is not None and mass > lot:
                what = f"{text} kg by air is more than the lot, {float(lot):,g} kg"
                self.faults.add("CHAIN-AIR", what, where=Argument("by-air-kg"), next="write a part of the lot")
            found.append(mass)
        return tuple(found)
