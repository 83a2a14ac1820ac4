"""The summary of an outlook for a terminal: at most 34 lines of 100 columns, and the ranges if it has draws."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang, plain, say
from coercivity.papers.outlook import page_tables as tables
from coercivity.papers.outlook.breadth.sections import headlines
from coercivity.papers.outlook.difference.pairs import shown_differences
from coercivity.papers.outlook.draws.lines import range_lines
from coercivity.papers.outlook.look import Carrier, look
from coercivity.papers.outlook.names import clause_text
from coercivity.papers.outlook.observed.section import observed_summary
from coercivity.papers.outlook.read import num, percent, runs_of
from coercivity.papers.outlook.report_data import OutlookReport
from coercivity.papers.outlook.table_rows import UseTotals
from coercivity.papers.outlook.uses import not_short
from coercivity.papers.outlook.words import HEADINGS, PHRASES, SUMMARY, desk_text, named
from coercivity.papers.shared.money import money
from coercivity.papers.shared.terminal import columns_of, filled, wrapped

MOST_LINES = 34
WIDTH = 100
_GOOD_COLUMN = 22
_SHORT_LINES = 3
_DIFFERENCES = 2
_PLANT_LINES = 2
_CLAUSE_LINES = 2
_BREADTH_LINES = 5
_LEAD_LINES = 3


def summary(report: OutlookReport, lang: Lang = "en") -> tuple[str, ...]:
    """Returns the summary of an outlook's report data as lines.

    Args:
        report: The report data.
        lang: Language of names and words.
    """
    lines = [_w("head", lang).format(say(HEADINGS["kind"], lang), report["from"], report["to"])]
    for told in shown_differences(report, lang)[:_DIFFERENCES]:
        lines += wrapped(told, "", WIDTH)
    for run in runs_of(report):
        title = say(run.body["title"], lang)
        told = _w("branch", lang).format(title, say(run.branch, lang)) if len(run.key) > 1 else title
        lines.append(f"  {run.key:<3}{told}   {_w('hash', lang).format(run.body['hash'][:12])}")
    lines += _licensing(report, lang)
    started, ranges = observed_summary(report, lang), range_lines(report, lang, WIDTH)
    added = [*(wrapped(started, "", WIDTH) if started else ()), *ranges]
    lines += added
    most = MOST_LINES + len(added)
    after = [
        *_block("short", list(_short(report, lang)), _SHORT_LINES, say(PHRASES["no_shortage"], lang), lang),
        *_not_short(report, lang),
        *_block("plants", list(_plants(report, lang)), _PLANT_LINES, "", lang),
        *_block("clauses", list(_clauses(report, lang)), _CLAUSE_LINES, "", lang),
    ]
    prices, free = list(_prices(report, lang)), most - len(lines) - len(after) - 4
    after += _breadth(report, lang, max(free - len(prices), _BREADTH_LINES))
    room = most - len(lines) - len(after) - 4
    lines += ["", _w("prices", lang), *_fitting(prices, max(room, 1))]
    lines += [*after, say(PHRASES["rests"], lang).format(count=len(report["assumed"])), say(PHRASES["quiet"], lang)]
    return tuple(_cut(plain(line), WIDTH) for line in lines[:most])


def _w(word: str, lang: Lang) -> str:
    return say(SUMMARY[word], lang)


def _licensing(report: OutlookReport, lang: Lang) -> Iterator[str]:
    """Yields what runs leave out of the licensing desk, those with the same together."""
    by_text: dict[str, list[str]] = {}
    for run in runs_of(report):
        by_text.setdefault(desk_text(run.body, lang), []).append(run.key)
    yield from (f"  {','.join(keys)} {text}" for text, keys in by_text.items() if text)


def _block(part: str, rows: list[str], most: int, otherwise: str, lang: Lang) -> list[str]:
    """Returns a heading and the first rows; the heading of a list that is cut says where the rest is."""
    heading = say(HEADINGS[part], lang)
    if len(rows) > most:
        return [_w("cut", lang).format(heading, most, len(rows)), *rows[:most]]
    if rows:
        return [heading, *rows]
    return [_w("none", lang).format(heading, otherwise)] if otherwise else []


def _fitting(rows: list[tuple[str, str]], room: int) -> list[str]:
    """Returns the rows, each with its causes on a line of its own as far as there is room for all rows."""
    spare = room - len(rows)
    found: list[str] = []
    for line, causes in rows[:room]:
        found.append(line)
        if causes and spare > 0:
            found.append(f"      {causes}")
            spare -= 1
    return found


def _prices(report: OutlookReport, lang: Lang) -> Iterator[tuple[str, str]]:
    """Yields the worst month and the main clause by product and scenario, or that there are no prices; and its causes.

    The causes say how much of that is due to waiting, refusals and halts; in the same line if they fit, or else there
    the largest.
    """
    rows = look(report, lang)
    if not rows:
        yield f"  {say(PHRASES['no_prices'], lang)}", ""
    for row in rows:
        cell = row["cells"]["worst"]
        good = _padded(say(named(report, "goods", row["good"]), lang), _GOOD_COLUMN)
        head = f"  {good} {row['scenario'].letter} "
        head += _w("price", lang).format(cell["month"], cell["inside"], cell["outside"])
        carrier = next((carrier for carrier in cell["carriers"] if carrier["clauses"]), None)
        if carrier is not None:
            names = " + ".join(clause_text(report, clause, lang) for clause in carrier["clauses"])
            head += _w("carrier", lang).format(names, carrier["share"])
        yield _with_causes(head, carrier, lang) if carrier is not None and carrier["causes"] else (head, "")


def _with_causes(head: str, carrier: Carrier, lang: Lang) -> tuple[str, str]:
    """Returns a line with all causes or with the largest, and then all of them for a line below."""
    whole = _w("causes", lang).format(head, carrier["amounts"])
    if columns_of(whole) <= WIDTH:
        return whole, ""
    main = _w("mainly", lang).format(head, carrier["main"])
    return main if columns_of(main) <= WIDTH else head, carrier["causes"]


def _short(report: OutlookReport, lang: Lang) -> Iterator[str]:
    """Yields a line per use and region: its largest shortage, and the runs in which it is the same."""
    worst: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for entry in tables.use_rows(report, lang):
        if entry["share"]:
            told = _short_told(report, entry, lang)
            first, runs = worst.setdefault((entry["region"], entry["use"]), (told, []))
            if told == first:
                runs.append(entry["run"].key)
    for told, runs in worst.values():
        yield f"  {','.join(sorted(runs)):<3}{'' if len(runs) == 1 else ' '}{told}"


def _short_told(report: OutlookReport, row: UseTotals, lang: Lang) -> str:
    where, use = say(named(report, "regions", row["region"]), lang), say(named(report, "uses", row["use"]), lang)
    return _w("short", lang).format(where, use, percent(row["share"], lang), num(row["without"]), row["worst"])


def _not_short(report: OutlookReport, lang: Lang) -> Iterator[str]:
    """Yields the totals of what is no shortage in one line, or in two if one is too narrow."""
    told = not_short(report, lang)
    if told is not None:
        line = ("；" if lang == "zh" else "; ").join(told)
        yield from (line,) if columns_of(line) <= WIDTH else (told[0], f"  {told[1]}")


def _breadth(report: OutlookReport, lang: Lang, most: int) -> list[str]:
    """Returns what matters most about contracts, policies and recycling: whole sentences, as many as fit."""
    found: list[str] = []
    for sentence in headlines(report, lang):
        lines = wrapped(sentence, "", WIDTH)[:_LEAD_LINES]
        found += lines if len(found) + len(lines) <= most else []
    return found


def _plants(report: OutlookReport, lang: Lang) -> Iterator[str]:
    for row in [row for row in tables.plant_rows(report) if row["delay_months"]]:
        name = say(named(report, "plants", row["plant_id"]), lang)
        told = _w("plant", lang).format(name, row["start_planned"] or "–", row["start"] or "–")
        yield f"  {','.join(row['runs'])} {told}"


def _clauses(report: OutlookReport, lang: Lang) -> Iterator[str]:
    for row in sorted(report["clause_prices"], key=lambda row: (-row["usd"], row["clause"])):
        name = clause_text(report, row["clause"], lang)
        yield "  " + say(PHRASES["withheld"], lang).format(name, money(row["usd"], "USD", lang), num(row["tonnes_t"]))


def _padded(text: str, width: int) -> str:
    return filled(_cut(text, width), width)


def _cut(text: str, width: int) -> str:
    """Returns the text, cut to the given number of columns, with three dots if it is longer."""
    if columns_of(text) <= width:
        return text
    kept = ""
    for sign in text:
        if columns_of(kept + sign) > width - 3:
            break
        kept += sign
    return kept.rstrip() + "..."
