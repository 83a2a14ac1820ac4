"""Words of licence times, in English and Chinese."""

from __future__ import annotations

from coercivity.papers.shared.words import paper_words

STAGES = paper_words("firm_words", "stages")
STATES = paper_words("firm_words", "states")
IF_NEEDED = STATES["if_needed"]
NOT_CHECKED = STATES["not_checked"]
NOT_HELD = STATES["not_held"]
ENDS = paper_words("firm_words", "ends")
LINES = paper_words("firm_words", "lines")
SPEAKERS = paper_words("firm_words", "speakers")
QUALITIES = paper_words("firm_words", "qualities")
WORDS = paper_words("firm_words", "words")
FORMS = paper_words("firm_words", "forms")
USERS = paper_words("firm_words", "users")
NEAR = paper_words("firm_words", "near")
HOLDERS = paper_words("firm_words", "holders")
