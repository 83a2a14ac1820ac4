"""Words of the outlook in English and Chinese: headings, captions, columns, causes, stages, licence status."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.base.words import Lang, say
from coercivity.papers.outlook.report_data import Group, OutlookReport, RunBody, Text
from coercivity.papers.shared.names import IN_BOTH
from coercivity.papers.shared.words import paper_words

HEADLINE = ("ox_Dy", "ox_Tb", "ox_Y", "ox_NdPr", "mag_high", "mag_none")
INSIDE, OUTSIDE = "CN", "XCN"

HEADINGS = paper_words("outlook_words", "headings")
PARTS = paper_words("outlook_words", "parts")
CAUSES = paper_words("outlook_words", "causes")
FORMS = paper_words("outlook_words", "forms")
SERIES = paper_words("outlook_words", "series")
COLUMNS_OF_CHAIN = ("mine", "separate", "metal", "magnet", "use")
STAGES = paper_words("outlook_words", "stages")
WAYS = paper_words("outlook_words", "ways")
MOMENTS = paper_words("outlook_words", "moments")
COLS = paper_words("outlook_words", "cols")
CAPTIONS = paper_words("outlook_words", "captions")
PHRASES = paper_words("outlook_words", "phrases")
TITLES = paper_words("outlook_words", "titles")
SUMMARY = paper_words("outlook_words", "summary")
ELEMENTS = paper_words("outlook_words", "elements")
PACKS = paper_words("outlook_words", "packs")
READING: tuple[Text, ...] = tuple(paper_words("outlook_words", "reading").values())


def named(report: OutlookReport, group: Group, name: str) -> Text:
    """Returns a name in both languages; the id in words if the report data have no name for it.

    Args:
        report: The report data.
        group: Kind of name.
        name: The id.
    """
    held = report["names"].get(group, {}).get(name)
    if held is None:
        return {"en": name if group in ("plants", "clauses") else name.replace("_", " ")}
    if "short" not in held:
        return held
    return {"en": held["short"], **({"zh": held["short_zh"]} if "short_zh" in held else {})}


def part_text(part: str, cause: str = "") -> Text:
    """Returns the name of a part of a gap, with what keeps a licence scarce.

    Args:
        part: freight, permission or another part.
        cause: waiting, refusal or halt; empty for other parts.
    """
    name = PARTS.get(part, {"en": part})
    if not cause:
        return name
    told = CAUSES.get(cause, {"en": cause})
    return {lang: say(PHRASES["part_cause"], lang).format(say(name, lang), say(told, lang)) for lang in IN_BOTH}


def desk_text(run: RunBody, lang: Lang) -> str:
    """Returns the elements of the licensing desk that a run leaves out, in words; empty if none."""
    off = run["practice"]["off"]
    if not off:
        return ""
    return say(PHRASES["desk_off"], lang).format(
        ("、" if lang == "zh" else ", ").join(say(ELEMENTS.get(e, {"en": e}), lang) for e in off)
    )


def named_clauses(report: OutlookReport, clauses: Sequence[str]) -> Text:
    """Returns the name of a clause, or the names of clauses that bind together."""
    names = [named(report, "clauses", clause) for clause in clauses]
    return {lang: " + ".join(say(name, lang) for name in names) for lang in IN_BOTH}
