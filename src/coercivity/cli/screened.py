"""A screening on the terminal: verdict first, both names one above the other, reasons, and the pairs to decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from coercivity.base.errors import brief_value
from coercivity.base.words import Lang
from coercivity.cli.show import columns, label, said

if TYPE_CHECKING:
    from coercivity.verbs.parties.rows import Cluster, Feature, Finding, ListUsed, ScreenReport, ScreenRow, Span

Line = list[tuple[str, bool]]
LABEL, INDENT = 18, "    "
MOST_REASONS, LONGEST = 6, 200
_CHINESE = {": ": "：", ", ": "、", "; ": "；"}


def _sign(sign: str, lang: Lang) -> str:
    """Returns a punctuation mark as the language writes it."""
    return _CHINESE[sign] if lang == "zh" else sign


def plain_line(text: str) -> Line:
    """Returns a line in which nothing is marked."""
    return [(text, False)]


def row_lines(row: ScreenRow, report: ScreenReport, lang: Lang) -> Iterator[Line]:
    """Yields a row: its verdict and name, then every entry that it is or may be."""
    from coercivity.verbs.parties.pairs import pair_of
    from coercivity.verbs.parties.write import place_in

    told = [label("party_verdicts", row.verdict, lang).upper(), place_in(row.place, lang)]
    told += [label("parties", row.role, lang)] if row.role else []
    yield plain_line(f"{' · '.join(told)}   {brief_value(row.asked.name, longest=LONGEST)}".rstrip())
    if row.fault is not None:
        yield plain_line(f"{INDENT}{row.fault.code}{_sign(': ', lang)}{said(row.fault.what, lang)}")
        yield plain_line(f"{INDENT}{said(row.fault.next, lang)}")
    if row.result is not None and row.result.remarks:
        why = _sign("; ", lang).join(label("name_reasons", kind, lang) for kind in row.result.remarks)
        yield plain_line(INDENT + why)
    for key in dict.fromkeys(pair_of(row.asked, finding) for finding in row.findings):
        yield plain_line("")
        yield plain_line(f"{INDENT}{_pair(report.by_id[key], lang)}")
        yield from _pair_lines(report.by_id[key], report, lang)


def _pair(pair: Cluster, lang: Lang) -> str:
    rows = said("1 row" if pair.clears == 1 else f"{pair.clears} rows", lang)
    return f"{label('screening', 'pair', lang)} {pair.number}  {pair.id}  {rows}"


def pair_lines(pair: Cluster, report: ScreenReport, lang: Lang) -> Iterator[Line]:
    """Yields a pair to decide: how many rows it settles, and the finding."""
    verdict = label("party_verdicts", pair.finding.verdict, lang).upper()
    told = [_pair(pair, lang), verdict, *([label("screening", pair.state, lang)] if pair.state != "open" else [])]
    yield plain_line(" · ".join([*told, _places(pair, report, lang)]))
    yield from _pair_lines(pair, report, lang)


def _places(pair: Cluster, report: ScreenReport, lang: Lang) -> str:
    rows = [report.rows[place] for place in pair.rows[:3]]
    more = said(f"and {pair.clears - 3} more", lang) if pair.clears > 3 else ""
    return " ".join(filter(None, (_sign(", ", lang).join(row.id for row in rows), more)))


def _pair_lines(pair: Cluster, report: ScreenReport, lang: Lang) -> Iterator[Line]:
    """Yields both names, reasons for and against, what tells them apart, every notice, and the judgement."""
    finding = pair.finding
    yield [(_head("written", lang), False), *_spans(finding.written_spans, finding.written)]
    yield [(_head("listed", lang), False), *_spans(finding.listed_spans, finding.listed)]
    if finding.listed != finding.entry.name:
        yield plain_line(_head("", lang) + finding.entry.name)
    for side, chosen in (("for", 1), ("against", -1)):
        if told := [_reason(one, lang) for one in finding.features if one.points * chosen > 0]:
            yield plain_line(_head(side, lang) + _sign("; ", lang).join(told[:MOST_REASONS]))
    if finding.tells_apart:
        parts = _sign(", ", lang).join(label("party_parts", part, lang) for part in finding.tells_apart)
        yield plain_line(_head("tells_apart", lang) + parts)
    for place, one in enumerate(pair.findings):
        yield plain_line(_head("" if place else "list", lang) + _entry(one, report, lang))
    if finding.judged is not None:
        held = finding.judged.judgement
        says = label("judgements", held.says, lang)
        signed = _within(_sign(", ", lang).join((held.by, held.at)), lang)
        yield plain_line(f"{_head('judged', lang)}{says}{_sign(': ', lang)}{held.why}{signed}")
        if pair.changed:
            parts = _sign(", ", lang).join(label("party_parts", part, lang) for part in pair.changed)
            yield plain_line(_head("changed", lang) + parts)


def _within(text: str, lang: Lang) -> str:
    """Returns a text in brackets, to follow another one."""
    return f"（{text}）" if lang == "zh" else f" ({text})"


def _head(word: str, lang: Lang) -> str:
    return INDENT + columns((label("screening", word, lang) if word else "", LABEL))


def _spans(spans: Sequence[Span], whole: str) -> Line:
    return [(one.text, not one.same) for one in spans] or [(whole, False)]


def _reason(one: Feature, lang: Lang) -> str:
    told = label("name_reasons", one.kind, lang).replace("_", " ")
    parts = " / ".join(dict.fromkeys(filter(None, (one.written, one.listed))))
    return f"{one.points:+d} {told}" + (_within(parts, lang) if parts and len(parts) < 40 else "")


def _entry(finding: Finding, report: ScreenReport, lang: Lang) -> str:
    from coercivity.verbs.parties.pairs import off_the_list

    entry = finding.entry
    used = next((one for one in report.lists if one.list_id == entry.list_id), None)
    told = [label("lists", entry.list_id, lang), entry.party_set or entry.source, entry.entry_id]
    told += [f"{said('as of', lang)} {used.as_of_on}"] if used is not None and used.as_of_on is not None else []
    if entry.party_set in report.notices:
        status = label("statuses", report.notices[entry.party_set], lang)
        told.append(f"{status}{_within(str(report.on), lang)}")
    elif off_the_list(entry, report.on):
        told.append(label("screening", "off", lang))
    return " · ".join(filter(None, told))


def list_lines(lists: Sequence[ListUsed], lang: Lang) -> Iterator[Line]:
    """Yields the lists that the names were compared with."""
    yield plain_line(said("lists used:", lang))
    for one in lists:
        day = f"{said('as of', lang)} {one.as_of_on}" if one.as_of_on is not None else said("no day stated", lang)
        held = label("completeness", one.completeness, lang)
        name = label("lists", one.list_id, lang)
        cells = columns((name, 32), (one.version or "-", 12), (day, 18), (one.entries, 7))
        yield plain_line(f"  {cells} {held}".rstrip())


def count_line(report: ScreenReport, lang: Lang) -> str:
    """Returns the number of names by verdict."""
    told = (f"{label('party_verdicts', verdict, lang)} {count:,}" for verdict, count in report.counts.items())
    names = said("1 name" if len(report.rows) == 1 else f"{len(report.rows):,} names", lang)
    return f"{names}{_sign(': ', lang)}{'   '.join(told)}"
