"""What would change a result, and how it changes over time, as lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from coercivity.base.days import ONE_DAY, Day
from coercivity.base.words import Lang, say
from coercivity.data.values import FactValue, SetValue
from coercivity.law.engine.decide import Decision
from coercivity.law.explain.counterfactuals import Flip, Flips
from coercivity.law.explain.timeline import TimelineStep, Window
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.deal.answer_text import finding_word
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.facts import fact_label, value_name
from coercivity.papers.shared.names import name_of
from coercivity.papers.shared.outcomes import outcome_text
from coercivity.papers.shared.steps import step_words
from coercivity.papers.shared.terminal import label, phrase, wrapped
from coercivity.papers.shared.words import paper_words

MOST_VALUES = 6
_CHECKED, _PACK, _PARTY_SETS = "checked_through", "pack", "party_sets"
_WORDS = paper_words("deal_answer_text", "depth")


def flip_lines(book: Rulebook, decision: Decision, turned: Flips, lang: Lang) -> Iterator[str]:
    """Yields the smallest changes of facts that give another result, and the first later date that does."""
    for flip in turned.changes:
        was = {name: _value(book, name, decision.deal.facts.get(name), lang) for name in flip.facts}
        outcome, now = outcome_text(flip.outcome.value, lang), _joint(lang).join(was.values())
        yield from wrapped(_w("flip", lang).format(outcome, _change(book, flip, lang), now), "      ")
    if turned.turn is not None:
        yield from wrapped(_turn(book, turned, lang), "      ")
    else:
        yield f"      {_w('no_turn', lang).format(day_text(turned.looked_through, lang))}"
    word = "one_changed" if turned.changed_at_most == 1 else "more_changed"
    yield f"      {_w(word, lang).format(turned.changed_at_most)}"


def _w(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)


def _joint(lang: Lang) -> str:
    return "；" if lang == "zh" else "; "


def _change(book: Rulebook, flip: Flip, lang: Lang) -> str:
    """The facts of a change with the values that bring it about."""
    if flip.facts == (_PARTY_SETS,) and (listed := _listed(book, flip.values, lang)):
        return listed
    if len(flip.facts) > 1:
        told = [
            _w("and", lang).join(
                _changed(book, n, _value(book, n, v, lang), lang) for n, v in zip(flip.facts, values, strict=True)
            )
            for values in flip.values
        ]
        return _several(told, lang)
    fact, values = flip.facts[0], [value for (value,) in flip.values]
    told = [_value(book, fact, value, lang) for value in values]
    return _changed(book, fact, _several(told, lang), lang)


def _value(book: Rulebook, fact: str, value: FactValue | None, lang: Lang) -> str:
    """Returns a value in words; that of a scenario, whose words are a sentence, by its name."""
    spec = book.catalogue.get(fact)
    named = spec is not None and spec.scenario and value is not None
    return str(value) if named else value_name(book, fact, value, lang)


def _changed(book: Rulebook, fact: str, told: str, lang: Lang) -> str:
    spec = book.catalogue.get(fact)
    word = spec.type if spec is not None and spec.type in ("flag", "set") else "change"
    return _w(word, lang).format(fact_label(fact, lang), told)


def _several(told: Sequence[str], lang: Lang) -> str:
    """Alternatives in one text, separated by semicolons where one of them has a comma or several words itself."""
    each = list(dict.fromkeys(told))
    shown = each[:MOST_VALUES]
    plain, mark = ("、", "、") if lang == "zh" else (", ", r",| or | and ")
    grave = any(re.search(mark, one) for one in shown)
    joint = _joint(lang) if grave else plain
    if len(each) > MOST_VALUES:
        return _w("more", lang).format(joint.join(shown), len(each))
    last = joint + _w("or", lang).lstrip() if grave else _w("or", lang)
    return last.join([joint.join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]


def _listed(book: Rulebook, values: Sequence[Sequence[FactValue]], lang: Lang) -> str:
    """The lists that name a party, each with its notices; blank where a value is not a single notice."""
    by_list: dict[str, list[str]] = {}
    for (value,) in values:
        if not isinstance(value, SetValue) or len(value.has) != 1:
            return ""
        for name in value.has:
            held = book.party_sets[name]
            by_list.setdefault(held.list, []).append(name_of(book, held.instrument_id, lang))
    told = [
        _w("listed" if len(names) == 1 else "listed_several", lang).format(
            label("lists", name, lang), names[0], len(names) - 1
        )
        for name, names in by_list.items()
    ]
    return _several(told, lang)


def _turn(book: Rulebook, turned: Flips, lang: Lang) -> str:
    """The first later date with another result, and why."""
    assert turned.turn is not None
    turn = turned.turn
    outcome, finding = outcome_text(turn.outcome.value, lang), finding_word(book, turn.finding, lang)
    word = "turn_alone" if finding == outcome else "turn"
    told = _w(word, lang).format(day_text(turn.day, lang), outcome, finding)
    steps = [TimelineStep(*because.split(" ", 1)) for because in turn.because]
    why = _events(book, steps, turn.day, None, lang)
    return _w("turn_because", lang).format(told, why) if why else told


def window_line(book: Rulebook, window: Window, lang: Lang) -> str:
    """Returns a period with its result and the event that begins it."""
    outcome = outcome_text(window.outcome.value, lang)
    if window.may_become:
        risk = outcome_text(window.may_become.value, lang)
        outcome = _w("risk", lang).format(outcome, phrase("may_become", lang), risk)
    told = _w("window", lang).format(window.start, window.end, outcome, finding_word(book, window.finding, lang))
    why = _events(book, window.because, window.start, window.decision.known, lang)
    return told + (_w("because", lang).format(why) if why else "")


def _events(book: Rulebook, steps: Sequence[TimelineStep], day: Day, known: Day | None, lang: Lang) -> str:
    """The events of a day; the end of our checks is told once, for all instruments together."""
    checked = any(step.kind == _CHECKED and step.instrument_id == _PACK for step in steps)
    told = [_event(book, step, day, lang) for step in steps if step.kind != _CHECKED or not checked]
    if checked and known is not None and known < book.checked_through and day == known + ONE_DAY:
        told.append(say(step_words(_CHECKED, after_known=True), lang))
    elif checked:
        word = "after_vouch" if book.ends_with_a_vouch(day - ONE_DAY) else "after_check"
        told.append(_w(word, lang).format(day_text(day - ONE_DAY, lang)))
    return _joint(lang).join(dict.fromkeys(told))


def _event(book: Rulebook, step: TimelineStep, day: Day, lang: Lang) -> str:
    name = name_of(book, step.instrument_id, lang)
    if step.kind == _CHECKED:
        return _w("not_verified", lang).format(name, day_text(day - ONE_DAY, lang))
    what = say(step_words(step.kind), lang)
    if step.instrument_id == _PACK:
        return what
    return f"{name}：{what}" if lang == "zh" else f"{name}: {what}"
