"""Whose law a draft notice is about, with the rulebooks without and with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coercivity.base.errors import CoercivityError, Faults
from coercivity.batches.request import Times
from coercivity.cases.arguments import Law
from coercivity.data.input import Input
from coercivity.law.engine.jurisdictions import Abroad, reading_book
from coercivity.law.rules.model import CHINA
from coercivity.law.rules.overlay import jurisdiction_of, read_overlays
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.tree import facts_of
from coercivity.verbs.jurisdictions.request import known_jurisdictions, read_request


@dataclass(frozen=True, slots=True)
class DraftedLaw:
    """The law that a draft changes.

    Attributes:
        jurisdiction: Its code.
        bare: The rulebook without the draft.
        book: The rulebook with it.
        law: The rulebook on China that deals are read with; if the draft is about Chinese law, with the draft.
        base: The user-supplied notices that both rulebooks contain.
        abroad: The law of the draft with it, if it is that of another jurisdiction.
        times: Transaction date, information cut-off, and the planning assumptions for the rulebook on China.
    """

    jurisdiction: str
    bare: Rulebook
    book: Rulebook
    law: Law
    base: tuple[Input, ...]
    abroad: Abroad | None
    times: Times

    @property
    def name(self) -> Mapping[str, str]:
        """The name of the jurisdiction, by language."""
        return known_jurisdictions()[self.jurisdiction].as_dict()

    @property
    def reading(self) -> Rulebook:
        """The rulebook that deals are read with: that of the draft, or that on China with the facts of all."""
        return self.book if self.abroad is None else reading_book(self.law.book())

    @property
    def scenarios(self) -> Mapping[str, tuple[str, ...]]:
        """What may have become of rules that the draft leaves, and is not assumed, by fact."""
        catalogue = self.book.catalogue
        read = {fact for rule in self.book.rules for tree in rule.trees for fact in facts_of(tree)}
        assumed = self.abroad.scenarios if self.abroad is not None else {}
        return {
            name: tuple(catalogue[name].values) for name in catalogue.scenarios if name in read and name not in assumed
        }


NO_TIMES = Times(None, None, None)


def drafted_law(files: Sequence[Input], law: Law, times: Times = NO_TIMES) -> DraftedLaw:
    """Returns the law that a draft changes.

    Args:
        files: The draft: one or more user-supplied notices about the law of one jurisdiction.
        law: The rulebook to compare with.
        times: Dates and planning assumptions, as written.

    Raises:
        CoercivityError: With every error in the draft and in the planning assumptions about another jurisdiction, and
            if the notices are about the laws of several.
    """
    about = {file.name: jurisdiction_of(file) for file in read_overlays(files)}
    codes = list(dict.fromkeys(about.values()))
    if len(codes) > 1:
        what = f"the notices of the draft are about the laws of {' and '.join(codes)}"
        step = "compare one jurisdiction at a time"
        raise CoercivityError.of("OVERLAY-JURISDICTION", what, where=", ".join(about), next=step)
    whole = replace(law, overlays=(*law.overlays, *files))
    if codes == [CHINA] or codes[0] not in known_jurisdictions():
        return DraftedLaw(CHINA, law.book(), whole.book(), whole, tuple(law.overlays), None, times)
    code, faults = codes[0], Faults()
    base, drafted = law.of(code), whole.of(code)
    drafted.book()  # an error of the draft is told before one of the assumptions
    request = read_request(code, times.assume, whole, faults)
    if faults.items:
        replace(times, assume=None).read(request.reading, faults)  # errors of the dates are told with them
    faults.raise_if_any()
    side = request.sides[0]
    abroad = Abroad(code, tuple(drafted.overlays), side.assume, request.scenarios)
    plain = replace(times, assume=request.assume)
    return DraftedLaw(code, base.book(), abroad.book(), law.of(CHINA), tuple(base.overlays), abroad, plain)
