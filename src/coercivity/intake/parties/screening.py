"""Names of a deal screened against the built-in lists: additions to its party sets, and open questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from coercivity.base.errors import Faults
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.parties.index import party_index
from coercivity.intake.parties.placeholders import names_nobody
from coercivity.intake.parties.screen import look
from coercivity.law.engine.name_questions import DIFFERENT, IN_DOUBT, NO_NAME, OTHER_SCRIPT, NameQuestion
from coercivity.law.rules.rulebook import Rulebook

NAMED = ("consignee", "end_user")  # the facts that name a party
DIFFERENT_FROM = "different_from"
NOBODY = "unknown"  # value of a party fact that is stated as unknown, or left blank where it is asked for
BY_SCREENING = "screening of the packed lists by name"


_DOUBT = frozenset("?¿؟？")


class Found(NamedTuple):
    """The screening results for the names of a deal.

    Attributes:
        sets: Party sets that include one of the names.
        questions: Names for which a person has to say who is meant.
        named: Whether there was a name to screen.
    """

    sets: frozenset[str] = frozenset()
    questions: tuple[NameQuestion, ...] = ()
    named: bool = True


NO_HIT, NOT_NAMED = Found(), Found(named=False)


class Screening:
    """The built-in lists of a rulebook, used to screen the names of deals."""

    def __init__(self, book: Rulebook) -> None:
        self._table = book.folder / "parties.csv"
        self._all = frozenset(book.party_sets)
        self._searched = frozenset(
            set_id
            for held in book.party_lists.values()
            if held.settles or held.not_held
            for set_id in held.sets - {held.not_held}
        )

    def found(self, name: str, value: FactValue | None) -> Found:
        """Returns the results for a fact that names a party; a missing value is skipped."""
        if not isinstance(value, str):
            return NOT_NAMED
        found = _found(value, self._table)
        return Found(found.sets, tuple(one._replace(fact=name) for one in found.questions))

    def sets(
        self, stated: tuple[FactValue | None, str], found: Iterable[Found], different: FactValue | None
    ) -> tuple[tuple[FactValue | None, str], tuple[NameQuestion, ...]]:
        """Returns the party sets of a deal with their source, and the questions about its names.

        A statement never closes a hit or a question. No hit for both parties proves that they are in none of the
        notices included, if the rulebook says how complete their list is; of other notices it proves nothing.

        Args:
            stated: The stated party sets, if any, and their source.
            found: The screening results for each of `NAMED`.
            different: The listed parties that the deal itself says are not its own.
        """
        held = tuple(found)
        others = different.has if isinstance(different, SetValue) else frozenset[str]()
        questions = tuple(
            one._replace(answer=DIFFERENT) if one.party_id in others else one for each in held for one in each.questions
        )
        hits = frozenset[str]().union(*(each.sets for each in held))
        doubt = frozenset[str]().union(*(one.party_sets or self._all for one in questions if one.is_open))
        both = len([each for each in held if each.named]) == len(NAMED)
        return self._with(stated, hits, doubt, self._searched if both else frozenset()), questions

    def _with(
        self,
        stated: tuple[FactValue | None, str],
        hits: frozenset[str],
        doubt: frozenset[str],
        searched: frozenset[str],
    ) -> tuple[FactValue | None, str]:
        value, speaker = stated
        if not isinstance(value, SetValue):
            if not hits and not searched - doubt:
                return stated
            value, speaker = SetValue(frozenset(), complete=False), ""
        has = value.has | hits
        lacks = ((self._all if value.complete else value.lacks | searched) - has) - doubt
        whole = has | lacks == self._all
        made = SetValue(has, frozenset() if whole else lacks, complete=whole)
        return stated if made == stated[0] else (made, "; ".join(filter(None, (speaker, BY_SCREENING))))


@lru_cache(maxsize=100_000)
def _found(name: str, table: Path) -> Found:
    """Caches the results for a name; a table repeats the same parties."""
    if names_nobody(name):
        return Found(frozenset(), (NameQuestion("", name, "", "", (), (NO_NAME,)),))
    screened = look(name, party_index(table))
    doubtful = not _DOUBT.isdisjoint(name)
    if not screened.hits and not screened.questions and not screened.unread and not doubtful:
        return NO_HIT
    questions = [
        NameQuestion(
            "",
            one.written,
            one.candidate.listed,
            one.candidate.party_id,
            tuple(sorted({party.party_set for party in one.parties})),
            one.candidate.features,
        )
        for one in screened.questions
    ]
    if doubtful:
        questions.append(NameQuestion("", name, "", "", (), (IN_DOUBT,)))
    if screened.unread:
        questions.append(NameQuestion("", f"{name} [{screened.unread}]", "", "", (), (OTHER_SCRIPT,)))
    return Found(frozenset(hit.party_set for hit in screened.hits), tuple(questions))


def check_judgements(facts: Mapping[str, object], where: str, faults: Faults) -> None:
    """Adds an error if a judgement about names is declared for a whole file: it belongs to a single deal."""
    if DIFFERENT_FROM in facts:
        what = f"{DIFFERENT_FROM} is a statement about the names of one deal and cannot be declared for all"
        faults.add(
            "NAME-JUDGED",
            what,
            where=where,
            next="state it in each deal, with the listed parties that it does not mean",
        )
