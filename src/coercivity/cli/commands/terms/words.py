"""`coercivity words`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from coercivity.cli.options import WORD_LAW, MaybeDay, TextLang, WordLawOptions
from coercivity.cli.out import json_line, put, put_json, put_raw
from coercivity.cli.texts import Place, context_of, file_of

if TYPE_CHECKING:
    from coercivity.verbs.texts.explain import Explained


def explain(
    text: str,
    *,
    from_: Place = "",
    to: Place = "",
    on: MaybeDay = None,
    format: Literal["text", "json", "jsonl"] = "text",
    by: WordLawOptions = WORD_LAW,
    lang: TextLang = "en",
) -> int:
    """Show which facts are read in words, from which words, what was not understood, and what would be asked.

    Args:
        text: The text; or a file: YAML with `cases: [{id, text, context}]`, or plain text, one text in each line.
        from_: Country from which it goes.
        to: Destination.
        on: Transaction date, for the question that would be asked.
        format: text, json, or jsonl with the facts alone.
    """
    found = _explained(text, file_of(text), {**context_of(from_, to), **({"date": on} if on else {})}, by)
    if format == "jsonl":
        put_raw("".join(f"{json_line(one.as_line())}\n" for one in found))
    elif format == "json":
        put_json([one.as_dict() for one in found])
    else:
        for one in found:
            if len(found) > 1:
                put(f"{one.id}: {' '.join(one.read.words.text.split())[:200]}")
            put(*one.lines(lang))
    return 0


def _explained(text: str, file: Path | None, context: dict[str, str], by: WordLawOptions) -> list[Explained]:
    from coercivity.verbs.texts.explain import explain as explained
    from coercivity.verbs.texts.explain import explain_file

    if file is not None:
        return explain_file(file, context=context, law=by.law)
    return [explained(text, context=context, law=by.law)]
