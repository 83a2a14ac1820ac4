"""Names of a deal screened against all lists: additions to its party sets, open questions, and what its proof says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from coercivity.base.errors import Faults
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.parties.judgements.held import Judgements
from coercivity.intake.parties.results import Asked, Finding, PartyResult
from coercivity.intake.parties.results import Judged as Judgement
from coercivity.intake.parties.screener import screener
from coercivity.law.engine.name_questions import (
    ASK,
    DIFFERENT,
    IN_DOUBT,
    LAW,
    NO_NAME,
    OTHER_SCRIPT,
    TOO_LONG,
    TURNED,
    Judged,
    NameQuestion,
)
from coercivity.law.engine.screened import EntryShown, ListUsed, NameShown, lists_of_user
from coercivity.law.rules.rulebook import Rulebook

NAMED = ("consignee", "end_user")  # the facts that name a party that a notice may bar
ROLES = ("exporter", "intermediary", "owner")  # those that name another one: a hit is a question
PARTIES = (*NAMED, *ROLES)
DIFFERENT_FROM = "different_from"
NOBODY = "unknown"  # value of a party fact that is stated as unknown, or left blank where it is asked for
BY_SCREENING = "screening of the packed lists by name"
OWNER_SHARE, OWNING_LISTS = "listed_owner_share", frozenset(("control_list", "watch_list"))  # of 61/2025
BESIDE = "; "  # between the names of several columns of one role
MOST_KEPT = 100_000  # names
MOST_PARTS = 100  # of a cell
MOST_SHOWN = 200  # signs of a text that is too long to be screened
_TO_COME = frozenset(
    [
        "tbc",
        "tbd",
        "tba",
        "tbn",
        "unknown",
        "pending",
        "待定",
        "待确认",
        "未定",
        "未知",
        "不详",
        "不明",
        "未定",
        "未確定",
    ]
)


class Found(NamedTuple):
    """The screening results for the names of a deal.

    Attributes:
        sets: Party sets that include one of the names.
        questions: Names for which a person has to say who is meant, and those that a judgement answers.
        named: Whether there was a name to screen.
    """

    sets: frozenset[str] = frozenset()
    questions: tuple[NameQuestion, ...] = ()
    named: bool = True


NO_HIT, NOT_NAMED = Found(), Found(named=False)


class Screening:
    """The lists of a rulebook and its user, used to screen the names of deals."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._results = _memory(book, book.party_files.key)
        self._all = frozenset(book.party_sets)
        self._searched = frozenset(
            set_id
            for held in book.party_lists.values()
            if held.settles or held.not_held
            for set_id in held.sets - {held.not_held}
        )

    @property
    def lists(self) -> tuple[ListUsed, ...]:
        """The user's lists as written in a proof."""
        return lists_of_user(self._book.party_files)

    def prepare(self, names: Iterable[FactValue | None]) -> None:
        """Screens many names at once, which is faster than one by one; what is no name is skipped."""
        new = [name for name in dict.fromkeys(names) if isinstance(name, str) and name not in self._results]
        if not new:
            return
        if len(self._results) + len(new) > MOST_KEPT:
            self._results.clear()
        found = screener(self._book).screen_all([Asked(name) for name in new])
        judgements = _judgements(self._book, self._book.party_files.key)
        self._results.update(zip(new, map(judgements.applied, found), strict=True))

    def found(self, name: str, value: FactValue | None) -> Found:
        """Returns the results for a fact that names a party; a missing value is skipped."""
        if not isinstance(value, str):
            return NOT_NAMED
        result = self._result(value)
        if result.verdict == "none" and not result.findings:
            asked = tuple(_by_name(name, result))
            return Found(frozenset(), asked) if asked else NO_HIT
        groups = list(_groups(result))
        questions = (*_by_entry(name, groups), *_by_name(name, result))
        hits = (group for group in groups if name in NAMED and group.of_law and group.verdict == "match")
        return Found(frozenset(n for group in hits for n in group.party_sets), questions)

    def shown(self, name: str, value: FactValue | None) -> NameShown | None:
        """Returns what the proof says of a fact that names a party; None if it names none."""
        if not isinstance(value, str):
            return None
        result = self._result(value)
        entries = [entry for group in _groups(result) for entry in group.shown()]
        remarks = [question.reasons[0] for question in _by_name("", result)]
        verdicts = {entry["verdict"] for entry in entries}
        verdict = "match" if "match" in verdicts else "possible" if "possible" in verdicts or remarks else "none"
        found: NameShown = {
            "fact": name,
            "written": value,
            "folded": result.folded,
            "verdict": verdict,
            "entries": entries,
        }
        return {**found, "remarks": remarks} if remarks else found

    def _result(self, name: str) -> PartyResult:
        while (found := self._results.get(name)) is None:  # another thread may have made room
            self.prepare((name,))
        return found

    def sets(
        self, stated: tuple[FactValue | None, str], found: Mapping[str, Found], different: FactValue | None
    ) -> tuple[tuple[FactValue | None, str], tuple[NameQuestion, ...]]:
        """Returns the party sets of a deal with their source, and the questions about its names.

        A statement never closes a hit or a question. No hit for both parties proves that they are in none of the
        notices included, if the rulebook says how complete their list is; of other notices it proves nothing.

        Args:
            stated: The stated party sets, if any, and their source.
            found: The screening results for each of `PARTIES` that the deal has.
            different: The listed parties that the deal itself says are not its own.
        """
        others = different.has if isinstance(different, SetValue) else frozenset[str]()
        questions = tuple(_answered(one, others) for each in found.values() for one in each.questions)
        hits = frozenset[str]().union(*(each.sets for each in found.values()))
        doubt = frozenset(name for one in questions for name in one.open_sets(self._all))
        both = all(name in found and found[name].named for name in NAMED)
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


