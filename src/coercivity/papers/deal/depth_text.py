"""What would turn an answer, and how it runs over the days, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang
from coercivity.law.engine.decide import Decision
from coercivity.law.explain.counterfactuals import Flip, Flips
from coercivity.law.explain.timeline import Window
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.names import name_of
from coercivity.papers.shared.terminal import label, phrase, shown, wrapped

MOST_VALUES = 6


def flip_lines(decision: Decision, turned: Flips, lang: Lang) -> Iterator[str]:
    """Yields the smallest changes of facts, and the first later day, that give another outcome."""
    for flip in turned.changes:
        yield from wrapped(f"{flip.outcome.value} {phrase('if', lang)} {_change(decision, flip)}", "      ")
    if turned.turn is not None:
        turn = turned.turn
        told = f"{turn.day}: {turn.outcome.value}, {label('findings', turn.finding.word, lang)}"
        yield from wrapped(f"{told} ({', '.join(turn.because)})", "      ")
    else:
        yield f"      {phrase('no_turn', lang)} {turned.looked_through}"
    yield f"      {phrase('changed_at_most', lang)} {turned.changed_at_most}"


def _change(decision: Decision, flip: Flip) -> str:
    told = [" + ".join(f"{n}={shown(v)}" for n, v in zip(flip.facts, values, strict=True)) for values in flip.values]
    more = f", ... ({len(told)})" if len(told) > MOST_VALUES else ""
    was = ", ".join(shown(decision.deal.facts.get(name)) for name in flip.facts)
    return f"{', '.join(told[:MOST_VALUES])}{more}   <- {was}"


def window_line(book: Rulebook, window: Window, lang: Lang) -> str:
    """Returns a run of days with its answer and what began it."""
    risk = f" ({phrase('may_become', lang)} {window.may_become.value})" if window.may_become else ""
    why = ", ".join(dict.fromkeys(f"{step.kind} {name_of(book, step.instrument_id, lang)}" for step in window.because))
    because = f"   <- {why}" if why else ""
    finding = label("findings", window.finding.word, lang)
    return f"{window.start} - {window.end}  {window.outcome.value}{risk}  {finding}{because}"
