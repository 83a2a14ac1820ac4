"""The impact of a draft notice as lines of text, in English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coercivity.base.days import Day
from coercivity.base.sums import total
from coercivity.base.words import Lang, plain, say
from coercivity.batches.impact.licence_model import LicenceImpact, Licences
from coercivity.batches.impact.model import REJECTED, ExemptionImpact, MovedDeal, Result, Sums
from coercivity.law.rules.model import CHINA, Finding, Status
from coercivity.papers.shared.facts import fact_label
from coercivity.papers.shared.outcomes import outcome_text
from coercivity.papers.shared.terminal import filled
from coercivity.papers.shared.words import paper_words
from coercivity.verbs.impact_result import Impact
from coercivity.verbs.words import law_words

MOST_NAMES = 20
UNDECIDED = Finding.NEED_FACTS.word
_WORDS = paper_words("impact", "words")


def impact_lines(impact: Impact, lang: Lang = "en") -> Iterator[str]:
    """Yields what a draft would move as lines of text.

    Args:
        impact: The impact.
        lang: Language of the text: en or zh.
    """
    for one in impact.drafts:
        yield _said("draft", lang, plain(one.name), one.hash)
    yield _said("books", lang, impact.rulebook, impact.rulebook_hash, impact.draft_hash)
    if impact.jurisdiction != CHINA:
        yield _said("law", lang, say(impact.name, lang), impact.jurisdiction)
    for name, branches in impact.scenarios.items():
        yield _said("scenario", lang, fact_label(name, lang), name, branches[0])
    yield from ("", _said("clauses", lang, len(impact.clauses)))
    for clause in impact.clauses:
        yield f"  {filled(clause.instrument, 30)} {clause.provision}"
        for mark, runs in (("without", clause.before), ("with", clause.after)):
            yield f"    {filled(_said(mark, lang), 8)} {_periods(runs, lang)}"
    count, moved_count = impact.rows, impact.moved.deals
    all_rows = _said("one_row" if count == 1 else "many_rows", lang, f"{count:,}")
    moves = _said("one_moves" if moved_count == 1 else "many_move", lang, f"{moved_count:,}")
    yield from ("", _said("rows", lang, plain(impact.source), all_rows, moves))
    yield from () if impact.has_mass else (_said("no_mass", lang),)
    yield from () if impact.has_value else (_said("no_value", lang),)
    yield f"  {_sums(impact.moved, impact, lang)}"
    if not impact.moved.deals:
        yield "  " + _said("none_move" if impact.clauses else "no_clause", lang)
    for title, moved in (("moves", True), ("unmoved", False)):
        rows = [one for one in impact.moves if one.moved is moved]
        yield from ("", _said(title, lang)) if rows else ()
        for move in rows:
            after = f" -> {result_text(move.after, lang)}" if moved else ""
            yield f"  {result_text(move.before, lang)}{after}: {_sums(move.sums, impact, lang)}"
    yield from ("", _said("by_clause", lang)) if impact.by_clause else ()
    for clause_move in impact.by_clause:
        name = clause_move.clause or _said("by_check", lang)
        yield f"  {filled(name, 26)} {_sums(clause_move.sums, impact, lang)}"
    yield from ("", _said("exemptions", lang)) if impact.exemptions else ()
    for exemption in impact.exemptions:
        yield from _exemption(exemption, impact, lang)
    if impact.licences is not None:
        yield from _licences(impact.licences, impact, lang)
    yield from _deals(impact, lang)


def result_text(result: Result, lang: Lang = "en") -> str:
    """Returns a result with its finding, and what a licence may become.

    Args:
        result: The result.
        lang: Language of the text: en or zh.
    """
    if result.outcome == REJECTED:
        return f"{_said('rejected', lang)} ({_said(result.finding, lang)})"
    outcome, finding = outcome_text(result.outcome, lang), say(law_words("findings", result.finding), lang)
    # An undetermined result and its finding say the same, and so do most results in Chinese.
    told = outcome if finding == outcome or result.finding == UNDECIDED else f"{outcome} {finding}"
    if not result.may_become:
        return told
    return f"{told} ({_said('may_become', lang)} {outcome_text(result.may_become, lang)})"


def fact_names(facts: Sequence[str], lang: Lang = "en") -> str:
    """Returns facts with the labels that people know them by.

    Args:
        facts: Names of facts.
        lang: Language of the text: en or zh.
    """
    return ("、" if lang == "zh" else ", ").join(fact_label(name, lang) for name in facts)


def _said(word: str, lang: Lang, *values: object) -> str:
    return say(_WORDS[word], lang).format(*values)


def _periods(runs: Sequence[tuple[Day, Status]], lang: Lang) -> str:
    told = (_said("since", lang, say(law_words("statuses", status.value), lang), first) for first, status in runs[1:])
    if len(runs) == 1:
        return say(law_words("statuses", runs[0][1].value), lang)
    return ", ".join(told) or "-"


def _sums(sums: Sums, impact: Impact, lang: Lang) -> str:
    """Returns deals, mass and value in one line; what is not known is told as such."""
    parts = [_said("deal" if sums.deals == 1 else "deals", lang, f"{sums.deals:,}")]
    if impact.has_mass and sums.deals:
        parts += [_said("tonnes", lang, _number(sums.mass_t))] if sums.without_mass < sums.deals else []
        parts += [_said("without_mass", lang, f"{sums.without_mass:,}")] if sums.without_mass else []
    if impact.has_value and sums.deals:
        parts += [f"{currency} {_number(value, 2)}" for currency, value in sums.values.items()]
        parts += [_said("without_value", lang, f"{sums.without_value:,}")] if sums.without_value else []
    return "; ".join(parts) if lang == "en" else "；".join(parts)


def _number(value: float, digits: int = 3) -> str:
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _exemption(one: ExemptionImpact, impact: Impact, lang: Lang) -> Iterator[str]:
    effect = say(law_words("effects", one.effect), lang)
    yield f"  {_said('begins', lang, one.clause, effect, one.begins)}"
    for word, sums in (("kept", one.kept), ("may_keep", one.may_keep), ("rest", one.rest), ("own", one.moves)):
        if sums.deals or word != "own":
            yield f"    {filled(_said(word, lang), 14)} {_sums(sums, impact, lang)}"
        for missing in one.may_keep_by if word == "may_keep" else ():
            told = _said("missing", lang, fact_names(missing.facts, lang))
            told = told if missing.facts else _said("nothing_missing", lang)
            yield f"      {told}: {_sums(missing.sums, impact, lang)}"


def _licences(licences: Licences, impact: Impact, lang: Lang) -> Iterator[str]:
    yield from ("", _said("licences", lang, len(licences.moved), len(licences.licences)))
    yield _said("licences_from", lang, plain(licences.source))
    for one in licences.moved:
        yield from _licence(one, impact, lang)
    if licences.not_in_table:
        named = [f"{plain(name)} ({rows:,})" for name, rows in list(licences.not_in_table.items())[:MOST_NAMES]]
        yield _said("not_in_table", lang, ", ".join(named))
        rest = total(list(licences.not_in_table.values())[MOST_NAMES:]) + licences.not_in_table_more
        yield from (_said("not_in_table_more", lang, f"{rest:,}"),) if rest else ()
    if licences.without_deal:
        names = ", ".join(map(plain, licences.without_deal[:MOST_NAMES]))
        yield _said("without_deal", lang, names + (" …" if len(licences.without_deal) > MOST_NAMES else ""))
    if licences.without_licence:
        count = licences.without_licence
        yield _said("one_without_licence" if count == 1 else "without_licence", lang, f"{count:,}")


def _licence(one: LicenceImpact, impact: Impact, lang: Lang) -> Iterator[str]:
    begins = [_said("from", lang, one.valid_from)] if one.valid_from else []
    until = _said("until", lang, one.valid_until) if one.valid_until else _said("no_until", lang)
    left = _said("no_left", lang) if one.remaining_kg is None else _said("left", lang, _number(one.remaining_kg / 1000))
    words = {
        name: _said("becomes" if sums.deals == 1 else "become", lang, f"{sums.deals:,}", outcome_text(outcome, lang))
        for name, sums, outcome in (("stopped", one.stopped, "STOP"), ("opened", one.opened, "UNKNOWN"))
    }
    changes = [words.get(name) or _said(name, lang) for name in one.changes]
    yield f"  {plain(one.licence)}: {', '.join([*changes, *begins, until, left])}"
    sums = (one.deals, one.moved, one.needed_before, one.needed_after, one.late, one.early)
    for word, held in zip(
        ("licence_deals", "licence_moved", "needed_before", "needed_after", "late", "early"), sums, strict=True
    ):
        if held.deals:
            yield f"    {filled(_said(word, lang), 26)} {_sums(held, impact, lang)}"


def _deals(impact: Impact, lang: Lang) -> Iterator[str]:
    shown, count = len(impact.deals), impact.moved.deals
    if not shown:
        return
    yield from ("", _said("first", lang, f"{shown:,}", f"{count:,}") if shown < count else _said("all", lang))
    for deal in impact.deals:
        yield from _deal(deal, lang)
    if shown < count and not impact.files:
        yield _said("more", lang)


def _deal(deal: MovedDeal, lang: Lang) -> Iterator[str]:
    place = filled(_said("row", lang, deal.row), 10)
    clauses = ", ".join(deal.clauses)
    told = f"{result_text(deal.before, lang)} -> {result_text(deal.after, lang)}"
    yield f"  {place} {filled(plain(deal.id), 14)} {filled(deal.on, 10)} {told}  {clauses}".rstrip()
    if deal.kept_perhaps:
        missing = _said("missing", lang, fact_names(deal.missing, lang))
        yield f"      {_said('kept_if', lang, ', '.join(deal.kept_perhaps))}; {missing}"
