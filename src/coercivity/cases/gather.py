"""Collects the facts on which a deal is decided from what a file says, with the source of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from coercivity.base.days import Day, parse_day
from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.cases.owners import owners_of
from coercivity.data.catalogue import UNKNOWN_WORD, FactCatalogue
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.cells.stated import stated_facts
from coercivity.intake.composition.composition import LISTS_ALL
from coercivity.intake.parties.placeholders import signs_nobody
from coercivity.intake.parties.screening import DIFFERENT_FROM, NAMED, NOBODY, PARTIES, Screening, check_judgements
from coercivity.intake.parties.scripts.characters import shown
from coercivity.law.engine.dated_facts import CONFLICT_NEXT, merged
from coercivity.law.engine.decide import STATED, Deal
from coercivity.law.engine.derived_facts import CONFLICT, NO_CODE, RARE_EARTHS, conflicts, opened
from coercivity.law.engine.list_search import EACH_DAY, ListSearch
from coercivity.law.engine.name_questions import NameQuestion
from coercivity.law.engine.standing_answers import contradicted
from coercivity.law.rules.party_lists import LISTS
from coercivity.law.rules.rulebook import Rulebook

BY_DEAL = STATED
_EACH = re.compile(r"(?P<by>.+?)[,，]? *(?:on the day of (?:the|each) (?:case|deal|transaction)|交易当日)", re.I)
_DATED = re.compile(r"(?P<by>.+?)[,，]? +(?:on )?(?P<day>20[2-9]\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8]))")


@dataclass(frozen=True, slots=True)
class Standing:
    """Compliance declarations for a whole file: who made them and what they say.

    Attributes:
        facts: Raw values by fact name.
        lists: Restricted-party lists that were searched.
        version: Version of these lists, as stated.
        said_on: Day of the declarations and of the search, YYYY-MM-DD, or `transaction date` if they were made for each
            transaction on its day.

    Examples:
        >>> standing = coercivity.Standing("the exporter", {"military_use": "false", "wmd_use": "false"})
        >>> coercivity.decide({"act": "goods"}, on="2025-08-15", standing=standing).outcome.value
        'UNKNOWN'
    """

    said_by: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    version: str = ""
    said_on: str = ""

    @property
    def search(self) -> ListSearch | None:
        """The search of the lists, if a named person made it and dated it, in `said_on` or at the end of `said_by`."""
        by, day = (self.said_by, self.said_on) if self.said_on else _signed(self.said_by)
        if not day or signs_nobody(by):
            return None
        return ListSearch(by, None if day == EACH_DAY else parse_day(day), self.lists)


def _signed(said_by: str) -> tuple[str, str]:
    """Returns author and day of a signature such as `export desk, on the day of the deal`; blank if it has none."""
    for pattern, day in ((_EACH, EACH_DAY), (_DATED, "")):
        if (found := pattern.fullmatch(said_by.strip())) is not None:
            return found["by"], day or found["day"]
    return said_by, ""


def declared(catalogue: FactCatalogue, standing: Standing, where: str, faults: Faults) -> Standing:
    """Returns compliance declarations under the names and with the values of the rulebook.

    Args:
        catalogue: Facts, with their synonyms.
        standing: The declarations.
        where: Location for messages.
        faults: Collects every error found.
    """
    facts = stated_facts(catalogue, standing.facts, where=where, faults=faults).facts
    return standing if facts == standing.facts else replace(standing, facts=facts)


def gather(
    book: Rulebook,
    facts: Mapping[str, object],
    *,
    standing: Standing | None = None,
    where: str,
    places: Mapping[str, str] | None = None,
    on: Day | None = None,
    faults: Faults,
) -> Deal:
    """Builds a deal from raw facts and compliance declarations, including screening.

    Args:
        book: The rulebook, for its facts and party sets.
        facts: Raw values by fact name or synonym; `unknown` marks a fact as open and overrides a declaration.
        standing: Declarations that hold unless the deal says otherwise.
        where: Location for messages.
        places: More precise location of a fact of the deal, by fact name.
        on: Transaction date, on which the deal must agree with the user's ownership file; None if it is not known yet.
        faults: Collects every error found.
    """
    standing = standing or Standing()
    values: dict[str, FactValue] = {}
    said_by: dict[str, str] = {}
    dated = check_standing(standing, where, faults)
    stands = stated_facts(book.catalogue, standing.facts, where=f"{where}, standing", faults=faults).facts
    own = stated_facts(book.catalogue, facts, where=where, places=places, faults=faults)
    facts = own.facts
    places = {name: (places or {}).get(written, where) for name, written in own.written.items()}
    check_judgements(stands, f"{where}, standing", faults)
    for source, raw_facts, speaker in (("standing", stands, standing.said_by), ("", facts, BY_DEAL)):
        for name, raw in raw_facts.items():
            place = f"{where}, standing" if source else places[name]
            value = book.catalogue.parse(name, raw, where=place, faults=faults)
            if source and name == "party_sets" and isinstance(value, SetValue):
                value = searched(book, value, standing)
            if name in NAMED and (raw == UNKNOWN_WORD or (isinstance(value, str) and not shown(value).strip())):
                value = NOBODY
            values.pop(name, None)
            said_by.pop(name, None)
            if value is not None:
                values[name] = value
                said_by[name] = f"standing: {speaker}" if source else speaker
    for name in contradicted(book, values, own=facts):
        values.pop(name)
        said_by.pop(name)
    if "listed_on" in facts and "listed_on" not in values and "party_sets" not in facts:
        values.pop("party_sets", None)  # the lists would follow from them
        said_by.pop("party_sets", None)
    elements, speaker = closed(*((values.get(name), said_by.get(name, "")) for name in ("elements", LISTS_ALL)))
    if elements is not None:
        values["elements"], said_by["elements"] = elements, speaker
    conflicts(values, where=where, faults=faults)
    screening = Screening(book)
    questions = _screen(screening, values, said_by)
    told = (screening.shown(name, values.get(name)) for name in PARTIES)
    screened = tuple(one for one in told if one is not None)
    lists = dict.fromkeys(standing.lists, standing.version or "version not stated")
    search = standing.search if dated else None
    users = screening.lists if screened else ()
    owners = owners_of(book, values)
    if owners is not None and on is not None:
        for what in merged(values, said_by, owners.on(on), BY_DEAL).against.values():
            faults.add(CONFLICT, what, where=where, next=CONFLICT_NEXT)
    return Deal(values, said_by, lists, passed_over(values), questions, search, screened, users, owners)


def closed(stated: tuple[FactValue | None, str], answer: tuple[FactValue | None, str]) -> tuple[FactValue | None, str]:
    """Returns the elements of a deal with their source, once the composition is declared to be complete.

    Args:
        stated: The stated elements, if any, and their source.
        answer: `composition_lists_every_rare_earth`, if declared, and by whom. A cell that is not a complete
            list denies it for its row, so that such a row is never closed.
    """
    value, speaker = stated
    if answer[0] is not True or not isinstance(value, SetValue) or value.complete or not value.has & RARE_EARTHS:
        return stated
    return SetValue(value.has), "; ".join(dict.fromkeys(filter(None, (speaker, answer[1]))))


def passed_over(values: Mapping[str, FactValue | None]) -> tuple[str, ...]:
    """Returns the stated facts that no rule reads but that must not be ignored.

    A control code of another list on a magnet: the codes of rare earth magnets are all in the rulebook, so no rule asks
    whether another one applies.
    """
    listed = values.get("listed_elsewhere") is True or (values.get("listed_elsewhere_code") or NO_CODE) != NO_CODE
    return ("listed_elsewhere",) if listed and values.get("form") in ("magnet", "magnet_powder") else ()


def check_standing(standing: Standing, where: str, faults: Faults) -> bool:
    """Adds an error for every list said to have been searched that does not exist, and for an unreadable day.

    Returns:
        Whether the day is readable, or absent.
    """
    for name in standing.lists:
        if name not in LISTS:
            what = f"list {brief_value(name)!r} not found"
            close = nearest(name, LISTS)
            faults.add(
                "LIST-UNKNOWN", what, where=f"{where}, standing", nearest=close, next=f"one of {', '.join(LISTS)}"
            )
    try:
        if standing.said_on not in ("", EACH_DAY):
            parse_day(standing.said_on)
    except ValueError as error:
        next_ = f"write the day as YYYY-MM-DD, or `{EACH_DAY}`"
        faults.add("DATE", f"said_on: {error}", where=f"{where}, standing", next=next_)
        return False
    return True


def searched(book: Rulebook, sets: SetValue, standing: Standing) -> SetValue:
    """Returns the declared party sets, leaving open those of lists that are not said to have been searched.

    A block that names no list covers all of them.
    """
    missed = set(LISTS) - set(standing.lists) if standing.lists else set()
    return opened(book, sets, missed) if missed else sets


def _screen(screening: Screening, values: dict[str, FactValue], said_by: dict[str, str]) -> tuple[NameQuestion, ...]:
    """Adds the party sets of named parties, whatever is declared; returns the questions to ask about names."""
    found = {name: screening.found(name, values[name]) for name in PARTIES if name in values}
    stated = values.get("party_sets"), said_by.get("party_sets", "")
    (value, speaker), questions = screening.sets(stated, found, values.get(DIFFERENT_FROM))
    if value is not None:
        values["party_sets"], said_by["party_sets"] = value, speaker
    return questions
