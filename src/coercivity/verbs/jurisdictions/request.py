"""What is asked of which jurisdiction: codes, facts, both dates, planning assumptions and scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from coercivity.base.errors import Faults, brief_value, nearest
from coercivity.cases.arguments import ASSUME, PACKED, Law, assumptions, pausable
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.schema import Words
from coercivity.data.textyaml import load_file
from coercivity.data.values import FactValue
from coercivity.law.engine.jurisdictions import reading_book
from coercivity.law.rules.jurisdictions.names import CHINESE, JURISDICTION, NAMES, abroad_folder, read_names, unknown
from coercivity.law.rules.load import aliases
from coercivity.law.rules.model import CHINA
from coercivity.law.rules.overlay import jurisdiction_of, read_overlays
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.status import Assumption

ANSWERS_ABROAD = f"{CHINA}-foreign-rules"  # what China answers to foreign rules, beside its export control


@dataclass(frozen=True, slots=True)
class Side:
    """One rulebook to be asked.

    Attributes:
        code: Jurisdiction; `CN-foreign-rules` for the Chinese instruments that answer foreign rules.
        name: Its name, by language.
        book: The rulebook, with the instruments of this jurisdiction only.
        assume: Planning assumptions, by instrument.
    """

    code: str
    name: Mapping[str, str]
    book: Rulebook
    assume: Mapping[str, Assumption]

    @property
    def abroad(self) -> bool:
        """Whether it is not the rulebook on Chinese export control."""
        return self.code != CHINA


@dataclass(frozen=True, slots=True)
class Request:
    """The rulebooks to be asked, and what is assumed.

    Attributes:
        sides: One entry per rulebook, in the order of the request.
        china: The law on China, with the user-supplied notices about it.
        reading: The rulebook on China with the facts of all jurisdictions, to read deals with.
        scenarios: What is assumed to have become of a rule, by fact.
        assume: The assumptions for the rulebook on China, as written.
    """

    sides: tuple[Side, ...]
    china: Law
    reading: Rulebook
    scenarios: Mapping[str, FactValue]
    assume: str | None


def abroad_law(code: str = "") -> Law:
    """Returns the built-in rulebook on other jurisdictions, or its part on one of them."""
    return Law(pack=abroad_folder(), jurisdiction=code)


def law_abroad() -> tuple[str, str]:
    """Returns version and hash of the rulebook on other jurisdictions."""
    book = abroad_law().book()
    return book.version, book.content_hash


def facts_abroad() -> FactCatalogue:
    """Returns the facts that the rules of other jurisdictions ask for, by name."""
    return abroad_law().book().catalogue


def facts_of_others() -> frozenset[str]:
    """Returns the facts that only the rules of other jurisdictions ask for."""
    return frozenset(facts_abroad()) - frozenset(PACKED.book().catalogue)


@cache
def known_jurisdictions() -> Mapping[str, Words]:
    """Returns the jurisdictions that can be asked, by code; China first. It reads their names alone."""
    faults = Faults()
    others = read_names(load_file(abroad_folder() / NAMES), faults)
    faults.raise_if_any()
    return {**CHINESE, **{code: name for code, name in others.items() if code != CHINA}}


def read_codes(text: object, faults: Faults) -> tuple[str, ...]:
    """Returns the jurisdictions named by a text such as `CN,US,EU`; each that does not exist is a fault."""
    known, found = known_jurisdictions(), list[str]()
    codes = text.split(",") if isinstance(text, str) else text
    if not isinstance(codes, Sequence) or not codes:
        faults.add("JURISDICTION", "no jurisdiction given", where=JURISDICTION, next="one of: " + ", ".join(known))
        return ()
    for written in codes:
        code = str(written).strip()
        if code not in known:
            unknown(code, known, JURISDICTION, faults)
        elif code in found:
            faults.add("JURISDICTION", f"jurisdiction {code!r} given twice", where=JURISDICTION, next="give it once")
        else:
            found.append(code)
    return tuple(found)


def read_request(text: str | Sequence[str], assume: str | None, law: Law, faults: Faults) -> Request:
    """Returns the rulebooks to be asked.

    Args:
        text: Jurisdictions, such as `CN,US,EU`.
        assume: Planning assumptions: `62=lapsed` for a suspended instrument, `us_widening_2027=as_written` for a
            scenario.
        law: The rulebook on China.
        faults: Collects every error found.
    """
    codes, known = read_codes(text, faults), known_jurisdictions()
    own_law = law.of(CHINA)
    # Assumptions may be about any of them; without one, those asked are enough.
    wanted = known if assume else codes
    china, books = own_law.book(), {code: law_of(code, law).book() for code in wanted}
    notices_asked(law, codes, faults)
    parts = _Parts(china, books, faults)
    parts.read(assume)
    parts.asked(codes)
    sides = list[Side]()
    for code in codes:
        if code == CHINA:
            own = assumptions(china, parts.text(CHINA), faults)
            sides.append(Side(code, CHINESE[CHINA].as_dict(), china, own))
        if code != CHINA or len(codes) > 1:
            own = assumptions(books[code], parts.text(_label(code)), faults)
            name = books[code].jurisdictions[code].as_dict()
            sides.append(Side(_label(code), name, books[code], own))
    return Request(tuple(sides), own_law, reading_book(china), parts.scenarios, parts.text(CHINA) or None)


def law_of(code: str, law: Law) -> Law:
    """Returns the built-in rulebook on one jurisdiction with the notices about it; those about China change its own."""
    return abroad_law(code) if code == CHINA else law.of(code)


def notices_asked(law: Law, codes: Sequence[str], faults: Faults) -> None:
    """Adds a fault for every user-supplied notice about the law of a jurisdiction that is not asked, or not known."""
    for file in read_overlays(law.overlays):
        code = jurisdiction_of(file)
        if code not in known_jurisdictions():
            unknown(code, known_jurisdictions(), file.name, faults)
        elif code != CHINA and codes and code not in codes:
            what = f"the notice is about the law of {code}, which is not asked"
            step = f"add {code} to --jurisdiction, or leave the notice out"
            faults.add("OVERLAY-JURISDICTION", what, where=file.name, next=step)


def assumed_by_side(assume: str | None, law: Law, faults: Faults) -> tuple[Mapping[str, str], Mapping[str, FactValue]]:
    """Returns the planning assumptions about suspensions, as written, by the code of a side; and the scenarios assumed.

    Args:
        assume: Planning assumptions, as for `read_request`.
        law: The rulebook on China.
        faults: Collects every error found.
    """
    if not assume:
        return {}, {}
    books = {code: law_of(code, law).book() for code in known_jurisdictions()}
    parts = _Parts(law.of(CHINA).book(), books, faults)
    parts.read(assume)
    codes = (CHINA, *map(_label, known_jurisdictions()))
    return {code: text for code in codes if (text := parts.text(code))}, parts.scenarios


def side_names(code: str) -> list[tuple[str, Mapping[str, str]]]:
    """Returns the sides of a jurisdiction with their names; China has two: export control, and answers abroad."""
    own = abroad_law().book().jurisdictions[code].as_dict()
    return [(CHINA, CHINESE[CHINA].as_dict()), (ANSWERS_ABROAD, own)] if code == CHINA else [(code, own)]


def _label(code: str) -> str:
    return ANSWERS_ABROAD if code == CHINA else code


class _Parts:
    """Planning assumptions by the rulebook that they are about."""

    def __init__(self, china: Rulebook, books: Mapping[str, Rulebook], faults: Faults) -> None:
        self._china, self._books, self._faults = china, books, faults
        self._catalogue = abroad_law().book().catalogue
        self._texts: dict[str, list[str]] = {}
        self._about: list[tuple[str, str]] = []
        self.scenarios: dict[str, FactValue] = {}

    def text(self, label: str) -> str:
        """Returns the assumptions about suspensions of one rulebook, as written."""
        return ",".join(self._texts.get(label, []))

    def read(self, assume: str | None) -> None:
        """Sorts the parts of a text; a scenario without a name, or with a value that it cannot have, is a fault."""
        for part in filter(None, map(str.strip, (assume or "").split(","))):
            name, equals, value = (piece.strip() for piece in part.partition("="))
            scenario = name.casefold().replace("-", "_")
            if scenario in self._catalogue.scenarios and not value:
                self._branch_missing(scenario)
            elif not equals:
                for label in (CHINA, *map(_label, self._books)):
                    if label == CHINA or self._pauses(label):
                        self._texts.setdefault(label, []).append(part)
            elif scenario in self._catalogue.scenarios:
                self._scenario(scenario, value)
            else:
                self._suspension(name, part)

    def _branch_missing(self, scenario: str) -> None:
        branches = ", ".join(self._catalogue[scenario].values)
        what = f"the assumption names no branch of {scenario!r}"
        self._faults.add("SCENARIO", what, where=ASSUME, next=f"one of: {branches}")

    def asked(self, codes: Sequence[str]) -> None:
        """Adds a fault for every assumption that no jurisdiction asked reads: it would have no effect."""
        before = len(self._faults.items)
        if codes and CHINA not in codes and not any(self._pauses(code) for code in codes):
            assumptions(self._china, self.text(CHINA), self._faults)  # those about no instrument at all
        elif codes and CHINA not in codes:
            assumptions(self._china, ",".join(part for code, part in self._about if code == CHINA), self._faults)
        if not codes or len(self._faults.items) > before:
            return
        for code, part in self._about:
            if code not in codes:
                what = f"the assumption {brief_value(part)!r} is about the law of {code}, which is not asked"
                step = f"add {code} to the jurisdictions, or leave the assumption out"
                self._faults.add("ASSUME", what, where=ASSUME, next=step)

    def _pauses(self, label: str) -> bool:
        return any(_label(code) == label and pausable(book) for code, book in self._books.items())

    def _scenario(self, name: str, value: str) -> None:
        parsed = self._catalogue.parse(name, value, where=ASSUME, faults=self._faults)
        if name in self.scenarios:
            what = f"scenario {name!r} is assumed twice"
            self._faults.add("ASSUME", what, where=ASSUME, next="assume one value of it")
        elif parsed is not None:
            self.scenarios[name] = parsed
            of = [code for code, book in self._books.items() if name in book.rule_facts]
            self._about.extend((code, name) for code in of)

    def _suspension(self, name: str, part: str) -> None:
        for code, book in self._books.items():
            if aliases(book.instruments).get(name) in pausable(book):
                self._texts.setdefault(_label(code), []).append(part)
                self._about.append((code, part))
                return
        close = nearest(name.casefold().replace("-", "_"), self._catalogue.scenarios)
        if name and not close:
            self._texts.setdefault(CHINA, []).append(part)
            self._about.append((CHINA, part))
            return
        what = (
            f"{brief_value(part)!r} names no scenario"
            if not name
            else f"legal scenario {brief_value(name)!r} not found"
        )
        self._faults.add(
            "SCENARIO",
            what,
            where=ASSUME,
            nearest=close,
            next="one of: " + ", ".join(self._catalogue.scenarios),
        )
