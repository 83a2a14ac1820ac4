"""A graph while a file is read: names become entities, texts become shares, dates and lists; faults are collected."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from coercivity.base.days import Day, day_of
from coercivity.base.errors import Faults, brief_value
from coercivity.base.exact import Interval
from coercivity.data.parties.ownership import (
    ANY_SHARE,
    UNKNOWN_OWNER,
    Listing,
    NoteCode,
    OwnershipGraph,
    OwnershipNote,
    Stake,
    StakeKind,
)
from coercivity.intake.ownership.regimes import list_key, packed_regimes
from coercivity.intake.ownership.shares import Unit, parse_share
from coercivity.intake.parties.names import has_han, simplified
from coercivity.intake.parties.placeholders import names_nobody

MOST_STAKES, MOST_FAULTS, MOST_NAME = 100_000, 200, 500
MOST_KEPT = 16_384
KINDS: dict[str, StakeKind] = {
    **dict.fromkeys(("", "shares", "share", "equity", "capital", "shareholding", "ownership", "stake"), "shares"),
    **dict.fromkeys(("股份", "股权", "出资", "持股"), "shares"),
    **dict.fromkeys(("votes", "vote", "voting", "voting rights", "votingrights", "表决权", "投票权"), "votes"),
    **dict.fromkeys(
        ("branch", "branch office", "representative office", "分公司", "分支机构", "分行", "代表处"), "branch"
    ),
    **dict.fromkeys(("treasury", "treasury shares", "own shares", "库存股", "自持股份"), "treasury"),
}
_NO_LIST = frozenset(("", "none", "no", "not listed", "[]", "-", "无", "否", "未列名"))
_ALIKE, _LEAST_LETTERS = 0.75, 4
_FORMS = {"limited": "ltd", "incorporated": "inc", "corporation": "corp", "company": "co"}
# Rows of a register for owners that it does not name: any of them may be listed. A public float is held by many.
_REST = """
others;other;other owners;other shareholders;other investors;remaining shareholders;rest;sonstige;andere;übrige
其他;其他股东;其它股东;其他投资者;其余股东;その他;その他株主
"""
_THE_REST = frozenset(_REST.replace("\n", ";").strip(";").split(";"))
_STOPS = re.compile(r"[.,]+(?=\s|\Z)")


@dataclass(frozen=True, slots=True)
class RawStake:
    """A stake as written.

    Attributes:
        share: Its share as text, or bounds as text.
        unit: Unit of a share without a percent sign.
        where: Row or line.
        share_at: Place of the share in messages, if it is more than that.
    """

    owner: str
    owned: str
    share: str | tuple[str, str] = ""
    kind: str = ""
    from_on: str = ""
    to_on: str = ""
    unit: Unit = "fraction"
    where: str = ""
    share_at: str = ""


class Draft:
    """A graph being read."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.stakes: list[Stake] = []
        self.listings: dict[str, tuple[Listing, ...]] = {}
        self.names: dict[str, tuple[str, ...]] = {}
        self.countries: dict[str, str] = {}
        self.notes: list[OwnershipNote] = []
        self._ids: dict[str, str] = {}
        self._declared: set[str] = set()
        self._by_id = False

    def declare(self, text: str, where: str) -> str:
        """Returns the id of an entity that the file describes, whatever its name looks like."""
        entity = self.entity(text, where)
        self._declared.add(name_key(entity))
        return entity

    def fault(self, code: str, what: str, where: str, next: str = "") -> None:
        """Adds a fault, up to a number beyond which more help nobody."""
        if len(self.faults.items) < MOST_FAULTS:
            self.faults.add(code, what, where=where, next=next)

    def note(self, code: NoteCode, where: str, about: str = "") -> None:
        """Adds a note."""
        self.notes.append(OwnershipNote(code, where, about))

    def entity(self, text: str, where: str) -> str:
        """Returns the id of the entity with a name: the name as first written, whatever its case, width and spaces."""
        name = clean_name(text)
        if len(name) > MOST_NAME:
            what = f"the name has {len(name):,} characters; the limit is {MOST_NAME}"
            self.fault("OWNERSHIP-NAME", what, where, "write the name of one company")
            return ""
        return self._ids.setdefault(name_key(name), name)

    def owner(self, text: str, where: str) -> str:
        """Returns the id of an owner; a placeholder is the unknown owner."""
        name = clean_name(text)
        if name_key(name) in self._ids:
            return self.entity(name, where)
        if name == UNKNOWN_OWNER or _says_nobody(name):
            if name != UNKNOWN_OWNER:
                self.note("owner_not_named", where, name)
            return UNKNOWN_OWNER
        return self.entity(name, where)

    def by_id(self, entity_id: str) -> str:
        """Returns the id of an entity of a file that has ids, exactly as written."""
        return self._ids.setdefault(entity_id, entity_id) if len(entity_id) <= MOST_NAME else ""

    def stake_of_ids(self, raw: RawStake) -> None:
        """Adds a stake between ids, which are no names and are compared exactly, or its faults."""
        self._by_id = True
        self.stake(raw)

    def kind_or_shares(self, text: str) -> str:
        """Returns a kind of stake if the text is one, and shares for any other text."""
        return text if list_key(text) in KINDS else "shares"

    def best_list(self, texts: list[str]) -> str:
        """Returns the first text that is the name of a list, or the first of all; blank if there is none."""
        lists = packed_regimes()
        known = (lists.list_named(text) for text in texts)
        return next((name for name in known if name in lists.lists), texts[0] if texts else "")

    def owner_of(self, text: str) -> str:
        """Returns the id of an entity already named; blank if there is none."""
        return self._ids.get(name_key(clean_name(text)), "")

    def stake(self, raw: RawStake) -> None:
        """Adds a stake, or its faults."""
        if len(self.stakes) >= MOST_STAKES:
            if len(self.stakes) == MOST_STAKES:
                what = f"the file has more than {MOST_STAKES:,} stakes"
                self.fault(
                    "OWNERSHIP-SIZE", what, raw.where, "leave out companies that are not connected to the target"
                )
                self.stakes.append(self.stakes[-1])
            return
        before, kind = len(self.faults.items), self._kind(raw)
        owned = self.by_id(raw.owned) if self._by_id else self.entity(raw.owned, raw.where)
        undeclared = not self._by_id and name_key(owned) not in self._declared
        if owned in ("", UNKNOWN_OWNER) or (undeclared and _says_nobody(owned)):
            self.fault("OWNERSHIP-NAME", "the company owned has no name", raw.where, "name the company")
            return
        unnamed = kind == "treasury" and clean_name(raw.owner) in ("", UNKNOWN_OWNER)
        owner = owned if unnamed else raw.owner if self._by_id else self.owner(raw.owner, raw.where)
        share = self._share(raw, kind)
        first, end = self.days(raw.from_on, raw.to_on, raw.where)
        if kind is not None and share is not None and owner and len(self.faults.items) == before:
            self._add(Stake(owner, owned, share, kind, first, end, raw.where))

    def _add(self, stake: Stake) -> None:
        if stake.kind == "treasury" and stake.owner != stake.owned:
            what = f"treasury shares are those a company holds in itself; {stake.owner[:60]!r} is another"
            self.fault("OWNERSHIP-SELF", what, stake.where, "write shares, or the same company twice")
            return
        if stake.owner == stake.owned and stake.kind in ("branch", "votes"):
            self.fault(
                "OWNERSHIP-SELF", f"{stake.owner[:60]!r} is its own owner", stake.where, "correct one of the two"
            )
            return
        if stake.owner == stake.owned and stake.kind == "shares":
            self.note("own_shares_are_treasury", stake.where, stake.owner)
            stake = replace(stake, kind="treasury")
        self.stakes.append(stake)

    def _kind(self, raw: RawStake) -> StakeKind | None:
        kind = KINDS.get(list_key(raw.kind))
        if kind is None:
            what = f"{brief_value(raw.kind)!r} is not a kind of stake"
            self.fault("OWNERSHIP-KIND", what, raw.where, "write shares, votes, branch or treasury")
        return kind

    def _share(self, raw: RawStake, kind: StakeKind | None) -> Interval | None:
        try:
            if isinstance(raw.share, str):
                return parse_share(raw.share, raw.unit)
            low, high = (parse_share(text, raw.unit) if text.strip() else ANY_SHARE for text in raw.share)
            return Interval(low.low, high.high)
        except ValueError as error:
            unit = "50 %, 50" if raw.unit == "percent" else "50 %, 0.5"
            self.fault(
                "OWNERSHIP-SHARE", str(error), raw.share_at or raw.where, f"write {unit}, 45-55 %, >50 % or unknown"
            )
            return None if kind != "branch" else ANY_SHARE

    def days(self, first: str, end: str, where: str) -> tuple[Day | None, Day | None]:
        """Returns the first day and the first day without; faults if they are no days or in the wrong order."""
        start = day_of(first.strip() or None, where, self.faults)
        until = day_of(end.strip() or None, where, self.faults)
        if start is not None and until is not None and until <= start:
            what = f"from {start} to {until} is not a period: `to` is the first day without"
            self.fault("OWNERSHIP-DATES", what, where, "correct one of the two days")
            return None, None
        return start, until

    def listed(self, entity: str, texts: list[tuple[str, str, str]], where: str) -> None:
        """Adds the lists an entity is on, each with its first day and first day without; none if it is on none."""
        found = []
        for text, first, end in texts:
            name = packed_regimes().list_named(" ".join(text.split()))
            if list_key(name) in _NO_LIST:
                continue
            self._known_list(name, where)
            found.append(Listing(name, *self.days(first, end, where)))
        if entity and entity != UNKNOWN_OWNER:
            self.listings[entity] = tuple(dict.fromkeys((*self.listings.get(entity, ()), *found)))

    def _known_list(self, name: str, where: str) -> None:
        lists, key = packed_regimes(), list_key(name)
        if name in lists.lists:
            return
        names = sorted({one for list_id in lists.lists for one in lists.names_of(list_id)})
        close = [one for one in names if _is_slip(key.split(), one.split())]
        if close and len(self.faults.items) < MOST_FAULTS:
            what = f"{brief_value(name)!r} is not the name of a list"
            step = "correct it; a list of your own needs a name that is not like one of these"
            self.faults.add("OWNERSHIP-LIST", what, where=where, nearest=close[:3], next=step)

    def graph(self, sha256: str) -> OwnershipGraph:
        """Returns what was read."""
        return OwnershipGraph(tuple(self.stakes), self.listings, self.names, self.countries, sha256, tuple(self.notes))


