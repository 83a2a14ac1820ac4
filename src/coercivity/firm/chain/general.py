"""What a general licence does to a chain: where it leaves out the ministry, and for whom."""

from __future__ import annotations

from fractions import Fraction

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import Faults
from coercivity.firm.chain.backward import left_out_chances
from coercivity.firm.chain.calendar import ChainCalendar
from coercivity.firm.chain.model import Chain, GeneralAnswer, GeneralLicence, GeneralPractice
from coercivity.firm.company.model import Company, LicenceHeld
from coercivity.practice.records import load_records

# Days before the last day of the licence that are searched for a day of signing with which the ministry is left out.
_SEARCHED_DAYS = 1_100


def general_of(company: Company, faults: Faults) -> GeneralLicence | None:
    """Returns the general licence of a workbook that counts for its plant, or None.

    Settings and the sheet Licences may both give it; if they differ, that is a fault.

    Args:
        company: The company.
        faults: Receives the faults.
    """
    settings, places = company.settings, company.places
    own = _own(company, faults)
    through = settings.general_licence_valid_through
    if through is None:
        if settings.general_licence_plant:
            what = "a plant of a general licence is given, and not the last day of the licence"
            where = places.get("general_licence_plant", "Settings")
            faults.add("CHAIN-LICENCE", what, where=where, next="add general_licence_valid_through")
        return own
    if own is not None and own.valid_through != through:
        where = places.get("general_licence_valid_through", "Settings")
        what = f"the general licence is valid through {through} here and through {own.valid_through} in Licences"
        faults.add("CHAIN-LICENCE", what, where=where, next="keep one of them")
    return GeneralLicence(through, settings.general_licence_plant or (own.names if own is not None else ()))


def _own(company: Company, faults: Faults) -> GeneralLicence | None:
    """Returns the general licence of the sheet Licences that names the plant."""
    plant = company.settings.plant
    held = [each for each in company.licences if _counts(each, plant)]
    ends = {each.valid_until for each in held}
    if len(ends) > 1:
        names = ", ".join(each.licence for each in held)
        what = f"several general licences name {plant}, with different last days: {names}"
        next_step = "give the one of this chain as general_licence_valid_through in Settings"
        if company.settings.general_licence_valid_through not in ends:
            faults.add("CHAIN-LICENCE", what, where=held[1].where, next=next_step)
        return None
    if not held:
        return None
    end = held[0].valid_until
    assert end is not None
    return GeneralLicence(end, held[0].names)


def _counts(held: LicenceHeld, plant: str) -> bool:
    granted = held.kind == "general" and held.state == "granted" and held.valid_until is not None
    return granted and names_plant(held.names, plant)


def names_plant(names: tuple[str, ...], plant: str) -> bool:
    """Returns whether a licence names a plant; a plant that is not given is not named."""
    return bool(plant) and plant.casefold() in {name.casefold() for name in names}


def general_answer(chain: Chain, calendar: ChainCalendar, signed: int, plant: str) -> GeneralAnswer | None:
    """Returns what a general licence does, without the results by way of transport.

    Args:
        chain: The chain.
        calendar: Its working days.
        signed: Ordinal of the day of signing.
        plant: Plant to which the goods go; empty if not given.
    """
    general = chain.general
    if general is None:
        return None
    practice = _practice(Day.fromordinal(signed))
    if not names_plant(general.names, plant):
        return GeneralAnswer(general, False, Fraction(0), None, None, practice=practice)
    last = general.valid_through.toordinal()
    first = max(calendar.first, min(signed, last - _SEARCHED_DAYS))
    chances = left_out_chances(chain, calendar, general, first=first)
    days = range(first, chances.last + 1)
    sure = [day for day in days if chances.weight(day) == chances.scale]
    some = [day for day in days if chances.weight(day)]
    never = some[-1] + 1 if some else first
    return GeneralAnswer(
        licence=general,
        names_plant=True,
        left_out=chances.at(signed),
        sure_until=Day.fromordinal(sure[-1]) if sure else None,
        never_from=Day.fromordinal(never),
        practice=practice,
    )


def _practice(signed: Day) -> GeneralPractice | None:
    """Returns what reports up to the day of signing say of general licences."""
    for entry in load_records().general_licences:
        reported = parse_day(str(entry.first_reported))
        if reported <= signed and entry.source_urls:
            return GeneralPractice(
                first_reported=reported,
                holders=tuple(entry.holders_reported),
                years=str(entry.validity_years_seen),
                years_by_law=str(entry.validity_years_by_law),
                conditions=tuple({"en": each.en, "zh": each.zh} for each in entry.conditions_seen),
                source=entry.source_urls[0],
            )
    return None
