"""The glossary as the page docs/glossary.md."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.papers.glossary.terms import Area, Both, Term

HEAD = """# Glossary

The terms of the program, the law and the trade, in English, Chinese and German. All texts use a term in the meaning
given here. `coercivity glossary WORD` looks one up in any of the three languages; the screen Glossary filters them.
This page is written by `coercivity glossary --format markdown`.
"""


def page_lines(areas: tuple[Area, ...]) -> Iterator[str]:
    """Yields the page line by line."""
    yield from HEAD.splitlines()
    for area in areas:
        yield from ("", f"## {area.title.en} · {area.title.zh}", "")
        yield from ("| English | 中文 | Deutsch | Definition |", "| --- | --- | --- | --- |")
        yield from map(_row, area.terms)


def _row(term: Term) -> str:
    english, chinese = _meaning(term, "en"), _meaning(term, "zh")
    return f'| <a id="{term.id}"></a>{term.en} | {term.zh} | {term.de} | {english}<br>{chinese} |'


def _meaning(term: Term, lang: str) -> str:
    source = _text(term.source, lang)
    return _text(term.definition, lang) + (f" *{source}*" if source else "")


def _text(text: Both, lang: str) -> str:
    return text.zh if lang == "zh" else text.en