def _is_slip(words: list[str], known: list[str]) -> bool:
    """Returns whether words are known ones with a slip in one of some length; another country is another list."""
    pairs = [pair for pair in zip(words, known, strict=False) if pair[0] != pair[1]]
    return len(words) == len(known) and all(
        min(len(one), len(other)) >= _LEAST_LETTERS and difflib.SequenceMatcher(None, one, other).ratio() >= _ALIKE
        for one, other in pairs
    )


@lru_cache(maxsize=MOST_KEPT)
def _says_nobody(name: str) -> bool:
    """Returns whether a name is a placeholder; `A` and `Company A` may stand for a company in a drawing."""
    if name_key(name) in _THE_REST:
        return True
    return not name or (len(name) > 1 and name[-2:-1] != " " and names_nobody(name))


@lru_cache(maxsize=MOST_KEPT)
def clean_name(text: str) -> str:
    """Returns a name without control and direction characters and superfluous spaces."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    seen = "".join(
        sign if unicodedata.category(sign) not in ("Cc", "Cf") else " " * (sign in "\t\n\r") for sign in text
    )
    return " ".join(seen.split())


@lru_cache(maxsize=MOST_KEPT)
def name_key(name: str) -> str:
    """Returns a name without case, width, spaces at its ends, dots and commas after its words, and long company forms.

    Two spellings with the same key are one entity: `Astra, Ltd.` and `ASTRA LIMITED`, and a name in traditional and in
    simplified characters.
    """
    whole = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    words = _STOPS.sub(" ", simplified(whole) if has_han(whole) else whole).split()
    return " ".join(_FORMS.get(word, word) if n else word for n, word in enumerate(words)) or whole
