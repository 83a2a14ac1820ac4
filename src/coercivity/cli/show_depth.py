"""What comes with an answer, what would turn it, and how it runs over the days, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.cli.show import label, phrase, shown, wrapped
from coercivity.law.explain.counterfactuals import Flip, Flips
from coercivity.law.explain.timeline import Window
from coercivity.papers.deal.sheet_text import sheet_lines
from coercivity.verbs.answers import Answer
from coercivity.verbs.depth import flips, sheet, windows

MOST_VALUES = 6


def depth_lines(found: Answer, lang: Lang, *, papers: bool, turns: bool, days: bool) -> Iterator[str]:
    """Yields what was asked for beside an answer.

    Args:
        found: The answer.
        lang: Language of the words.
        papers: Ways, papers, clocks, duties, exposure, and what practice reports.
        turns: The smallest changes of facts, and the first later day, that give another outcome.
        days: The answer for every day, as runs of days.
    """
    if found.decision is None:
        return
    if papers:
        for line in sheet_lines(sheet(found), lang):
            yield from wrapped(line, "      ")
    if turns and (turned := flips(found)) is not None:
        yield from _flip_lines(found, turned, lang)
    if days:
        for window in windows(found):
            yield from wrapped(_window(window, lang), "      ")


def _flip_lines(found: Answer, turned: Flips, lang: Lang) -> Iterator[str]:
    decision = found.decision
    assert decision is not None
    for flip in turned.changes:
        yield from wrapped(f"{flip.outcome.value} {phrase('if', lang)} {_change(found, flip)}", "      ")
    if turned.turn is not None:
        turn = turned.turn
        told = f"{turn.day}: {turn.outcome.value}, {label('findings', turn.finding.word, lang)}"
        yield from wrapped(f"{told} ({', '.join(turn.because)})", "      ")
    else:
        yield f"      {phrase('no_turn', lang)} {turned.looked_through}"
    yield f"      {phrase('changed_at_most', lang)} {turned.changed_at_most}"


def _change(found: Answer, flip: Flip) -> str:
    told = [" + ".join(f"{n}={shown(v)}" for n, v in zip(flip.facts, values, strict=True)) for values in flip.values]
    more = f", ... ({len(told)})" if len(told) > MOST_VALUES else ""
    decision = found.decision
    assert decision is not None
    was = ", ".join(shown(decision.deal.facts.get(name)) for name in flip.facts)
    return f"{', '.join(told[:MOST_VALUES])}{more}   <- {was}"


def _window(window: Window, lang: Lang) -> str:
    risk = f" ({phrase('may_become', lang)} {window.may_become.value})" if window.may_become else ""
    why = ", ".join(dict.fromkeys(f"{step.kind} {step.instrument_id}" for step in window.because))
    because = f"   <- {why}" if why else ""
    finding = label("findings", window.finding.word, lang)
    return f"{window.start} - {window.end}  {window.outcome.value}{risk}  {finding}{because}"
