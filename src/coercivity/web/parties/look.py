"""What the Parties screen shows of a screening and of each pair."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from coercivity.base.sums import total
from coercivity.base.words import plain
from coercivity.verbs.facts import catalogue
from coercivity.verbs.parties.pairs import off_the_list
from coercivity.verbs.parties.rows import Feature, Finding, ListUsed, ScreenReport, ScreenRow, Span
from coercivity.verbs.parties.screen import screen
from coercivity.verbs.serving.parties.pairs import Pair, Worked
from coercivity.verbs.serving.parties.result_files import RESULT_FILES
from coercivity.verbs.serving.parties.screenings import notices
from coercivity.verbs.words import law_words, name_of
from coercivity.web.parties.asked import ALL, TO_DO, Shown, filters_of, reasons_in, roles_in
from coercivity.web.parties.reasons import REASONS, reason_choices
from coercivity.web.shown import day_text
from coercivity.web.view import Context, View

MOST_ROWS, MOST_JUDGED, MOST_FAULTY, MOST_ENTRIES = 50, 30, 50, 12
_FIRST_CJK = 0x2E80
_FORMS, _COUNTRIES = ("same_form", "other_form"), ("same_country", "other_country")


def result_of(view: View, held: Worked, shown: Shown, signer: str) -> Context:
    """Returns what the page of a result shows.

    Args:
        view: The page.
        held: The screening with its judgements.
        shown: The pairs of the page.
        signer: Who decides in this browser; blank if nobody signed yet.
    """
    report, judged = held.report, [one for one in held.pairs if not one.is_to_do]
    undo, done = held.last_by(signer), held.by_id.get(view.get("done"))
    return {
        "counts": [(name, held.counts[name]) for name in ("match", "possible", "none", "error")],
        "held": held,
        "to_do": held.to_do(),
        "shown": shown,
        "pairs": [pair_view(view, one, held) for one in shown.pairs],
        "judged": [_short(view, one) for one in judged[:MOST_JUDGED]],
        "judged_count": len(judged),
        "texts": _questions(view, report),
        "texts_count": total(_is_question(row) for row in report.rows),
        "unscreened": [_row(view, row) for row in report.rows if row.result is None][:MOST_FAULTY],
        "lists": [list_view(view, one) for one in report.lists],
        "filters": filters_of(view),
        "choices": _choices(view, held.pairs, report),
        "why": {says: reason_choices(view, says) for says in REASONS},
        "undo": undo,
        "undo_text": sentence(view, undo) if undo is not None else "",
        "done": done,
        "done_text": sentence(view, done) if done is not None else "",
        "notes": report.notes,
        "files": tuple(RESULT_FILES),
    }


def list_name(view: View, list_id: str) -> str:
    """Returns the name of a list: that of a list of the law in words, that of a user's list as it is."""
    return plain(view.t(law_words("lists", list_id)))


def list_view(view: View, used: ListUsed) -> Context:
    """Returns a list as the page names it: entries, version, day and completeness."""
    return {
        "id": used.list_id,
        "name": list_name(view, used.list_id),
        "entries": f"{used.entries:,}",
        "version": plain(used.version),
        "as_of": day_text(view, used.as_of_on) if used.as_of_on is not None else "",
        "whole": view.w(f"parties.whole_{used.completeness}"),
        "own": used.effect != "law",
        "hash": used.sha256[:12],
    }


def pair_view(view: View, pair: Pair, held: Worked) -> Context:
    """Returns what the page shows of a pair.

    Args:
        view: The page.
        pair: The pair.
        held: The screening.
    """
    report, lists = held.report, {one.list_id: one for one in held.report.lists}
    finding, entry = pair.finding, pair.finding.entry
    return {
        **sides(view, finding),
        "id": pair.id,
        "state": pair.state,
        "verdict": finding.screened,
        "rows": len(pair.rows),
        "clears": held.clears(pair),
        "changed": [view.t(law_words("judged_changed", part)) for part in pair.changed],
        "reasons_for": [reason_view(view, one) for one in finding.features if one.points >= 0],
        "reasons_against": [reason_view(view, one) for one in finding.features if one.points < 0],
        "points": finding.points,
        "apart": [view.t(law_words("name_tells_apart", one)) for one in finding.tells_apart],
        "asked": _asked(view, pair),
        "entry": _entry(view, pair),
        "notices": [_notice(view, one, lists, report) for one in pair.entries[:MOST_ENTRIES]],
        "others": [plain(one.text) for one in entry.names if one.text != finding.listed],
        "places": [_row(view, report.rows[row]) for row in pair.rows[:MOST_ROWS]],
        "history": _history(view, pair),
        "last_at": pair.last_at,
        "says": pair.says,
    }


