"""The comparison of the licensing desk with reports as CSV: a line for each row of practice; no cell is a formula."""

from __future__ import annotations

import csv
import io

from coercivity.base.words import Lang, plain, say
from coercivity.batches.write.outputs import DEAD, is_live
from coercivity.papers.market.desk.report_data import CheckRow, DeskCheckData
from coercivity.papers.market.desk.shown import REASONS, VERDICTS

COLUMNS = (
    "branch", "row", "kind", "metric", "name", "reported_on", "begins_on", "ends_on", "destination", "end_use", "form",
    "user", "countries", "reported", "reported_low", "reported_high", "unit", "qualifier", "counted", "sample",
    "counted_by", "compared", "model", "model_low", "model_high", "misfit", "misfit_is", "within", "verdict", "reason",
    "used_as_input", "source_id", "url", "note",
)  # fmt: skip


def check_csv(body: DeskCheckData, lang: Lang = "en") -> bytes:
    """Returns the rows of a comparison as CSV.

    Args:
        body: The comparison as plain data.
        lang: Language of names, results and reasons.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for branch in body["branches"]:
        for row in branch["checks"]:
            cells = {"branch": branch["branch"], **_cells(row, lang)}
            writer.writerow([cells[name] for name in COLUMNS])
    return b"\xef\xbb\xbf" + text.getvalue().encode(errors="replace")


def _cells(row: CheckRow, lang: Lang) -> dict[str, str]:
    told = {name: _text(value) for name, value in row.items() if name in COLUMNS}
    told["name"] = say(row["name"], lang)
    told["counted_by"] = "" if row["counted_by"] is None else say(row["counted_by"], lang)
    told["reported"] = _text(row["reported"]) or row["reported_text"]
    told["verdict"] = say(VERDICTS[row["verdict"]], lang)
    told["reason"] = say(REASONS[row["reason"]], lang) if row["reason"] else ""
    numbers = {name for name, value in row.items() if isinstance(value, (int, float))}
    return {name: cell if name in numbers else _safe(cell) for name, cell in told.items()}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _safe(cell: str) -> str:
    return DEAD + plain(cell) if is_live(cell) else plain(cell)
