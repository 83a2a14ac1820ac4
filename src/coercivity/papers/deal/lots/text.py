"""What the documents of a lot show, as data and as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from coercivity.base.words import Lang, plain, say
from coercivity.cases.lot_papers.compare import LotFinding
from coercivity.papers.deal.report_data import LotData
from coercivity.papers.shared.terminal import wrapped
from coercivity.papers.shared.words import paper_words

_WORDS = paper_words("lot_papers", "words")
_FINDINGS = paper_words("lot_papers", "findings")
_ASKS = paper_words("lot_papers", "asks")
_LANGS: tuple[Lang, ...] = ("en", "zh")


def lot_data(findings: Sequence[LotFinding]) -> list[LotData]:
    """Returns findings about the documents of a lot as plain data."""
    return [
        {
            "kind": one.kind,
            "lot": one.lot,
            "said": [list(pair) for pair in one.said],
            "holds": one.holds,
            "text": {lang: finding_text(one, lang) for lang in _LANGS},
            "ask": dict(_ask(one)),
        }
        for one in findings
    ]


def finding_text(one: LotFinding, lang: Lang) -> str:
    """Returns a finding in one line."""
    said = say(_WORDS["joint"], lang).join(
        plain(say(_WORDS["said"], lang).format(*pair) if pair[1] else pair[0]) for pair in one.said
    )
    text = say(_FINDINGS[one.kind], lang).replace("{}", said)
    return say(_WORDS["line"], lang).format(plain(one.lot), text) if one.lot else text


def lot_lines(findings: Sequence[LotFinding], lang: Lang, indent: str = "    ") -> Iterator[str]:
    """Yields findings as lines of text, each with the question that it raises."""
    for one in findings:
        yield from wrapped(finding_text(one, lang), f"{indent}! ")
        if ask := _ask(one):
            yield from wrapped(say(ask, lang), f"{indent}  ")


def _ask(one: LotFinding) -> Mapping[str, str]:
    return _ASKS.get(one.kind, {})