def sides(view: View, finding: Finding) -> Context:
    """Returns both names of a finding, divided where they differ, and what differs in words."""
    written = finding.written_spans or (Span(finding.written, same=True),)
    listed = finding.listed_spans or (Span(finding.listed, same=True),)
    return {
        "written": [(plain(one.text), one.same) for one in written],
        "listed": [(plain(one.text), one.same) for one in listed],
        "differs": _differs(view, written, listed),
    }


def sides_of(view: View, name: str, entry_id: str) -> Context | None:
    """Returns both names of a name in a deal and an entry of a list; None if they are not similar.

    Args:
        view: The page.
        name: The name as written.
        entry_id: The entry.
    """
    (row,) = screen(name, law=view.law).rows
    return next((sides(view, one) for one in row.findings if one.entry.entry_id == entry_id), None)


def reason_view(view: View, feature: Feature) -> tuple[str, str, str]:
    """Returns a reason in words, its points with a sign, and the parts of the names that it is about."""
    words = view.t(law_words("name_reasons", feature.kind))
    parts = [plain(one) for one in (feature.written, feature.listed) if one]
    if feature.kind in _FORMS:  # compared by a code; as written they stand in the names
        parts = []
    elif feature.kind in _COUNTRIES:
        parts = [_country(view, one) for one in parts]
    told = " / ".join(dict.fromkeys(parts))
    return words.replace("_", " "), f"{feature.points:+,}".replace("-", "−"), told


def differing(spans: Iterable[Span], beside: Iterable[Span] = ()) -> str:
    """Returns the words in which a name differs; of a word in a script without spaces, the characters that do.

    Signs that are no letters or digits do not count: a word is not another one for its dots. A word
    that lacks a letter of the one `beside` it differs too, in names of as many words.
    """
    words, others = _words(spans), _words(beside)
    told = []
    for place, word in enumerate(words):
        whole = all(ord(sign) < _FIRST_CJK for sign, _ in word)
        mate = others[place] if whole and len(words) == len(others) else []
        differs = not all(same for _, same in (*word, *mate))
        told.append("".join(sign for sign, same in word if whole or not same) if differs else "")
    return " ".join(filter(None, told))


def _words(spans: Iterable[Span]) -> list[list[tuple[str, bool]]]:
    """The signs of each word, and whether each is the same in the other name."""
    words: list[list[tuple[str, bool]]] = [[]]
    for span in spans:
        for sign in span.text:
            if sign.isspace():
                words.append([])
            else:
                words[-1].append((sign, span.same or not sign.isalnum()))
    return words


def _differs(view: View, written: Sequence[Span], listed: Sequence[Span]) -> str:
    """What differs, in words for those who do not see the marks; blank if the names are not divided."""
    parts = [plain(differing(*both)) for both in ((written, listed), (listed, written))]
    if not any(parts):
        return ""
    return view.w("parties.differs", *(part or view.w("parties.nothing") for part in parts))


def _asked(view: View, pair: Pair) -> list[tuple[str, str]]:
    asked = pair.asked
    held = {"country": _country(view, asked.country), "address": asked.address, "owner": asked.owner}
    found = [(view.w(f"parties.part_{name}"), plain(text)) for name, text in held.items() if text]
    if asked.name != pair.finding.written:
        found.insert(0, (view.w("parties.cell"), plain(asked.name)))
    return found + [(_number_kind(view, one.kind), plain(one.value)) for one in asked.identifiers]


def _entry(view: View, pair: Pair) -> list[tuple[str, str]]:
    entry, comma = pair.finding.entry, view.signs.semicolon
    held = [
        (view.w("parties.name_main"), entry.name if entry.name != pair.finding.listed else ""),
        (view.w("parties.part_country"), view.signs.comma.join(_country(view, one) for one in entry.countries)),
        (view.w("parties.part_address"), comma.join(entry.addresses)),
        *((_number_kind(view, one.kind), one.value) for one in entry.identifiers),
        (view.w("parties.website"), comma.join(entry.websites)),
        (view.w("parties.born"), comma.join(entry.born)),
    ]
    return [(label, plain(text)) for label, text in held if text]