def _answered(question: NameQuestion, others: frozenset[str]) -> NameQuestion:
    """Returns a question with the answer of the deal itself, which settles similar names only."""
    if question.is_open and question.verdict != "match" and question.party_id in others:
        return question._replace(answer=DIFFERENT)
    return question


@lru_cache(maxsize=4)
def _memory(book: Rulebook, key: tuple[str, ...]) -> dict[str, PartyResult]:
    """Keeps the results for the names of a rulebook; a table repeats the same parties."""
    return {}


@lru_cache(maxsize=4)
def _judgements(book: Rulebook, key: tuple[str, ...]) -> Judgements:
    return Judgements(book.party_files.judgements)


class _Group(NamedTuple):
    """What a name has in common with one party of the law's lists, or one entry of a user's list.

    Attributes:
        findings: Its entries, those of all notices that list a party; at least one.
        verdict: The verdict, after a judgement that holds for any of them.
        judged: That judgement, or the last one that no longer holds or settles nothing.
    """

    findings: tuple[Finding, ...]
    verdict: str
    judged: Judgement | None

    @property
    def first(self) -> Finding:
        """The strongest finding."""
        return self.findings[0]

    @property
    def of_law(self) -> bool:
        """Whether the law has these entries."""
        return bool(self.first.entry.party_set)

    @property
    def party_sets(self) -> tuple[str, ...]:
        """The notices that list the party."""
        return tuple(sorted({one.entry.party_set for one in self.findings if one.entry.party_set}))

    @property
    def lists(self) -> frozenset[str]:
        """The lists that it is on."""
        return frozenset(one.entry.list_id for one in self.findings)

    def shown(self) -> Iterator[EntryShown]:
        """Yields what the proof says, one entry for each list."""
        by_list: dict[str, list[Finding]] = {}
        for one in self.findings:
            by_list.setdefault(one.entry.list_id, []).append(one)
        for list_id, held in by_list.items():
            yield self._entry(list_id, held)

    def _entry(self, list_id: str, held: Sequence[Finding]) -> EntryShown:
        first = held[0]
        found: EntryShown = {
            "list": list_id,
            "entry": first.entry.entry_id,
            "listed": first.listed,
            "written": first.written,
            "verdict": self.verdict,
            "screened": self.first.screened,
            "reasons": [{"kind": one.kind, "points": one.points} for one in first.features],
        }
        if self.of_law:
            found["party_sets"] = sorted({one.entry.party_set for one in held})
        else:
            if first.entry.listed_on is not None:
                found["from_on"] = first.entry.listed_on.isoformat()
            if first.entry.delisted_on is not None:
                found["to_on"] = first.entry.delisted_on.isoformat()
        if self.judged is not None:
            found["judged"] = _judged(self.judged).plain()
        return found


