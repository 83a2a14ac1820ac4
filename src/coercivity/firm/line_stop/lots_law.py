"""The law on the lots of a company: each lot that is not past customs, decided for the day on which it may leave.

A lot that is entered as free, and for which the law requires a licence, is on hold: it counts in no layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from coercivity.base.days import Day
from coercivity.base.errors import Faults
from coercivity.base.words import Lang, say
from coercivity.cases.gather import Standing, gather
from coercivity.cases.known_lists import deal_known
from coercivity.data.values import SetValue
from coercivity.firm.company.model import NO_LICENCE, Company, LicenceHeld, Lot
from coercivity.firm.line_stop.lot_deals import LotDeal, lot_deal, standing_of
from coercivity.firm.line_stop.results import NOT_ASKED, HeldFor, LotLaw
from coercivity.firm.line_stop.scenarios import LEAVES_DAYS_AFTER_GRANT, granted_on, renewed_on
from coercivity.firm.line_stop.supply import plus
from coercivity.law.engine.decide import Deal, Decision, decide, possible
from coercivity.law.engine.name_questions import said_of_name
from coercivity.law.explain.reasons import grounds
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption

DECLARATIONS, ELEMENTS = "Declarations", "elements"
_HIT = {"en": "{} {!r} is on the {}, as {}", "zh": "{}“{}”列入{}：{}"}


@dataclass(frozen=True, slots=True)
class LotsLaw:
    """What the law says of the lots of a company.

    Attributes:
        lots: Every lot that is not past customs, in the order of the workbook.
        decisions: The decision behind each, by lot; none where the law was not asked.
    """

    lots: tuple[LotLaw, ...]
    decisions: Mapping[str, Decision] = field(default_factory=dict, compare=False)

    @property
    def held(self) -> frozenset[str]:
        """Lots that count in no layer and never leave."""
        return frozenset(one.lot for one in self.lots if one.held)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the workbook tells the law at all; where it has begun to tell, what it leaves blank is open."""

    named: bool
    declared: bool


def lots_law(
    book: Rulebook,
    company: Company,
    *,
    on: Day,
    known: Day | None = None,
    assume: Mapping[str, Assumption] | None = None,
) -> LotsLaw:
    """Returns the law on every lot that is not past customs.

    The law is asked once the workbook gives the country of any supplier or plant, or a declaration. Before that names
    are screened all the same: a lot of a party that is listed, or may be, is on hold. A country, a company name or a
    declaration that is left blank beside others is open and never frees a lot. Goods that a contract only promises are
    no lots: it names no part and no plant.

    Args:
        book: The rulebook, with the files of its user.
        company: The company.
        on: Evening of the stock count.
        known: Information cut-off, also for the screening of names; by default the earlier of the day decided and the
            last check of the rulebook.
        assume: Planning assumptions, by instrument.

    Raises:
        CoercivityError: With every country and declaration that cannot be read, and facts that contradict each other.

    Source: docs/survive.md; docs/decisions.md.
    """
    waiting = [lot for lot in company.in_transit if lot.state == "waiting"]
    countries = [*(one.country for one in company.suppliers), *(one.country for one in company.plants)]
    names = [*(one.name for one in company.suppliers), *(one.name for one in company.plants)]
    told_of_law = bool(company.declarations) or any(country.strip() for country in countries)
    if not told_of_law and not any(names):
        return LotsLaw(tuple(_not_asked(company, lot) for lot in waiting))
    faults = Faults()
    standing = standing_of(book, company, faults)
    if not faults.items:
        gather(book, {}, standing=standing, where=DECLARATIONS, faults=faults)
    told = {key: lot_deal(book, company, lot, faults) for key, lot in _kinds(waiting)}
    faults.items[:] = list(dict.fromkeys(faults.items))
    faults.raise_if_any()
    deals = {key: deal_known(book, _gathered(book, one, standing, faults), known) for key, one in told.items()}
    faults.items[:] = list(dict.fromkeys(faults.items))  # a part that contradicts itself does so in each of its lots
    faults.raise_if_any()
    if not told_of_law:
        return LotsLaw(tuple(_screened(book, company, lot, deals[_key(lot)], on) for lot in waiting))
    asked = Asked(any(names), bool(company.declarations))
    found: dict[tuple[tuple[str, str, str], Day], Decision] = {}

    def decided(key: tuple[str, str, str], day: Day) -> Decision:
        if (key, day) not in found:
            found[key, day] = decide(book, deals[key], day, known=known, assume=assume)
        return found[key, day]

    lots, decisions = [], {}
    for lot in waiting:
        key, day = _key(lot), leaving_day(company, lot, on=on)
        decisions[lot.lot] = decided(key, day)
        view = _view(book, lot, told[key], decided(key, day), asked)
        if lot.licence == NO_LICENCE and ELEMENTS in view.questions:
            cells = tuple(f"Parts {name} of {lot.part}" for name in _open_elements(book, decided(key, day)))
            view = replace(view, missing=tuple(dict.fromkeys((*view.missing, *cells))))
        lots.append(view)
    return LotsLaw(tuple(_under_single_licences(company, lots, on)), decisions)


