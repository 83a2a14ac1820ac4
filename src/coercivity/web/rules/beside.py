"""A notice beside a draft as the page shows it: the notice in pieces, values by clause, and what either leaves out."""

from __future__ import annotations

from coercivity.base.words import plain
from coercivity.verbs.notice import NoticeRead
from coercivity.web.view import Context, View

MOST_WORDS = 3  # of a value; the notice itself marks all of them


def beside_of(view: View, read: NoticeRead) -> Context:
    """Returns what the page shows of a notice beside a draft.

    Args:
        view: The address.
        read: The notice beside the draft.
    """
    clauses: dict[str, list[tuple[str, str, str, list[str]]]] = {}
    for value in read.read.values:
        clause, field, told = read.value_words(value, view.lang)
        words = [plain(word) for word in read.said_words(value)][:MOST_WORDS]
        clauses.setdefault(clause, []).append((field, plain(told), plain(value.value), words))
    return {
        "drafts": read.drafts,
        "found": read.found,
        "values": len(read.read.values),
        "pieces": list(read.pieces()),
        "clauses": list(clauses.items()),
        "unused": [(name, plain(told), words) for name, told, words in _unused(view, read)],
    }


def _unused(view: View, read: NoticeRead) -> list[tuple[str, str, list[str]]]:
    return [read.unused_words(one, view.lang) for one in read.unused]
