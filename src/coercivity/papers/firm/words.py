"""Words of licence times and days of cover, in English and Chinese."""

from __future__ import annotations

from coercivity.base.words import Lang, say
from coercivity.papers.shared.words import paper_words

STAGES = paper_words("firm_words", "stages")
STATES = paper_words("firm_words", "states")
IF_NEEDED = STATES["if_needed"]
NOT_CHECKED = STATES["not_checked"]
NOT_HELD = STATES["not_held"]
ENDS = paper_words("firm_words", "ends")
LINES = paper_words("firm_words", "lines")
NOTES = paper_words("firm_words", "notes")
SPEAKERS = paper_words("firm_words", "speakers")
LAYERS = paper_words("firm_words", "layers")
PASSAGES = paper_words("firm_words", "passages")
LICENCES = paper_words("firm_words", "licences")
QUALITIES = paper_words("firm_words", "qualities")
UNITS = paper_words("firm_words", "units")
WORDS = paper_words("firm_words", "words")
FORMS = paper_words("firm_words", "forms")
USERS = paper_words("firm_words", "users")
NEAR = paper_words("firm_words", "near")
HOLDERS = paper_words("firm_words", "holders")
PERIODS = paper_words("firm_words", "periods")


def period_text(days: int, lang: Lang) -> str:
    """Returns the period analysed as a sentence names it: three years rather than 1096 days."""
    return say(PERIODS.get(str(days), WORDS["some_days"]), lang).format(days)


def chance_text(chance: str, lang: Lang) -> str:
    """Returns a probability in whole per cent; in Chinese without a blank before the sign."""
    return f"{float(chance):.0%}".replace("%", "%" if lang == "zh" else " %")
