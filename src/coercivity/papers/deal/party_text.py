"""The parties of an audit trail as lines of text: each name, what it is or may be, and the lists that were used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from coercivity.base.words import Lang, say
from coercivity.law.engine.name_questions import judged_of, reason_words, said_of_judgement
from coercivity.law.rules.rulebook import Rulebook
from coercivity.papers.shared.terminal import label, wrapped
from coercivity.papers.shared.words import paper_words

MOST_ENTRIES = 6  # of one name; the audit trail as data has all
_SIGNS = 12  # of a hash
_WORDS = paper_words("deal_answer_text", "parties")


def party_lines(book: Rulebook, screened: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """Yields what an audit trail says of the names of a deal.

    Args:
        book: The rulebook, for its words.
        screened: Key `screened` of the proof.
        lang: Language of the reader.
    """
    for name in screened["names"]:
        verdict = _w(name["verdict"], lang)
        told = _w("name", lang).format(label("parties", name["fact"], lang), name["written"], name["folded"], verdict)
        yield from wrapped(told, "      ")
        for remark in name.get("remarks", ()):
            yield from wrapped(reason_words(book.words, remark, lang), "          ")
        for entry in name["entries"][:MOST_ENTRIES]:
            yield from wrapped(_entry(book, entry, lang), "          ")
        if len(name["entries"]) > MOST_ENTRIES:
            yield f"          {label('phrases', 'and_more', lang).format(len(name['entries']) - MOST_ENTRIES)}"
    if screened["lists"]:
        joint = "、" if lang == "zh" else ", "
        lists = joint.join(_list(one, lang) for one in screened["lists"])
        yield from wrapped(_w("lists", lang).format(lists), "      ")


def _entry(book: Rulebook, entry: Mapping[str, Any], lang: Lang) -> str:
    joint = "、" if lang == "zh" else ", "
    why = joint.join(reason_words(book.words, one["kind"], lang) for one in entry["reasons"])
    where = label("lists", entry["list"], lang) if "party_sets" in entry else entry["list"]
    verdict = _w(entry["screened"], lang)
    told = _w("entry", lang).format(verdict, entry["listed"], entry["entry"], where, why)
    if "judged" not in entry:
        return told
    judged = said_of_judgement(book.words, judged_of(entry["judged"]), lang)
    return f"{told}{'。' if lang == 'zh' else '. '}{judged}"


def _list(one: Mapping[str, str], lang: Lang) -> str:
    name = label("lists", one["id"], lang) if one["effect"] == "law" else one["id"]
    return _w("list", lang).format(name, one["version"] or one["as_of"], one["sha256"][:_SIGNS])


def _w(word: str, lang: Lang) -> str:
    return say(_WORDS[word], lang)
