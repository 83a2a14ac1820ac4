"""Statutory penalties for a breach of a decision: article, base, threshold, range in CNY or its formula.

Fines imposed in practice are not included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from coercivity.base.errors import Faults
from coercivity.base.truth import NO, YES
from coercivity.law.consequences.applicability import Basis, Reach, begun
from coercivity.law.consequences.penalties import Consequence, Fine, Penalties, Penalty, load_penalties
from coercivity.law.engine.decide import Decision
from coercivity.law.rules.model import Outcome
from coercivity.law.rules.rulebook import Rulebook

Role = Literal["act", "beside", "consequence", "criminal", "gap"]
Band = Literal["multiple", "fixed", "none", "open", "no_fine"]
_BASES = {
    "illegal_turnover": {"en": "illegal turnover", "zh": "违法经营额"},
    "illegal_income": {"en": "illegal income", "zh": "违法所得"},
}


@dataclass(frozen=True, slots=True)
class Exposure:
    """One article under which a breach would fall.

    Attributes:
        role: The act itself, acts around it, consequences without an amount, a crime, or a gap in the data.
        sure: False if it depends on missing information.
        text: The breach, or the consequence.
        penalty: The article with its fine and sanctions; None for consequences, crimes and gaps.
        consequence: The consequence or crime; None for penalties and gaps.
        basis: Articles on which it is based.
        band: The limb of the fine that gives the range; `open` if the amount is unknown.
        low: Lower end of the fine, if known [CNY].
        high: Upper end of the fine, if known [CNY].
        formula: The fine in words.
        sanctions: Sanctions in addition to the fine, in words.
        aggravated: Sanctions in serious cases, in words.
    """

    role: Role
    sure: bool
    text: Mapping[str, str]
    penalty: Penalty | None = None
    consequence: Consequence | None = None
    basis: tuple[Basis, ...] = ()
    band: Band = "no_fine"
    low: Decimal | None = None
    high: Decimal | None = None
    formula: Mapping[str, str] | None = None
    sanctions: tuple[Mapping[str, str], ...] = ()
    aggravated: tuple[Mapping[str, str], ...] = ()


def exposure(
    book: Rulebook, decision: Decision, *, turnover_cny: Decimal | None, income_cny: Decimal | None
) -> list[Exposure]:
    """Returns the articles under which a breach of the decision would fall, the act itself first.

    Args:
        book: The rulebook.
        decision: The decision that would be breached.
        turnover_cny: Illegal turnover, 0 if there is none, None if unknown [CNY].
        income_cny: Illegal income, 0 if there is none, None if unknown [CNY].

    Raises:
        CoercivityError: If an amount is negative or not a finite number.

    Source: Export Control Law, Articles 33 to 44; Decree 792, Articles 39 to 46; Decree 331, Articles 43 to 46;
        Foreign Trade Law, Articles 72 to 77 and 80.
    """
    _check_amounts(turnover_cny=turnover_cny, income_cny=income_cny)
    table = load_penalties(book)
    reach = Reach(book, decision, table.groups)
    amounts = {"illegal_turnover": turnover_cny, "illegal_income": income_cny}
    found = [entry for penalty in table.penalties if (entry := _penalty(table, penalty, reach, amounts))]
    acts = sorted((entry for entry in found if entry.role == "act"), key=_gravest)
    if not acts and decision.outcome in (Outcome.LICENCE, Outcome.STOP):
        acts = [Exposure("gap", True, table.gap.text.as_dict())]
    rest = [entry for entry in found if entry.role == "beside"]
    after = [(entry, "consequence") for entry in table.consequences] + [(entry, "criminal") for entry in table.criminal]
    return [*acts, *rest, *(row for entry, role in after if (row := _consequence(entry, role, reach)))]


def fine_range(fine: Fine | None, amount: Decimal | None) -> tuple[Band, Decimal | None, Decimal | None]:
    """Returns the applicable limb of a fine, and its limits [CNY].

    Args:
        fine: The fine of an article, or None if it has none.
        amount: Base of the fine, 0 if there is none, None if unknown [CNY].

    Source: Export Control Law, Articles 33 to 37: the figure itself counts, and the multiples take the whole base.
    """
    if fine is None:
        return "no_fine", None, None
    if fine.times is None or fine.threshold_cny is None:
        return _fixed(fine)
    if amount is None:
        return "open", None, None
    if amount >= fine.threshold_cny:
        return "multiple", amount * fine.times[0], amount * fine.times[1]
    return _fixed(fine)


def _fixed(fine: Fine) -> tuple[Band, Decimal | None, Decimal | None]:
    if fine.otherwise_cny is None:
        return "none", Decimal(0), Decimal(0)
    return "fixed", fine.otherwise_cny[0], fine.otherwise_cny[1]


def fine_words(fine: Fine | None) -> dict[str, str] | None:
    """Returns a fine as a formula in words, or None if the article has no fine.

    Source: Export Control Law, Articles 33 to 38; Decree 792, Articles 40 to 43; Decree 331, Articles 43 and 44.
    """
    if fine is None:
        return None
    fixed = _fixed_words(fine)
    if fine.times is None or fine.threshold_cny is None:
        return fixed
    least, most = (f"{times:f}" for times in fine.times)
    base, figure = _BASES[fine.base], f"{fine.threshold_cny:,f}"
    limit = _yuan(fine.threshold_cny)
    en = f"a fine of {least} to {most} times the {base['en']}"
    zh = f"处{base['zh']}{least}倍以上{most}倍以下罚款"
    none, rest = f"没有{base['zh']}", "if there is none,"
    if fine.threshold_cny > 0:
        en, zh = f"{en} where that is CNY {figure} or more", f"{base['zh']}{limit}元以上的，{zh}"
        rest = "otherwise"
        none = f"{none}或者{base['zh']}不足{limit}元"
    if fixed is None:
        return {"en": f"{en}; {rest} no fixed fine", "zh": f"{zh}；{none}的，无固定罚款"}
    return {"en": f"{en}; {rest} {fixed['en']}", "zh": f"{zh}；{none}的，{fixed['zh']}"}


def _fixed_words(fine: Fine) -> dict[str, str] | None:
    if fine.otherwise_cny is None:
        return None
    low, high = fine.otherwise_cny
    if low == 0:
        return {"en": f"up to CNY {high:,f}", "zh": f"处{_yuan(high)}元以下罚款"}
    return {"en": f"CNY {low:,f} to {high:,f}", "zh": f"处{_yuan(low)}元以上{_yuan(high)}元以下罚款"}


def _yuan(amount: Decimal) -> str:
    """Returns an amount as Chinese texts write it, in ten thousands if it is a multiple of them."""
    return f"{amount / 10_000:f}万" if amount and amount % 10_000 == 0 else f"{amount:,f}"


def _penalty(
    table: Penalties, penalty: Penalty, reach: Reach, amounts: Mapping[str, Decimal | None]
) -> Exposure | None:
    decision = reach.decision
    if penalty.in_force_from > decision.on or not begun(reach.book, penalty.instrument, decision):
        return None
    role: Role = "act"
    truth = reach.met(penalty.act)
    if truth is NO:
        role, truth = "beside", reach.met(penalty.beside)
    if truth is NO:
        return None
    base = penalty.fine.base if penalty.fine is not None else "none"
    band, low, high = fine_range(penalty.fine, amounts.get(base))
    return Exposure(
        role=role,
        sure=truth is YES,
        text=penalty.violation.as_dict(),
        penalty=penalty,
        basis=tuple(penalty.basis),
        band=band,
        low=low,
        high=high,
        formula=fine_words(penalty.fine),
        sanctions=_words(table, [*penalty.sanctions, *penalty.collateral]),
        aggravated=_words(table, penalty.aggravated),
    )


def _words(table: Penalties, names: list[str]) -> tuple[Mapping[str, str], ...]:
    return tuple(table.sanctions[name].as_dict() for name in names)


def _consequence(entry: Consequence, role: str, reach: Reach) -> Exposure | None:
    truth = min(reach.met(entry.where), reach.in_force(entry))
    if truth is NO:
        return None
    kind: Role = "criminal" if role == "criminal" else "consequence"
    return Exposure(kind, truth is YES, entry.text.as_dict(), consequence=entry, basis=tuple(entry.basis))


def _gravest(entry: Exposure) -> tuple[bool, Decimal]:
    """Sorts certain entries first, then by highest multiple; table order decides ties."""
    times = entry.penalty.fine.times if entry.penalty and entry.penalty.fine else None
    return (not entry.sure, -times[1] if times else Decimal(0))


def _check_amounts(**amounts: Decimal | None) -> None:
    faults = Faults()
    for name, amount in amounts.items():
        if amount is not None and (not amount.is_finite() or amount < 0):
            faults.add("AMOUNT", f"{name} must be a finite number of 0 or more", next="enter 0 if there is none")
    faults.raise_if_any()