def _groups(result: PartyResult) -> Iterator[_Group]:
    """Yields the findings by party, or by entry of a user's list."""
    by_party: dict[tuple[str, str, str], list[Finding]] = {}
    for one in result.findings:
        of_law = bool(one.entry.party_set)
        by_party.setdefault(("" if of_law else one.entry.list_id, one.entry.entry_id, one.written), []).append(one)
    for held in by_party.values():
        judged = [one for one in held if one.judged is not None]
        settled = next((one for one in judged if one.judged and _settles(one.judged)), None)
        last = settled or (judged[0] if judged else None)
        yield _Group(
            tuple(held), settled.verdict if settled is not None else held[0].verdict, last.judged if last else None
        )


def _settles(judged: Judgement) -> bool:
    return not judged.changed and judged.judgement.says in ("same", "different")


def _by_entry(fact: str, groups: Iterable[_Group]) -> Iterator[NameQuestion]:
    """Yields the questions whether a name is an entry; none for a match that has the effect of the law."""
    for group in groups:
        first, has_effect = group.first, group.of_law and fact in NAMED
        if has_effect and group.verdict == "match":
            continue
        yield NameQuestion(
            fact,
            first.written,
            first.listed,
            first.entry.entry_id if group.of_law else "",
            group.party_sets,
            tuple(dict.fromkeys(one.kind for one in first.features if one.points > 0)),
            DIFFERENT if group.verdict == "none" else "",
            LAW if has_effect else ASK,
            "" if group.of_law else first.entry.list_id,
            "" if group.of_law else first.entry.entry_id,
            first.screened,
            None if group.of_law else first.entry.listed_on,
            None if group.of_law else first.entry.delisted_on,
            None if group.judged is None else _judged(group.judged),
            tuple(first.tells_apart),
            OWNER_SHARE if fact == "owner" and group.of_law and not OWNING_LISTS.isdisjoint(group.lists) else "",
        )


def _by_name(fact: str, result: PartyResult) -> Iterator[NameQuestion]:
    """Yields the questions about a name as a whole; one that names nobody matters only where a party is required."""
    name, effect = result.asked.name, ASK if fact in ROLES else LAW
    if result.nobody:
        if fact not in ROLES:
            yield NameQuestion(fact, name, "", "", (), (NO_NAME,))
        return
    if fact not in ROLES and any(part.strip().casefold() in _TO_COME for part in name.split(";")[:MOST_PARTS]):
        yield NameQuestion(fact, name, "", "", (), (NO_NAME,))  # of several columns or parties, one is not named yet
    if result.doubted:
        yield NameQuestion(fact, name, "", "", (), (IN_DOUBT,), effect=effect)
    if result.cut:
        yield NameQuestion(fact, f"{name[:MOST_SHOWN]}…", "", "", (), (TOO_LONG,), effect=effect)
    for reason in (one for one in result.remarks if one in (TURNED, OTHER_SCRIPT)):
        yield NameQuestion(fact, f"{name} [{result.unread}]", "", "", (), (reason,), effect=effect)


def _judged(judged: Judgement) -> Judged:
    one = judged.judgement
    return Judged(one.says, one.by, one.at, one.why, tuple(judged.changed))


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