def _under_single_licences(company: Company, found: list[LotLaw], on: Day) -> Iterator[LotLaw]:
    """Yields the lots; those on hold whose granted single licence does not name their plant, or is used by another lot.

    One export to one end user: the licence lapses once it is used.

    Source: Decree 792, Article 15(2).
    """
    licences = {one.licence: one for one in company.licences if one.kind == "single" and one.state == "granted"}
    lots = {lot.lot: lot for lot in company.in_transit}
    used = {lot.licence: lot.lot for lot in company.in_transit if lot.state == "cleared"}
    counted = [one for one in found if not one.held and one.outcome != Outcome.PROCEED.value]
    for one in sorted(counted, key=lambda one: one.on or on):
        licence = licences.get(lots[one.lot].licence)
        if licence is not None and lots[one.lot].plant in licence.names and _is_valid(licence, one.on):
            used.setdefault(licence.licence, one.lot)
    for one in found:
        licence = licences.get(lots[one.lot].licence) if one in counted else None
        if licence is None or (licence.names and lots[one.lot].plant not in licence.names):
            yield one
        elif not licence.names:
            yield replace(one, held="plants not named", missing=(*one.missing, f"Licences names of {licence.licence}"))
        elif used.get(licence.licence, one.lot) != one.lot and _is_valid(licence, one.on):
            yield replace(one, held="licence used")
        else:
            yield one


def _is_valid(licence: LicenceHeld, day: Day | None) -> bool:
    return day is not None and licence.valid_until is not None and day <= licence.valid_until


def _open_elements(book: Rulebook, decision: Decision) -> Iterator[str]:
    """Yields the elements of which the law must know whether they are in the goods, if a composition is given at all.

    One is asked of where the question stays open although all others that are not stated are absent.
    """
    stated = decision.deal.facts.get(ELEMENTS)
    if not isinstance(stated, SetValue) or stated.complete:
        return
    rest = frozenset(book.catalogue[ELEMENTS].values) - stated.has - stated.lacks
    for name in sorted(rest):
        value = SetValue(stated.has, stated.lacks | (rest - {name}), complete=False)
        deal = replace(decision.deal, facts={**decision.deal.facts, ELEMENTS: value})
        if ELEMENTS in decide(book, deal, decision.on, known=decision.known, assume=decision.assume).missing:
            yield name


def _kinds(lots: list[Lot]) -> Iterator[tuple[tuple[str, str, str], Lot]]:
    """Yields the first lot of each part, supplier and plant."""
    first: dict[tuple[str, str, str], Lot] = {}
    for lot in lots:
        first.setdefault(_key(lot), lot)
    yield from first.items()


def _key(lot: Lot) -> tuple[str, str, str]:
    return lot.part, lot.supplier, lot.plant


def _gathered(book: Rulebook, told: LotDeal, standing: Standing, faults: Faults) -> Deal:
    return gather(book, told.facts, standing=standing, where=told.where, faults=faults)


def _not_asked(company: Company, lot: Lot) -> LotLaw:
    missing = (f"Suppliers country of {lot.supplier}", f"Plants country of {lot.plant}")
    return LotLaw(lot.lot, NOT_ASKED, (), None, True, missing, ())


def _screened(book: Rulebook, company: Company, lot: Lot, deal: Deal, on: Day) -> LotLaw:
    """Returns a lot about which the law is not asked, on hold if a party to it is listed or may be."""
    day = leaving_day(company, lot, on=on)
    found = [tuple(names_found(book, deal, day, lang)) for lang in ("en", "zh")]
    if not found[0]:
        return _not_asked(company, lot)
    return replace(_not_asked(company, lot), on=day, names=found[0], names_zh=found[1], held="name in doubt")


