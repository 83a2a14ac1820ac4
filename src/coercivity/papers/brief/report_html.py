"""The annex of a report: one self-contained HTML file per language; nothing is fetched and no script runs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from coercivity.base.templating import page_environment
from coercivity.base.words import Lang, say
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.brief import page_parts as parts
from coercivity.papers.brief.chart import chart
from coercivity.papers.brief.in_language import shown_in
from coercivity.papers.brief.report_data import ANNEX_FILES, PAGE_FILES, BriefReport
from coercivity.papers.brief.words import KINDS, coming_words
from coercivity.papers.deal.why import subject_to
from coercivity.papers.firm.mix.sections import mix_sections
from coercivity.papers.firm.stops.page import stops_part
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.shared import TEMPLATES
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.facts import fact_label, value_text
from coercivity.papers.shared.money import currency_text, grouped, tens_of_thousands
from coercivity.papers.shared.outcomes import meaning, outcome_letter, outcome_text, scenario_text
from coercivity.papers.shared.output.page import sections_html
from coercivity.papers.shared.pages import PageLang, page_words
from coercivity.papers.shared.parts import on_income, span_words
from coercivity.papers.shared.steps import VOUCH_WORDS, vouch_text
from coercivity.papers.shared.words import paper_words

if TYPE_CHECKING:
    from jinja2 import Environment

WIDE, WIDE_GUTTER = 700, 44
NARROW, NARROW_GUTTER = 356, 40
_ROLES_SHOWN = ("act", "gap")


def page(book: Rulebook, body: BriefReport, *, lang: PageLang = "en", supply: OutlookReport | None = None) -> str:
    """Returns the annex of a report in one language: every transaction with its rules, supply, line stops and mix.

    Args:
        book: The rulebook, for the words shown to people.
        body: The report data.
        lang: Language of the page.
        supply: The outlook of the case with its numbers, where the market was run.
    """
    from markupsafe import Markup

    from coercivity.papers.outlook.report_html import supply_fragment

    shown = shown_in(body, lang)
    pictures = [
        chart(body, key="wide", width=WIDE, gutter=WIDE_GUTTER, lang=lang),
        chart(body, key="narrow", width=NARROW, gutter=NARROW_GUTTER, lang=lang),
    ]
    return (
        _environment(book, shown, lang)
        .get_template("brief.html.j2")
        .render(
            b=shown,
            pictures=pictures,
            company=Markup(_company(body, lang)),  # its template escapes
            supply=Markup(supply_fragment(supply, lang)) if supply is not None else None,  # its template escapes
        )
    )


def _company(body: BriefReport, lang: PageLang) -> str:
    """Returns line stops and mix as part of the page; empty where the case has no company."""
    stops = stops_part(body["stops"], lang) if "stops" in body else ""
    return stops + (sections_html(mix_sections(body["mix"], lang), {}, lang, prefix="mix-") if "mix" in body else "")


def _environment(book: Rulebook, body: BriefReport, lang: PageLang) -> Environment:
    """Returns the templates with the words and helpers that they use."""
    env = page_environment(TEMPLATES)
    page_words(env, "brief_page", lang)
    env.filters.update(
        link=parts.link,
        host=parts.host,
        span=lambda entry: say(span_words(entry), lang),
        money=grouped,
        day=lambda day: day_text(day, lang),
    )
    env.globals.update(
        sister=ANNEX_FILES["zh" if lang == "en" else "en"],
        paper=PAGE_FILES[lang],
        label=lambda group, word: say(book.words.get(group, {}).get(word, {"en": word}), lang),
        outcome=lambda word: outcome_text(word, lang),
        letter=lambda word: outcome_letter(word, lang),
        meaning=lambda word: meaning(word, lang),
        subject_to=lambda outcome, reasons: say(subject_to(outcome, [reason["kind"] for reason in reasons]), lang),
        scenario=lambda label: scenario_text(label, lang),
        vouch_text=lambda vouch: say(vouch_text(vouch), lang),
        vouch_words=VOUCH_WORDS,
        name_of=lambda name: body["instruments"][name]["name"] if name in body["instruments"] else name,
        kinds=KINDS,
        coming_words=lambda entry: coming_words(body, entry),
        roles=paper_words("brief_page", "roles"),
        truths=paper_words("brief_page", "truths"),
        reading=_texts("reading", lang, P="PROCEED", L="LICENCE", S="STOP", U="UNKNOWN"),
        conditions=lambda proof, step: list(parts.conditions(book, proof, step, lang)),
        on_income=on_income,
        further=parts.further_papers,
        exclusions=lambda row: parts.exclusions(body, row),
        state_groups=parts.state_groups(body),
        shown_roles=_ROLES_SHOWN,
        question_of=partial(_question, book, lang=lang),
        answers_of=lambda question: [value_text(book, question["fact"], v, lang) for v in question["values"]],
        open_of=lambda question: [fact_label(name, lang) for name in question["beside"]],
        currency=lambda code: currency_text(code, lang),
        quantity_unit=lambda unit: parts.unit_text(unit, lang),
        deal_value=lambda about: parts.deal_value(about, lang),
        price_unit=lambda unit: parts.unit_each(unit, lang),
        price=lambda text: tens_of_thousands(text) if lang == "zh" else grouped(text),
        group_text=lambda group: parts.group_text(group, lang),
        counted=lambda sample: parts.sample_text(sample, lang),
        speaker=lambda said: parts.speaker_text(said, lang),
        value=partial(value_text, book, lang=lang),
        fact_label=lambda name: fact_label(name, lang),
        unit_of=lambda name: book.catalogue[name].unit if name in book.catalogue else "",
        limit=paper_words("brief_page", "limits"),
        not_legal_advice=book.words["phrases"]["not_legal_advice"],
    )
    return env


def _texts(table: str, lang: Lang, **outcomes: str) -> list[str]:
    named = {letter: outcome_text(word, lang) for letter, word in outcomes.items()}
    return [say(text, lang).format(**named) for text in paper_words("brief_page", table).values()]


def _question(book: Rulebook, name: str, lang: Lang) -> str:
    spec = book.catalogue.get(name)
    return say(spec.question.as_dict(), lang) if spec is not None else name
