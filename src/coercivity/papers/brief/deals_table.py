"""Every transaction of a report in one row of a table, for spreadsheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coercivity.base.words import Lang, say
from coercivity.papers.brief.page_parts import group_text, unit_text
from coercivity.papers.brief.report_data import BriefReport, DealLicence, TransactionData
from coercivity.papers.brief.words import LANGS
from coercivity.papers.shared.names import Text
from coercivity.papers.shared.outcomes import outcome_text
from coercivity.papers.shared.paper.sections import PaperSection, Wording
from coercivity.papers.shared.words import paper_words

_TABLES = ("words", "headings", "titles", "columns")
_COLUMNS = (
    "id", "title", "group", "quantity", "unit", "price", "currency", "outcome", "may_become", "clauses", "since",
    "next_change", "planned_on", "planned_outcome", "licences", "file_by", "next", "open", "checked_through",
)  # fmt: skip
_NUMBERS = ("quantity", "price")
_KINDS = paper_words("brief_words", "next")
_NONE = "–"
WORDINGS = {lang: Wording.of("brief_files", _TABLES, lang) for lang in LANGS}


def deals_section(body: BriefReport, lang: Lang) -> PaperSection:
    """Returns the section with one row for each transaction.

    Args:
        body: The report data.
        lang: Language.
    """
    w = WORDINGS[lang]
    rows = [[cell or _NONE for cell in _row(body, row, w)] for row in body["transactions"]]
    return w.section("deals", tables=[w.table("deals", _COLUMNS, rows, numbers=_NUMBERS)])


def _row(body: BriefReport, row: TransactionData, w: Wording) -> Iterator[str]:
    lang, about, later, planned = w.lang, row["about"], row["next_change"], row["planned"]
    held = row.get("licences")
    yield row["id"]
    yield say(row["title"], lang)
    yield group_text(about.get("group", ""), lang)
    yield about.get("quantity", "")
    yield unit_text(about.get("unit", ""), lang)
    yield about.get("price", "")
    yield about.get("currency", "")
    yield outcome_text(row["outcome"], lang)
    yield outcome_text(row["may_become"], lang) if row["may_become"] else ""
    yield _joined((say(_short(body, name), lang) for name in row["grounds"]), lang)
    yield row["since"]
    yield f"{later['from']} {outcome_text(later['outcome'], lang)}" if later else ""
    yield planned["on"] if planned else ""
    yield outcome_text(planned["outcome"], lang) if planned and "outcome" in planned else ""
    yield _joined((_licence(one, w) for one in held["licences"]), lang) if held else ""
    yield held["file_by"]["on"] if held and held["file_by"] else ""
    yield say(row["next"], lang)
    yield _joined((say(text, lang) for text in row["open"]), lang)
    yield row["checked_through"]


def _licence(one: DealLicence, w: Wording) -> str:
    """Returns a licence with its kind, its date, and its lots."""
    kind = say(_KINDS[one["kind"]], w.lang)
    named = f"{one['licence']}（{kind}）" if w.lang == "zh" else f"{one['licence']}, {kind}"
    lots = _joined(one["lots"], w.lang)
    if one["filed"] is not None:
        return w("filed_on", named, one["filed"], lots)
    return w("held_until", named, one["valid_until"], lots) if one["valid_until"] else w("held", named, lots)


def _joined(texts: Iterable[str], lang: Lang) -> str:
    return ("；" if lang == "zh" else "; ").join(texts)


def _short(body: BriefReport, name: str) -> Text:
    clause = body["clauses"][name]
    return {"en": clause["short"], "zh": clause["short_zh"]}
