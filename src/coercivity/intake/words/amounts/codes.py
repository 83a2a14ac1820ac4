"""Codes and process words in a text: CAS and tariff numbers, control codes, how a magnet is made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coercivity.base.words import bare
from coercivity.data.numbers import cas_number, control_code
from coercivity.data.values import FactValue
from coercivity.intake.words.amounts.grades import LABEL, LABEL_LENGTH
from coercivity.intake.words.amounts.marks import FigureMark
from coercivity.intake.words.lexicon.folded import Folded
from coercivity.intake.words.results import Evidence

_CAS = re.compile(r"(?<![\d-])[1-9]\d{1,6}[-‐‑–]\d{2}[-‐‑–]\d(?![\d-])")
_CAS_BEFORE = re.compile(r"(?<![a-z])cas(?![a-z])[^\n;\d]{0,20}\Z")
_CAS_REACH = 30  # characters between the word CAS and its number
_CAS_HEAD = 5  # digits of a first group that no drawing number or date has
_TARIFF_WORDS = (
    "hs[ -]?code|hs|hts(?:us)?|htsus|taric|customs tariff(?: no)?|tariff(?: (?:code|number|no))?|commodity code|"
    "cn[ -]?code|zolltarif(?:nummer|nr)?|warentarif(?:nummer|nr)?|warennummer|statistische warennummer|"
    "海关编码|商品编码|商品编号|税则号列?|税号|hs编码|税番|hsコード"
)
_TARIFF = re.compile(
    rf"(?<![a-z])(?:{_TARIFF_WORDS})(?:[ .:#=]|nr|no|number)*(?P<number>\d{{4}}(?:[. ]?\d{{2}}){{0,3}})(?!\d)"
)
_DOTTED = re.compile(r"(?<![\d.])(?P<number>\d{4}\.\d{2}\.\d{2}(?:\.?\d{2})?)(?![\d.]*\d)")
_CODE = re.compile(r"(?<![a-z0-9./-])[0-9][a-e]\d{3}(?:\.[a-z0-9]{1,2}){0,3}(?![a-z0-9])")
_CHAPTERS = range(25, 98)  # of the tariff; 2026.03.20 is a date
_PROCESSES = {
    "grain boundary diffusion": "grain boundary diffusion|grain boundary diffused|gbd|gbdp|korngrenzendiffusion|"
    "korngrenzendiffundiert|晶界扩散|晶界渗透|渗镝|渗铽|粒界拡散",
    "hot deformed": "hot deformed|hot-deformed|die upset|die-upset|warmumgeformt|热变形|热流变|熱間加工",
    "hot pressed": "hot pressed|hot-pressed|heißgepresst|热压|熱間プレス",
    "bonded": "bonded|plastic bonded|injection moulded|injection molded|compression moulded|kunststoffgebunden|"
    "spritzgegossen|粘结|注塑|ボンド",
    "sintered": "sintered|sint.|gesintert|gesinterte|gesinterter|sintermagnet|烧结|焼結",
}
_PROCESS = {bare(word): process for process, words in _PROCESSES.items() for word in words.split("|")}
_PROCESS_WORDS = re.compile("|".join(re.escape(word) for word in sorted(_PROCESS, key=lambda w: (-len(w), w))))


# Names of standards say nothing about a deal; military ones are left to be asked about.
_STANDARD = re.compile(
    r"(?<![a-z0-9])(?:(?:din|en|iso|iec|astm|gb ?/ ?t|gb|jis|ansi|vdi|vda|iatf|ul|sj ?/ ?t|xb ?/ ?t|yb ?/ ?t|onorm|bs)"
    r"[ /-]{0,2}){1,3}[a-z]{0,2} ?\d{2,6}(?:[-.:/]\d{1,4}){0,3}(?![a-z0-9])|"
    r"(?<![a-z])(?:rohs(?:[ -]?[23])?|reach(?=[ -](?:konform|compliant|compliance|conform|svhc|erkl))|rohs)(?![a-z])"
)


def standard_ranges(folded: Folded) -> list[tuple[int, int]]:
    """Returns the ranges of a folded text that name a standard: EN 10204-3.1, GB/T 13560-2017, RoHS."""
    return [found.span() for found in _STANDARD.finditer(folded.flat)]


# A letter with a number may name an aircraft or a vehicle: F-16, T-72.
_LETTER = re.compile(r"(?<![a-z0-9./-])[a-z](?=-\d{1,3}(?![\d.,x×*/]))")


def letter_ranges(folded: Folded) -> list[tuple[int, int]]:
    """Returns the ranges of single letters that begin a name such as F-16, without drawings, lots and revisions."""
    return [
        found.span()
        for found in _LETTER.finditer(folded.flat)
        if LABEL.search(folded.flat[max(0, found.start() - LABEL_LENGTH) : found.start()]) is None
    ]


def code_marks(folded: Folded) -> tuple[FigureMark, ...]:
    """Returns the codes of a folded text in order.

    A CAS number with the right check digit states `cas_number` if the word CAS or its length tells that it is one.
    Tariff numbers and control codes are evidence: whoever wrote the text may have classified wrongly.
    """
    if not any(map(str.isdigit, folded.flat)):
        return ()
    found = sorted((*_cas(folded), *_tariff(folded), *_control(folded)), key=lambda mark: (mark.start, -mark.end))
    kept: list[FigureMark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def process_marks(folded: Folded) -> tuple[FigureMark, ...]:
    """Returns the words of a folded text that tell how a magnet is made, in order."""
    flat = folded.flat
    marks = []
    for found in _PROCESS_WORDS.finditer(flat):
        before = flat[found.start() - 1 : found.start()]
        if not (found[0].isascii() and before.isascii() and before.isalpha()):
            process = _PROCESS[found[0]]
            marks.append(_mark(folded, *found.span(), "process", f"process: {process}", process))
    return tuple(marks)


def _mark(
    folded: Folded, start: int, end: int, kind: str, text: str, value: str, states: dict[str, FactValue] | None = None
) -> FigureMark:
    return FigureMark(start, end, states or {}, (Evidence(kind, text, (folded.span(start, end),), value),))


def _cas(folded: Folded) -> Iterator[FigureMark]:
    for found in _CAS.finditer(folded.flat):
        try:
            number = cas_number(found[0])
        except ValueError:
            continue
        called = _CAS_BEFORE.search(folded.flat, max(0, found.start() - _CAS_REACH), found.start())
        if called or len(number.partition("-")[0]) >= _CAS_HEAD:
            start = called.start() if called else found.start()
            yield _mark(folded, start, found.end(), "cas_number", f"CAS {number}", number, {"cas_number": number})


def _tariff(folded: Folded) -> Iterator[FigureMark]:
    for pattern in (_TARIFF, _DOTTED):
        for found in pattern.finditer(folded.flat):
            digits = re.sub(r"\D", "", found["number"])
            if int(digits[:2]) in _CHAPTERS:
                yield _mark(folded, *found.span(), "tariff_number", f"tariff number {digits}", digits)


def _control(folded: Folded) -> Iterator[FigureMark]:
    for found in _CODE.finditer(folded.flat):
        if folded.raw(found.start() + 1, found.start() + 2).isupper():
            code = control_code(found[0])
            yield _mark(folded, *found.span(), "control_code", f"control code {code}", code)