def leaving_day(company: Company, lot: Lot, *, on: Day) -> Day:
    """Returns the first day on which a lot may leave.

    Args:
        company: The company, for its licences and delays.
        lot: A lot that is not past customs.
        on: Evening of the stock count; what still waits then has not left before.
    """
    day = max(lot.leaves or on, on)
    held = next((one for one in company.licences if one.licence == lot.licence), None)
    opens = [] if held is None else _openings(company, lot, held, day)
    return max(day, min(opens)) if opens else day


def _openings(company: Company, lot: Lot, held: LicenceHeld, day: Day) -> list[Day]:
    """Returns the days, over the scenarios, on which a grant or a renewal lets a lot leave; none if it needs none."""
    if held.kind == "single" and held.state == "filed":
        wait = company.settings.leaves_days_after_grant
        after = LEAVES_DAYS_AFTER_GRANT if wait is None else wait
        granted = (granted_on(lot.filed or held.filed, one) for one in company.delays)
        return [plus(one, after) for one in granted if one is not None]
    covered = lot.plant in held.names and (held.valid_until is None or day <= held.valid_until)
    if held.kind == "general" and not covered:
        return [one for delay in company.delays if (one := renewed_on(held, delay)) is not None]
    return []


def _view(book: Rulebook, lot: Lot, told: LotDeal, decision: Decision, asked: Asked) -> LotLaw:
    """Returns what the law says of a lot on a day, and whether it is on hold."""
    unnamed = told.unnamed if asked.named else ()
    outcome = decision.outcome
    if outcome is Outcome.PROCEED and told.missing:
        outcome = Outcome.UNKNOWN  # less said never frees
    open_ = tuple(dict.fromkeys((*decision.missing, *decision.open_standing)))
    return LotLaw(
        lot=lot.lot,
        outcome=outcome.value,
        clauses=tuple(rule.id for rule in grounds(book, decision)),
        on=decision.on,
        agrees=lot.licence != NO_LICENCE or outcome is Outcome.PROCEED,
        missing=(*told.missing, *unnamed),
        names=tuple(names_found(book, decision.deal, decision.on, "en")),
        held=held_for(lot.licence, decision, outcome, asked, unnamed=bool(unnamed)),
        checked_through=decision.checked_through,
        questions=open_,
        names_zh=tuple(names_found(book, decision.deal, decision.on, "zh")),
        assumed=tuple(f"{name}={picked.text()}" for name, picked in sorted(decision.assume.items())),
    )


def held_for(licence: str, decision: Decision, outcome: Outcome, asked: Asked, *, unnamed: bool) -> HeldFor:
    """Returns why goods may not leave; a licence in hand does not help where the law may forbid the deal.

    Args:
        licence: The licence under which they leave, or `none`.
        decision: The decision.
        outcome: Its outcome, UNKNOWN if a cell that it needs is blank.
        asked: What the law is told at all.
        unnamed: Whether the name of a party is not given.
    """
    if outcome is Outcome.STOP:
        return "prohibited"
    if decision.deal.names_open_on(decision.on):
        return "name in doubt"
    if unnamed:
        return "name not given"
    if _may_be_barred(decision) or (asked.declared and decision.open_standing):
        return "undecided"
    if licence != NO_LICENCE or outcome is Outcome.PROCEED:
        return ""
    if outcome is Outcome.LICENCE:
        return "licence needed"
    settled = not (decision.missing or decision.open_standing or decision.deal.unread)
    return "not checked so far" if settled and decision.unverified else "undecided"


def _may_be_barred(decision: Decision) -> bool:
    """Returns whether the law may forbid the deal, even if all that is not declared is harmless; or by a listed party.

    What a blank cell leaves open counts; a question of compliance that nobody has answered does not.
    """
    if any(possible(branch.benign.ceiling) is Outcome.STOP for branch in decision.branches):
        return True
    hit = any(one["verdict"] == "match" for one in decision.deal.screened)
    return hit and Outcome.STOP in (decision.ceiling, decision.may_become)


def names_found(book: Rulebook, deal: Deal, on: Day, lang: Lang) -> Iterator[str]:
    """Yields what the screening of the names found."""
    parties, lists = book.words.get("parties", {}), book.words.get("lists", {})
    for one in deal.screened:
        fact = say(parties.get(one["fact"], {"en": one["fact"]}), lang)
        for entry in one["entries"]:
            if entry["verdict"] == "match":
                name = say(lists.get(entry["list"], {"en": entry["list"]}), lang)
                yield say(_HIT, lang).format(fact, one["written"], name, entry["written"])
    for question in deal.names_open_on(on):
        yield said_of_name(book.words, question, lang, on=on)