def _notice(view: View, entry: Any, lists: Mapping[str, ListUsed], report: ScreenReport) -> Context:
    """One listing: the list with its version, since when, and the page of the instrument where there is one."""
    used, instrument = lists.get(entry.list_id), notices().get(entry.party_set, "")
    name = list_name(view, entry.list_id)
    source = name_of(instrument, view.lang) if instrument else plain(entry.source)
    days = {"since": entry.listed_on, "until": entry.delisted_on, "as_of": used and used.as_of_on}
    told = {key: view.w(f"parties.{key}", day_text(view, day)) for key, day in days.items() if day is not None}
    if used is not None and used.version:
        told["version"] = view.w("parties.version", plain(used.version))
    order = [told[key] for key in ("since", "until", "version", "as_of") if key in told]
    return {
        "source": source or name,
        "about": [name, *order] if source else order,
        "link": view.url(f"/rules/instrument/{instrument}") if instrument else "",
        "off": off_the_list(entry, report.on),
    }


def _country(view: View, code: str) -> str:
    country = catalogue().countries.get(code)
    return view.t(country.as_dict()) if country is not None else code


def _number_kind(view: View, kind: str) -> str:
    return view.w(f"parties.number_{kind}")


def _row(view: View, row: ScreenRow) -> Context:
    return {
        "place": _place(view, row.place),
        "id": plain(row.id),
        "role": view.w(f"parties.role_{row.role}") if row.role else "",
        "name": plain(row.asked.name[:300]),
        "country": _country(view, row.asked.country),
        "address": plain(row.asked.address),
        "fault": row.fault,
    }


def _place(view: View, place: str) -> str:
    """The place of a row in its file, in the language of the page."""
    named, comma, _ = place.partition(", owner")  # an owner that the ownership file states
    kind, _, number = named.partition(" ")
    told = view.w(f"parties.place_{kind}", number) if kind in ("row", "line", "name") and number else named
    return view.w("parties.place_owner", told) if comma else told


def _history(view: View, pair: Pair) -> list[Context]:
    """Judgements of a pair, the newest first; one that covers several notices is shown once."""
    held = dict.fromkeys((one.says, one.by, one.at, one.why) for one in reversed(pair.history))
    return [
        {"says": view.w(f"parties.said_{says}"), "by": plain(by), "at": when(view, at), "why": plain(why)}
        for says, by, at, why in held
    ]


def when(view: View, at: str) -> str:
    """Returns a time as the page writes it, to the minute."""
    return f"{day_text(view, at[:10])} {at[11:16]} UTC"


def _short(view: View, pair: Pair) -> Context:
    history = _history(view, pair)
    return {
        "id": pair.id, "rows": len(pair.rows), "written": plain(pair.finding.written),
        "listed": plain(pair.finding.listed), "last": history[0], "last_at": pair.last_at,
    }  # fmt: skip


def sentence(view: View, pair: Pair) -> str:
    """Returns what was decided about a pair."""
    says = pair.says or "withdrawn"
    return view.w(f"parties.done_{says}", plain(pair.finding.written)[:80], plain(pair.finding.listed)[:80])


def _is_question(row: ScreenRow) -> bool:
    """Whether the text of a row itself is a question, whatever it is similar to."""
    result = row.result
    return result is not None and bool(result.remarks)


def _questions(view: View, report: ScreenReport) -> list[Context]:
    """Rows whose text itself is a question: it names nobody, is doubted, or has letters that are not compared."""
    found = []
    for row in report.rows:
        result = row.result
        if result is None or not _is_question(row):
            continue
        told = [view.t(law_words("name_reasons", kind)) for kind in result.remarks]
        found.append({**_row(view, row), "why": view.signs.semicolon.join(told)})
        if len(found) == MOST_FAULTY:
            break
    return found


def _choices(view: View, pairs: Sequence[Pair], report: ScreenReport) -> dict[str, list[tuple[str, str]]]:
    """The choices of each filter, without those that nothing in the screening has."""
    anything, lists = ("", view.w("parties.any")), dict.fromkeys(one.list_id for pair in pairs for one in pair.entries)
    return {
        "state": [(name, view.w(f"parties.state_{name}")) for name in (TO_DO, "open", "changed", "judged", ALL)],
        "in_list": [anything, *((name, list_name(view, name)) for name in lists)],
        "verdict": [anything, *((name, view.w(f"parties.verdict_{name}")) for name in ("match", "possible"))],
        "reason": [
            anything,
            *((kind, view.t(law_words("name_reasons", kind)).replace("_", " ")) for kind in reasons_in(pairs)),
        ],
        "role": [anything, *((role, view.w(f"parties.role_{role}")) for role in roles_in(report))],
    }
