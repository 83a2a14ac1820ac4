"""Names of instruments and clauses as papers print them, and in Chinese the ways in which a rule may turn out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from coercivity.law.rules.model import Instrument, Provision
from coercivity.law.rules.rulebook import Rulebook

Text = Mapping[str, str]
_YEARLY = re.compile(r"(\d{4})/(\d+)\Z")
_PLACEHOLDER = re.compile(r"not (seen|verified)")
_ARTICLE = re.compile(r"(Arts?\.? ?\d|\d[A-E]\d{3})")
ZH_WAYS = {
    "lapsed": "届满恢复",
    "extended": "延长",
    "in force": "已生效",
    "not yet": "尚未生效",
    "ended": "已终止",
    "renewed": "已延续",
    "already published": "已公布",
    "not yet published": "尚未公布",
}


def short_name(instrument: Instrument) -> str:
    """Returns the name by which an instrument is called in a table: issuer and number, or a law's own name."""
    yearly = _YEARLY.match(instrument.number)
    if yearly:
        return f"{'-'.join(instrument.issuer[:2])} {yearly[2]}/{yearly[1]}"
    named = [alias for alias in instrument.aliases if not alias[0].isdigit()]
    if named:
        return max(named, key=len)
    if _PLACEHOLDER.match(instrument.number):
        return instrument.title_en
    return instrument.number.split(" (")[0]


def name_of(book: Rulebook, instrument_id: str) -> str:
    """Returns the short name of an instrument by its id, or the id where none is held."""
    found = book.instruments.get(instrument_id)
    return short_name(found) if found is not None else instrument_id


def clause_name(instrument: Instrument, provision: Provision) -> str:
    """Returns instrument and clause for a table: the article or code, or the subject where the clause has neither."""
    sign = "," if _ARTICLE.match(provision.ref) else ":"
    return f"{short_name(instrument)}{sign} {clause_place(provision)}"


def clause_place(provision: Provision) -> str:
    """Returns the article or code of a clause, or its subject where it has neither."""
    return provision.ref if _ARTICLE.match(provision.ref) else provision.subject


def clause_short(instrument: Instrument, provision: Provision) -> str:
    """Returns number and article or code for a narrow place: `62/2025 Art. 1(3)`, `18/2025 1C905`."""
    yearly = _YEARLY.match(instrument.number)
    head = f"{yearly[2]}/{yearly[1]}" if yearly else short_name(instrument)
    if _ARTICLE.match(provision.ref):
        return f"{head} {provision.ref}"
    if provision.control_codes:
        return f"{head} {provision.control_codes[0].split('.')[0]}"
    words = {"listing": "listing", "prohibited": "prohibited", "exclusion": "exclusion"}
    return f"{head} {words.get(provision.kind, words.get(provision.effect, ''))}".strip()
