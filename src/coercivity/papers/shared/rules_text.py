"""Instruments, clauses and statuses of the rulebook as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from coercivity.base.words import Lang, say
from coercivity.law.rules.model import Event, Instrument, Provision
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.shown import short_name
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.names import Text, called, clause_ref, name_of
from coercivity.papers.shared.terminal import label, wrapped
from coercivity.papers.shared.words import Words, paper_words

_WORDS, _EVENTS, _EVENT, _KINDS, _CONFIDENCE, _CLAUSE, _WAYS = (
    paper_words("rules_text", table) for table in ("words", "events", "event", "kinds", "confidence", "clause", "ways")
)
_BASES = paper_words("rules_text", "bases")
_LABELS = {"ceiling": "effects", "remains": "remains", "track": "tracks"}  # groups of the rulebook's words


def rules_word(word: str, lang: Lang, *values: object) -> str:
    """Returns a text of the command `rules` with its values."""
    return _w(_WORDS, word, lang, *values)


def way_text(way: str, lang: Lang) -> str:
    """Returns how a rule of unconfirmed status may turn out, in a few words: `lapsed`, 届满."""
    word, _, day = way.partition(":")
    told = say(_WAYS.get(word, {"en": word.replace("_", " ")}), lang)
    return f"{told} {_w(_EVENT, 'to', lang, day_text(day, lang))}" if day else told


def ways_text(branches: Mapping[str, str], lang: Lang) -> str:
    """Returns the possible statuses of a rule of unconfirmed status in one line."""
    told = [
        rules_word("if_way", lang, way_text(way, lang), label("statuses", status, lang))
        for way, status in branches.items()
    ]
    return rules_word("gap", lang).join(told)


def instrument_lines(book: Rulebook, instrument: Instrument, lang: Lang) -> Iterator[str]:
    """Yields the names of an instrument, the date it is verified to, and its events."""
    yield f"{short_name(instrument, 'en')}  {instrument.title_en}"
    yield f"{short_name(instrument, 'zh')}  {instrument.title_zh or rules_word('no_title', lang)}"
    verified = rules_word("verified", lang, day_text(instrument.verified_through, lang))
    basis = (lang == "zh" and instrument.verified_basis_zh) or instrument.verified_basis
    yield rules_word("basis", lang, verified, basis, say(_CONFIDENCE[instrument.confidence], lang))
    for event in instrument.events:
        yield f"  {_event(book, instrument, event, lang)}"


def basis_told(provision: Provision) -> Text:
    """Returns how the text of a clause was established, in each language; empty if it was read."""
    return dict(_BASES.get(provision.basis, {}))


def basis_lines(provision: Provision, lang: Lang, head: str) -> list[str]:
    """Returns the same in one language as lines after a head: `text: recalled, not read`; none if it was read."""
    told = basis_told(provision)
    return wrapped(rules_word("entry", lang, _w(_CLAUSE, "basis", lang), say(told, lang)), head) if told else []


def clause_lines(book: Rulebook, provision: Provision, lang: Lang) -> Iterator[str]:
    """Yields a clause: its place, type and effect, its summary, its conditions in words, and its sources."""
    kind = (_w(_CLAUSE, "kind", lang), say(_KINDS[provision.kind], lang))
    effect = (_w(_CLAUSE, "effect", lang), label("effects", provision.effect, lang))
    told = "  ".join(rules_word("entry", lang, *pair) for pair in (kind, effect))
    yield f"[{provision.id}] {clause_ref(provision, lang)}  {told}"
    yield f"    {say(provision.gist.as_dict(), lang)}"
    yield from basis_lines(provision, lang, "    ")
    for key in ("qualifies", "only_where", "ceiling", "remains", "track", "control_codes", "reading", "note"):
        value = (lang == "zh" and getattr(provision, f"{key}_zh", None)) or getattr(provision, key)
        if value:
            yield f"    {rules_word('entry', lang, _w(_CLAUSE, key, lang), _value(book, key, value, lang))}"
    yield from (f"    {url}" for url in provision.source_urls)


def _w(words: Words, word: str, lang: Lang, *values: object) -> str:
    return say(words[word], lang).format(*values)


def _value(book: Rulebook, key: str, value: str | list[str], lang: Lang) -> str:
    """An attribute of a clause: clauses by their names, words of the rulebook by their labels."""
    if key in ("qualifies", "only_where"):
        names = [value] if isinstance(value, str) else value
        return rules_word("joint", lang).join(_clause(book, name, lang) for name in names)
    words = [value] if isinstance(value, str) else value
    return rules_word("joint", lang).join(label(_LABELS[key], word, lang) if key in _LABELS else word for word in words)


def _clause(book: Rulebook, name: str, lang: Lang) -> str:
    return say(_CLAUSE[name], lang) if name in _CLAUSE else f"{called(book, name, lang)} [{name}]"


def _event(book: Rulebook, instrument: Instrument, event: Event, lang: Lang) -> str:
    """What happened, from when to when, by which instrument, and to which clauses."""
    what, published = say(_EVENTS[event.type], lang), event.published and day_text(event.published, lang)
    days = [day_text(day, lang) for day in (event.effective, event.ends) if day is not None]
    if event.type == "policy_statement":
        told = _w(_EVENT, "head", lang, what, published or "").rstrip()
        told = _w(_EVENT, "mentions", lang, told, days[-1]) if days else told
        published = None
    elif not days:
        told, published = _w(_EVENT, "head", lang, what, published or "").rstrip(), None
    else:
        word = "span" if len(days) == 2 else "to" if event.effective is None else "from"
        told = _w(_EVENT, "head", lang, what, _w(_EVENT, word, lang, *days))
    parts = [told]
    if published and event.published != event.effective:
        parts.append(_w(_EVENT, "published", lang, published))
    if event.by != instrument.id:
        parts.append(_w(_EVENT, "by", lang, name_of(book, event.by, lang)))
    told = _w(_EVENT, "joint", lang).join(parts)
    if event.scope == "all":
        return told
    places = {p.id: clause_ref(p, lang) for p in instrument.provisions}
    named = dict.fromkeys(places.get(name, name) for name in event.scope)
    clauses = rules_word("joint" if lang == "zh" else "gap", lang).join(named)
    scope = _w(_EVENT, "scope", lang, clauses) if event.scope else _w(_EVENT, "text_only", lang)
    return f"{told}{rules_word('gap', lang)}{scope}"
