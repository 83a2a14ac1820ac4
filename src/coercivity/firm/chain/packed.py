"""The usual chain of a destination from the data of the program: law, practice and assumption by stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from coercivity.base.errors import Argument, Faults, nearest
from coercivity.data.catalogue import nearest_country
from coercivity.data.packs import open_pack
from coercivity.firm.company.model import Company, ReturnRow, StageRow, UseCalendar
from coercivity.firm.company.needs import destination_of
from coercivity.firm.leads import LeadTime, lead_times
from coercivity.law.consequences.licensing import load_licensing
from coercivity.law.rules.rulebook import Rulebook
from coercivity.permission.buckets import load_buckets
from coercivity.practice.desk_tables import load_desk

_GOODS = "separated oxide, metal, alloy, magnet"
_ELSEWHERE = "ROW"
_NO_DESTINATION = ("CN", "XX")  # XX: a country without a code of its own
_REVIEW = "licence_decision"
# Chances are given in steps of 0.01 %, so that they can be written into a workbook as they are.
_STEPS = 10_000


def packed_company(book: Rulebook, to: str, faults: Faults) -> Company:
    """Returns a company with the stages of the usual chain: filing, ministry, hand-over, and transport to a country.

    A returned file is found on the shortest day of filing; the reply to the questions follows, and it is filed again.

    Args:
        book: The rulebook, for the time limit of the ministry.
        to: ISO 3166 alpha-2 code of the destination.
        faults: Receives the faults.

    Rows of the data tables `assumptions` and `desk_figures` are named in their stages.

    Source: Decree 792, Article 17(1).
    """
    region = _region(book, to, faults)
    if region is None:
        return Company()
    leads = lead_times()
    filing, questions, hand_over = leads["filing"], leads["questions"], leads["handover"]
    clock = next(entry for entry in load_licensing(book).clocks if entry.id == _REVIEW)
    returned = next(row for row in load_desk().rows if row.parameter == "returned_share")
    limit = Fraction(1)
    rows = [
        *_lead("filing", filing),
        StageRow("ministry", "working", int(clock.working_days or 0), limit, "law", "Decree 792, Article 17(1)", None),
        *_lead("certificate and release", hand_over),
        *_transit(region),
    ]
    chance = Fraction(str(returned.value))
    back = ReturnRow("filing", 1, True, chance, int(filing.low), int(questions.value))
    return Company(stages=tuple(rows), returns=(back,))


def with_usual_stages(
    book: Rulebook, company: Company, *, plant: str | None, to: str | None, faults: Faults
) -> Company:
    """Returns a company that gives no stages with those of the usual chain to its plant; without a country, as it is.

    Args:
        book: The rulebook, for the time limit of the ministry.
        company: The company.
        plant: Plant that the goods go to, in place of that of Settings.
        to: ISO 3166 alpha-2 code of the destination, in place of the country of the plant.
        faults: Receives the faults.
    """
    destination = to or destination_of(company, plant)
    if not destination:
        step = "add rows to the sheet Stages, or give the destination for the usual stages: --to DE"
        faults.add("CHAIN-STAGE", "there are no stages", where="Stages", next=step)
        return company
    usual = packed_company(book, destination, faults)
    # A return names one of the stages; those that were given with no stages would be lost.
    for row in company.returns:
        step = "add rows to the sheet Stages, or empty the sheet Returns for the usual ones"
        faults.add("CHAIN-RETURN", "returns are given, and no stages", where=row.where, next=step)
    return replace(company, stages=usual.stages, returns=usual.returns)


def _region(book: Rulebook, to: str, faults: Faults) -> str | None:
    """Returns the region of the model for a country; the rest of the world if no other region holds it."""
    code = to.strip().upper()
    abroad = {name: words for name, words in book.catalogue.countries.items() if name not in _NO_DESTINATION}
    if code not in abroad:
        what = f"{to[:40]!r} is not the code of a country outside China"
        close = nearest_country(abroad, to.strip()[:40]) or nearest(code[:40], abroad)
        faults.add("ARGUMENT", what, where=Argument("to"), nearest=close, next="write two letters, such as DE")
        return None
    regions = {place.country: place.region for place in load_buckets().places}
    regions |= {member.country: place.region for place in load_buckets().places for member in place.members}
    regions |= dict.fromkeys(sorted(load_desk().groups.get("EU", ())), "EUR")
    return regions.get(code, _ELSEWHERE)


def _transit(region: str) -> Iterator[StageRow]:
    """Yields the ways of transport from China, as the table `assumptions` gives them."""
    table = open_pack("world").table("assumptions")
    names = ("id", "topic", "item", "from_region", "to_region", "mode", "value", "low", "high", "quality")
    for cells in zip(*(table.text(name) for name in names), strict=True):
        row, topic, item, start, ends, mode, value, low, high, quality = cells
        if (topic, item) == ("transit", _GOODS) and "CN" in start.split(";") and {region, "any"} & set(ends.split(";")):
            yield from _rows(mode, "calendar", low, value, high, quality, f"assumptions:{row}")


def _lead(stage: str, lead: LeadTime) -> Iterator[StageRow]:
    return _rows(stage, "working", lead.low, lead.value, lead.high, lead.quality, f"assumptions:{lead.row}")


def _rows(
    stage: str, unit: UseCalendar, low: object, value: object, high: object, quality: str, source: str
) -> Iterator[StageRow]:
    """Yields a stage by whole days, rounded up, of a triangular distribution; no case was counted behind it."""
    least, mode, most = (Fraction(str(number)) for number in (low, value, high))
    before = Fraction(0)
    for day in range(-(-least.numerator // least.denominator), -(-most.numerator // most.denominator) + 1):
        share = Fraction(round(_below(Fraction(day), least, mode, most) * _STEPS), _STEPS)
        if share > before:
            yield StageRow(stage, unit, day, share - before, quality, source, 0)
        before = share


def _below(day: Fraction, low: Fraction, mode: Fraction, high: Fraction) -> Fraction:
    if day >= high:
        return Fraction(1)
    if day <= mode:
        return (day - low) ** 2 / ((high - low) * (mode - low)) if mode > low else Fraction(0)
    return 1 - (high - day) ** 2 / ((high - low) * (high - mode))
