"""What an ownership file says of a company, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.exact import SCALE, Interval, exact_text
from coercivity.base.words import Lang, say
from coercivity.data.parties.ownership import UNKNOWN_OWNER, Listing, OwnershipGraph
from coercivity.intake.ownership.regimes import Regime
from coercivity.intake.ownership.results import OwnershipAnswer, RegimeAnswer, Step
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.words import paper_words

_PAPER = "ownership_text"
_REASONS, _NEAR, _LINES = (paper_words(_PAPER, table) for table in ("reasons", "near", "lines"))
_STRUCTURES, _KINDS, _NOTES, _LISTS = (
    paper_words(_PAPER, table) for table in ("structures", "kinds", "notes", "lists")
)
_MOST_OWNERS = 6


class OwnershipText:
    """The texts of an assessment in one language."""

    def __init__(self, book: Rulebook, graph: OwnershipGraph, lang: Lang) -> None:
        self.book, self.graph, self.lang = book, graph, lang

    def reason(self, answer: RegimeAnswer, target: str, regime: Regime) -> str:
        """Returns why a regime catches a company, may do so, or nearly does."""
        owners = dict.fromkeys(step.owner for step in answer.steps if step.owned == target)
        if answer.near_miss:
            owners = dict.fromkeys(step.owner for step in answer.steps if step.lists)
        if answer.near_miss:
            told = _NEAR[answer.near_miss]
        elif answer.structure == "not_caught":
            told = _REASONS["not_caught" if regime.threshold is not None else "not_caught.named"]
        else:
            told = _REASONS[f"{answer.structure}.{answer.ground}"]
        least = Interval(regime.threshold or 0, regime.threshold or 0)
        listed = self._and([self.list_name(one) for one in answer.lists])
        names = self._and([self.name(owner) for owner in owners])
        return say(told, self.lang).format(
            self.name(target), names, self.share(answer.share), listed, self.share(least)
        )

    def step(self, step: Step) -> str:
        """Returns a stake as a line: the owner with its lists, the share, the company owned."""
        lists = [self.list_name(one) for one in step.lists]
        head = f"{self.name(step.owner)} [{self._and(lists)}]" if lists else self.name(step.owner)
        told = [say(_KINDS[step.kind], self.lang)] if step.kind != "shares" else []
        if step.kind != "branch":
            told.insert(0, self.share(step.stated))
            if step.counted != step.stated:
                told.append(f"= {self.share(step.counted)}")
        told += [say(_LINES["since"], self.lang).format(step.from_on)] if step.from_on else []
        told += [say(_LINES["until"], self.lang).format(step.to_on)] if step.to_on else []
        return f"{head} -- {', '.join(told)} -> {self.name(step.owned)}"

    @property
    def settles_head(self) -> str:
        """The line above what would settle an unknown."""
        return say(_LINES["settles"], self.lang) + ("：" if self.lang == "zh" else ":")

    def settles(self, answer: RegimeAnswer) -> Iterator[str]:
        """Yields what would settle an unknown: whose a share is, or how large."""
        for step in answer.settles:
            word = "whose" if step.owner == UNKNOWN_OWNER else "how_much"
            text = say(_LINES[word], self.lang)
            yield text.format(self.share(step.stated), self.name(step.owned), self.name(step.owner))

    def gap(self, answer: RegimeAnswer) -> str:
        """Returns what the answer would be if shares that nobody states were anybody's, and whose to ask for."""
        asked = list(self.settles(answer))
        return say(_LINES["gap"], self.lang).format(self.structure(answer), self._and(asked)) if asked else ""

    def unstated(self, answer: OwnershipAnswer) -> str:
        """Returns which part of the shares of the company has no stated owner; blank if all have."""
        if not answer.unstated.high:
            return ""
        return say(_LINES["unstated"], self.lang).format(self.share(answer.unstated), answer.name)

    def notes(self, answer: OwnershipAnswer) -> Iterator[str]:
        """Yields what the reader of the file did that its author should know, with the place."""
        for note in answer.notes:
            yield f"{note.where}: {say(_NOTES[note.code], self.lang).format(self.name(note.about))}"

    def structure(self, answer: RegimeAnswer) -> str:
        """Returns whether the ownership alone meets the rule."""
        return say(_STRUCTURES[answer.structure], self.lang)

    def name(self, entity: str) -> str:
        """Returns the name of an entity."""
        return say(_LINES["unknown_owner"], self.lang) if entity == UNKNOWN_OWNER else self.graph.name(entity)

    def list_name(self, listing: Listing) -> str:
        """Returns the name of a list, marked if it is uncertain whether the party is on it."""
        known = _LISTS.get(listing.list_id) or self.book.words.get("lists", {}).get(listing.list_id)
        name = say(known, self.lang) if known else listing.list_id
        return name if listing.certain else f"{name} ({say(_LINES['perhaps'], self.lang)})"

    def share(self, share: Interval) -> str:
        """Returns a share in percent, or its limits; at most three decimals."""
        low, high = (_percent(one, "%" if self.lang == "zh" else " %") for one in (share.low, share.high))
        return low if share.low == share.high or low == high else say(_LINES["between"], self.lang).format(low, high)

    def _and(self, texts: Sequence[str]) -> str:
        mark = "、" if self.lang == "zh" else ", "
        more = " ..." if len(texts) > _MOST_OWNERS else ""
        return mark.join(texts[:_MOST_OWNERS]) + more


def _percent(share: int, sign: str) -> str:
    """Returns a share in percent, cut to three decimals, so that a share below a limit never looks like it."""
    thousandths = SCALE // 100_000
    return f"{exact_text(share // thousandths * thousandths * 100)}{sign}"
