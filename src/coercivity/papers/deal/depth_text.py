"""What would change a result, and how it changes over time, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang, say
from coercivity.law.engine.decide import Decision
from coercivity.law.explain.counterfactuals import Flip, Flips
from coercivity.law.explain.timeline import TimelineStep, Window
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.names import name_of
from coercivity.papers.shared.outcomes import outcome_text
from coercivity.papers.shared.steps import window_step_words
from coercivity.papers.shared.terminal import label, phrase, shown, wrapped
from coercivity.papers.shared.words import paper_words

MOST_VALUES = 6
_WORDS = paper_words("deal_answer_text", "depth")


def flip_lines(decision: Decision, turned: Flips, lang: Lang) -> Iterator[str]:
    """Yields the smallest changes of facts that give another result, and the first later date that does."""
    for flip in turned.changes:
        told = _w("flip", lang).format(outcome_text(flip.outcome.value, lang), _change(decision, flip, lang))
        yield from wrapped(told, "      ")
    if turned.turn is not None:
        turn = turned.turn
        outcome, finding = outcome_text(turn.outcome.value, lang), label("findings", turn.finding.word, lang)
        yield from wrapped(
            _w("turn", lang).format(day_text(turn.day, lang), outcome, finding, ", ".join(turn.because)), "      "
        )
    else:
        yield f"      {_w('no_turn', lang).format(phrase('no_turn', lang), day_text(turned.looked_through, lang))}"
    yield f"      {phrase('changed_at_most', lang)} {turned.changed_at_most}"


def _w(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)


def _change(decision: Decision, flip: Flip, lang: Lang) -> str:
    told = [" + ".join(f"{n}={shown(v)}" for n, v in zip(flip.facts, values, strict=True)) for values in flip.values]
    values = ", ".join(told[:MOST_VALUES])
    if len(told) > MOST_VALUES:
        values = _w("more", lang).format(values, len(told))
    was = ", ".join(shown(decision.deal.facts.get(name)) for name in flip.facts)
    return _w("instead", lang).format(values, was)


def window_line(book: Rulebook, window: Window, lang: Lang) -> str:
    """Returns a period with its result and the event that begins it."""
    outcome = outcome_text(window.outcome.value, lang)
    if window.may_become:
        risk = outcome_text(window.may_become.value, lang)
        outcome = _w("risk", lang).format(outcome, phrase("may_become", lang), risk)
    told = _w("window", lang).format(window.start, window.end, outcome, label("findings", window.finding.word, lang))
    why = dict.fromkeys(_event(book, window, step, lang) for step in window.because)
    return told + (_w("because", lang).format(("；" if lang == "zh" else "; ").join(why)) if why else "")


def _event(book: Rulebook, window: Window, step: TimelineStep, lang: Lang) -> str:
    what = say(window_step_words(book, window, step), lang)
    name = name_of(book, step.instrument_id, lang)
    return f"{name}：{what}" if lang == "zh" else f"{name}: {what}"
