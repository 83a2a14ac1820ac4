"""How many values of drafts are found in notices: instruments of the rulebook, beside our own summaries of them.

A summary is shorter than its notice: it leaves out tariff numbers, licence types and later events. The least number of
values found is held, and the kinds of value that are missed are named, so that a loss is seen.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest

from coercivity.base.words import Lang, say
from coercivity.data.input import Content
from coercivity.law.rules.load import law_folder
from coercivity.verbs.notice import NoticeRead, read_notice
from coercivity.verbs.rules import rules_show

# Instrument: values of the draft, found in English, found in Chinese.
FOUND = {
    "mofcom-gac-2025-18": (209, 195, 181),
    "mofcom-gac-2025-10": (141, 92, 95),
    "mofcom-gac-2025-55": (68, 36, 35),
    "mofcom-gac-2025-57": (146, 109, 129),
    "mofcom-gac-2025-58": (73, 46, 60),
    "mofcom-2025-61": (74, 59, 64),
    "mofcom-2025-62": (127, 108, 113),
    "mofcom-gac-2025-70": (11, 11, 11),
    "mofcom-2024-46": (54, 34, 35),
    "mofcom-2025-72": (9, 9, 9),
    "mofcom-2026-1": (33, 27, 27),
    "mofcom-gac-2024-33": (80, 54, 53),
    "mofcom-gac-2023-23": (109, 56, 66),
}


def read_as_draft(name: str, lang: Lang) -> NoticeRead:
    """Reads our summaries of an instrument as its notice, beside a draft with the same content under another id."""
    instrument, provisions, _ = rules_show(name)
    text = (law_folder() / "instruments" / name / "instrument.yaml").read_text(encoding="utf-8")
    for clause in sorted((one.id for one in provisions), key=len, reverse=True):
        text = re.sub(rf"(?<![\w-]){re.escape(clause)}(?![\w-])", f"draft-{clause}", text)
    text = re.sub(rf"(?m)(^id: |by: ){re.escape(name)}(?=[,}}\s])", rf"\g<1>draft-{name}", text)
    text = re.sub(r"(?m)^aliases:.*\n(  .*\n)*", "", text)
    parts = [say(instrument.title, lang), say(instrument.summary.as_dict(), lang)]
    parts += [f"{one.ref_zh if lang == 'zh' else one.ref} {say(one.gist.as_dict(), lang)}" for one in provisions]
    return read_notice("\n".join(parts), [Content.of("draft.yaml", text)])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", FOUND)
def test_values_found(name: str, lang: Lang) -> None:
    values, *least = FOUND[name]
    read = read_as_draft(name, lang)
    missed = Counter(one.name for one in read.missing)
    assert len(read.read.values) == values
    assert read.found >= least[lang == "zh"], f"missed: {missed.most_common()}"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nearly_three_quarters_are_found_and_what_is_missed_is_known(lang: Lang) -> None:
    reads = [read_as_draft(name, lang) for name in FOUND]
    found, values = sum(read.found for read in reads), sum(len(read.read.values) for read in reads)
    missed = Counter(one.name for read in reads for one in read.missing)
    assert found / values > 0.72
    # The summaries leave these out: types of licence, days of other notices, tariff numbers, what an item is not.
    left_out = {"track", "day", "tariff_number", "form", "goods_kind", "mineral_item", "technology_topic"}
    assert sum(missed[name] for name in left_out) / missed.total() > 0.6
    # What every summary says is missed in none of them.
    assert not {"from", "to", "act", "published"} & set(missed) - {"act"}
