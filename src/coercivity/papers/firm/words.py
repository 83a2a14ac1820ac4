"""Words of a licence clock and of a firm's days, in English and Chinese."""

from __future__ import annotations

from coercivity.papers.shared.names import Text
from coercivity.papers.shared.words import paper_words

STAGES = paper_words("firm_words", "stages")
STATES = paper_words("firm_words", "states")
IF_NEEDED: Text = {
    "en": "a licence clock runs if a licence is what it needs and can be had, which is still open",
    "zh": "如确需且可申请许可，则适用许可期限；该点尚未确定",
}
NOT_CHECKED: Text = {
    "en": "by the rules as checked none is needed; they were not checked through this day",
    "zh": "按已核对的规则无需许可；但规则尚未核对至该日",
}
ENDS = paper_words("firm_words", "ends")
ASSUMED_YEARS: Text = {
    "en": "assumed: Monday to Friday without holidays in {}, whose working days are not published yet",
    "zh": "假设：{}年的工作日安排尚未公布，按周一至周五计且不计节假日",
}
SPEAKERS = paper_words("firm_words", "speakers")
LAYERS = paper_words("firm_words", "layers")
PASSAGES = paper_words("firm_words", "passages")
WORDS = paper_words("firm_words", "words")
