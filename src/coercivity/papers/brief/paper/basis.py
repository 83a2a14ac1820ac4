"""The last sections: assumptions, and the instruments with their dates and how far they were verified."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import say
from coercivity.papers.brief.paper.rounding import chance
from coercivity.papers.brief.paper.wording import in_order, instrument_text, instruments_text, listed, semi
from coercivity.papers.brief.report_data import BriefBody, TransactionData
from coercivity.papers.firm.stops.report_data import StopsReport
from coercivity.papers.shared.days import day_text
from coercivity.papers.shared.outcomes import scenario_text
from coercivity.papers.shared.paper.sections import PaperSection, PaperTable, Wording
from coercivity.papers.shared.steps import vouch_text

SHOWN_HASH = 16
_MISSING = ("facts", "standing", "unread", "other_content")  # what a transaction does not say


def assumptions_section(body: BriefBody, w: Wording) -> PaperSection:
    """Returns on what the figures rest, each assumption in a sentence.

    Args:
        body: The report data.
        w: The words.
    """
    return w.section("assumptions", _assumed(body, w))


def _assumed(body: BriefBody, w: Wording) -> Iterator[str]:
    if body["assume"]:
        picked = (
            w("assumed_pick", instrument_text(body, name, w.lang), scenario_text(pick, w.lang))
            for name, pick in body["assume"].items()
        )
        yield w("assumed_law", semi(picked, w.lang))
    else:
        yield w("assumed_no_law")
    yield from (say(words, w.lang) for words in body.get("calendar", {"words": []})["words"])
    if "stops" in body:
        yield from _stops(body["stops"], w)
    if "mix" in body:
        mix = body["mix"]
        yield w("assumed_reading")
        apart = mix["independent"]
        yield w("assumed_apart", listed(apart, w.lang)) if apart else w("assumed_together")
        yield (
            w("assumed_draws", mix["draws"]) if mix["draws"] is not None else w("assumed_table", len(mix["scenarios"]))
        )
        yield w("assumed_prices")
    if "supply" in body:
        yield w("assumed_market", len(body["supply"]["assumed"]))


def _stops(stops: StopsReport, w: Wording) -> Iterator[str]:
    held = stops["assumed"]
    yield w("assumed_independent" if held["grant_and_renewal_independent"] else "assumed_one_authority")
    days = held["leaves_days_after_grant"]
    yield w("assumed_leaves_days" if held["leaves_days_assumed"] else "given_leaves_days", days)
    named = ((scenario["scenario"], scenario["probability"]) for scenario in stops["scenarios"])
    refused = [(name, likely) for name, likely in named if name in held["refused_in"]]
    if refused:
        told = (w("pair", name, chance(likely, w.lang)) for name, likely in refused)
        yield w("assumed_refused", listed(told, w.lang))
    if held["never_released"]:
        yield w("assumed_never_released", listed(held["never_released"], w.lang))
    if held["unnamed_licences"]:
        yield w("assumed_unnamed", listed(held["unnamed_licences"], w.lang))


def sources_section(body: BriefBody, w: Wording) -> PaperSection:
    """Returns the instruments that the results rest on, with dates, status and verification.

    Args:
        body: The report data.
        w: The words.
    """
    pack = body["pack"]
    told = [w("rulebook", pack["version"], pack["hash"][:SHOWN_HASH], day_text(pack["verified_through"], w.lang))]
    if made := str(body.get("hash", "")):
        told.append(w("report_hash", made[:SHOWN_HASH]))
    told.append(w("least_checked", day_text(body["least_checked"], w.lang)))
    told += [say(vouch_text(vouch), w.lang) for vouch in body.get("vouches", [])]
    if "supply" in body:
        packs = body["supply"]["packs"]
        told.append(w("market_packs", packs["world"]["version"], packs["practice"]["version"]))
    possible = {rests for row in body["transactions"] for rests in _grounds(body, row)} - applied(body)
    if possible:
        told.append(w("possible_instruments", instruments_text(body, in_order(possible), w.lang)))
    return w.section("sources", told, [_instruments(body, w)], [w("sources_note")])


def applied(body: BriefBody) -> set[str]:
    """Returns the instruments on which a result rests, in one legal scenario or all.

    Where information is missing, clauses that might apply are left out: the result rests on none of them yet.

    Args:
        body: The report data.
    """
    found: set[str] = set()
    for row in body["transactions"]:
        if row["outcome"] != "UNKNOWN" or not any(reason["kind"] in _MISSING for reason in row["reasons"]):
            found.update(_grounds(body, row))
        bites = (bite for branch in row["branches"] for bite in branch["bites"])
        found.update(body["clauses"][bite]["instrument"] for bite in bites if bite in body["clauses"])
    return found


def _grounds(body: BriefBody, row: TransactionData) -> Iterator[str]:
    yield from (body["clauses"][name]["instrument"] for name in row["grounds"] if name in body["clauses"])


def _instruments(body: BriefBody, w: Wording) -> PaperTable:
    used = applied(body)
    states = {state["instrument"]: state for state in body["states"]}
    rows = []
    for name in in_order(used):
        held = body["instruments"][name]
        state = states.get(name)
        title = say(held["title"], w.lang)
        rows.append(
            (
                instrument_text(body, name, w.lang),
                "–" if title == instrument_text(body, name, w.lang) else title,
                held.get("effective", "–"),
                w(f"status_{state['status']}") if state is not None else "–",
                held["verified_through"],
            )
        )
    columns = ("instrument", "subject", "in_force_from", "status", "verified_through")
    return w.table("instruments", columns, rows)
