"""Converts the name of a material or good to facts: form, magnet family, kind of goods, alloy, and elements.

A word that is not in the phrase table, or contradictory words, leave the name unread: it then states
nothing. So do two items joined in one name, of which one would hide the other. What a
name denies ("Dy-free") is a claim and not a measurement, so it is not used.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from coercivity.base.cutoff import at_limit, shown_cut
from coercivity.base.errors import brief_value
from coercivity.data.values import FactValue, SetValue
from coercivity.intake.goods.parts import refuse_beside, refuse_held, refuse_left_out, refuse_two_things
from coercivity.intake.goods.phrases import PLAIN, Phrase, PhraseTable, phrases_of
from coercivity.intake.goods.reading import Reading
from coercivity.intake.goods.things import RARE_EARTHS, UnreadThingError, facts_of
from coercivity.intake.goods.use import military_word
from coercivity.law.rules.rulebook import Rulebook

# A comma, a plus or a slash belongs to a code only before another number: 5 kW/magnet is not one word.
_CODE = re.compile(
    r"(?:[A-Z]{1,4}/)?[A-Za-z#ØøΦφ.*°±-]*\d(?:[A-Za-z0-9.×*°±%\"'-]|[,/+](?=[\d.°±ØøΦφ-]))*|[ØøΦφ]", re.ASCII
)
FORMULA = re.compile(r"(?:[A-Z][a-z]?(?:\d+(?:\.\d+)?)?|\((?:[A-Z][a-z]?\d*)+\)\d*){2,}(?![A-Za-z])", re.ASCII)
# The unit of a figure before it: 24 V, 750 W, 6.5 inch. Tungsten has the sign of the watt.
_UNIT = re.compile(
    r" ?(W|[kM]W|k?VA?|V ?[AD]C|m?A|m?Ah|k?Wh|k?Hz|rpm|U/min|m?Nm|inch|in|Zoll|Ohm|ohm|Ω|k?g|t|[µμun]?H|dB|L|l|bar|"
    r"[kM]Pa|°C)(?![A-Za-z0-9])"
)
_RATED = frozenset(("finished_good", "component", "assembly", "equipment", "equipment_part"))
_GRADE = re.compile(r"N\d{2}(?:M|H|SH|UH|EH|AH|VH|TH)?(?![A-Za-z0-9])", re.ASCII)
_SYMBOL = re.compile(r"[A-Z][a-z]?")
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,6})?) ?%", re.ASCII)
_LEAST_PURITY = 99  # percent: the rest of a pure substance are its impurities
_RARE = "|".join(sorted(RARE_EARTHS, key=lambda symbol: (-len(symbol), symbol)))
# Dy2 of Dy2O3, NdF of NdFeB, PrN of PrNd; 95 of 95 %, while 99.9 is a purity.
_BEGUN = re.compile(
    rf"(?<![A-Za-z])(?:(?:{_RARE})\d+|(?:{_RARE})+[FNCHPS]) ?\Z|(?<![A-Za-z0-9.,)\]])(?!99)\d{{1,2}}(?:[.,]\d*)? ?\Z"
)
_RUN = re.compile(r"[A-Za-z]+|.", re.S)
_ZERO = re.compile(r"\s*[:=]?\s*(?:0(?:[.,]0+)?\s*(?:%|wt|ppm)|[<≤])")
_SIGNS = frozenset(" \n,;:.()[]{}/+-&、，；：。·・|*#\"'_%=")
_NO_JOINERS = frozenset(" *#\"'_%=")
_STRONG = frozenset("+;；。\n")  # what follows them is not an attribute of what precedes them
_PARTNERS = frozenset(("Fe", "Co", "Ni", "Al", "Mg", "Cu", "Zr", "B"))
_ANIONS = frozenset(("O", "F", "Cl", "Br", "I", "C", "N", "S", "H", "P"))
# Elements as German and trade names write them, and compound words that contain them.
_NAMES = {
    "neodym": "neodymium",
    "praseodym": "praseodymium",
    "lanthan": "lanthanum",
    "cer": "cerium",
    "didym": "NdPr",
    "didymium": "NdPr",
    **{name: name for name in ("dysprosium", "terbium", "samarium", "yttrium", "scandium", "gadolinium", "europium")},
    **{name: name for name in ("holmium", "erbium", "thulium", "ytterbium", "lutetium", "gallium", "germanium")},
}
_ENDINGS = {
    "oxid": "oxide",
    "metall": "metal",
    "chlorid": "chloride",
    "fluorid": "fluoride",
    "karbonat": "carbonate",
    "carbonat": "carbonate",
    "nitrat": "nitrate",
    "hydroxid": "hydroxide",
    "legierung": "alloy",
    "pulver": "powder",
    "magnet": "magnet",
}
_GROWN = re.compile(
    rf"(?<![A-Za-z])({'|'.join(sorted(_NAMES, key=len, reverse=True))})[ -]?"
    rf"({'|'.join(_ENDINGS)})(?:e|en|s)?(?![A-Za-z])",
    re.I,
)
_ALONE = re.compile(r"(?<![A-Za-z])(neodym|praseodym|lanthan|didymium|didym)(?![A-Za-z])", re.I)
_HOLDING = re.compile(r"(?<=[A-Za-z])-?haltig(?:e[rsnm]?)?(?![A-Za-z])")
_FERRO = re.compile(r"(?<![一-鿿])([镝铽钬钆])铁(?![一-鿿])")
_AFTER = frozenset(("free", "frei", "フリー", "レス"))


def material_reader(book: Rulebook) -> Callable[[str], Reading]:
    """Returns the function that reads the name of a material; the phrase table is loaded and checked once.

    Args:
        book: The rulebook, for its facts and its folder.

    Raises:
        CoercivityError: With every error in the phrase table.
    """
    table = phrases_of(book)

    def read(text: str) -> Reading:
        notes: list[str] = []
        try:
            words = [word for block in _words(table, _plain(text)) for word in _main_words(block, notes)]
            refuse_two_things(words)
            facts = facts_of(book.catalogue, words, notes)
            _refuse_tungsten(words, facts)
            refuse_beside(words, facts)
            _refuse_military(text, facts)
        except UnreadThingError as error:
            return Reading(unread=f"material {brief_value(text.strip())!r} {error}", because=error.because)
        if _perhaps_more(text):
            facts = _opened(facts, notes)
        cut = shown_cut(_flat(text))
        if not cut:
            return Reading(facts, (_told(text, facts), *notes))
        notes.append(f"the text appears truncated ({cut}): the row stays open")
        return Reading(
            facts,
            (_told(text, facts), *notes),
            f"material {brief_value(text.strip())!r} appears truncated: {cut}",
            "cut",
        )

    return read


def _flat(text: str) -> str:
    kept = "".join(
        sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) not in ("Cf", "Cs")
    )
    return "\n".join(" ".join(line.split()) for line in kept.splitlines()).strip().translate(PLAIN)


def _plain(text: str) -> str:
    text = _flat(text)
    text = _GROWN.sub(lambda found: f"{_NAMES[found[1].lower()]} {_ENDINGS[found[2].lower()]}", text)
    text = _ALONE.sub(lambda found: _NAMES[found[1].lower()], text)
    return _FERRO.sub(r"\1铁合金", _HOLDING.sub(" containing", text).replace("ジジム", "NdPr"))


def _perhaps_more(text: str) -> bool:
    """Returns whether the name of a pure substance may be only part of its composition.

    It is as long as a database field, its purity is low, or it ends in a figure or in part of a formula.
    """
    plain = _flat(text)
    shares = [Decimal(found.replace(",", ".")) for found in _SHARE.findall(plain)]
    low = bool(shares) and max(shares) < _LEAST_PURITY
    return at_limit(text) or low or _BEGUN.search(plain) is not None


def _opened(facts: dict[str, FactValue], notes: list[str]) -> dict[str, FactValue]:
    """Leaves other elements open in an item whose name would otherwise be a complete list."""
    elements = facts.get("elements")
    if not isinstance(elements, SetValue) or not elements.complete:
        return facts
    notes.append("the name may be truncated, or a low purity is stated: other elements may be present")
    return {**facts, "elements": SetValue(elements.has, complete=False)}


def _refuse_tungsten(words: list[Phrase], facts: Mapping[str, FactValue]) -> None:
    """Leaves a name unread in which W may be tungsten: only a product or a part of one is rated in watts."""
    rated = facts.get("form") in _RATED or facts.get("goods_kind") == "sensor"
    if not rated and any(word.role == "rating" for word in words):
        raise UnreadThingError("contains an unknown word: 'W'", "word")


def _refuse_military(text: str, facts: Mapping[str, FactValue]) -> None:
    """Leaves a name unread if it mentions arms; a part of an aircraft mentions one without stating a use."""
    word = military_word(text)
    if word and facts.get("goods_kind") != "aircraft_part":
        raise UnreadThingError(
            f"mentions {word!r}, which may indicate a military or weapons use; state the use in its own column",
            "military",
        )


def _words(table: PhraseTable, text: str) -> list[list[Phrase]]:
    """Returns the phrases of a text in order, in blocks separated by strong joiners; each knows its part."""
    blocks: list[list[Phrase]] = [[]]
    part = 0
    for word in _phrases(table, text):
        if word.role == "joiner":
            part += 1
            if word.word in _STRONG:
                blocks.append([])
        else:
            blocks[-1].append(replace(word, part=part) if part else word)
    return blocks


def _phrases(table: PhraseTable, text: str) -> list[Phrase]:
    """Returns the phrases and joiners of a text; an unknown word is a phrase of its own."""
    found: list[Phrase] = []
    shouted = text.isupper()
    at = 0
    while at < len(text):
        if (known := table.at(text, at)) is not None:
            phrase, at = known
            zero = phrase.role == "element" and _ZERO.match(text, at)
            found.append(Phrase(phrase.word, "passing") if zero else phrase)
        elif (formula := FORMULA.match(text, at)) and (meant := formula_phrase(formula[0])) is not None:
            found.append(meant)
            at = formula.end()
        elif grade := _GRADE.match(text, at):
            found.append(Phrase(grade[0], "grade", {"magnet_type": SetValue(frozenset({"NdFeB"}))}))
            at = grade.end()
        elif code := _CODE.match(text, at):
            at = code.end()
            unit = _UNIT.match(text, at) if code[0][-1].isdigit() else None
            if unit:
                at = unit.end()
                found += [Phrase("W", "rating")] if unit[1] == "W" else []
        elif text[at] in _SIGNS:
            if _joins(text, at):
                found.append(Phrase(text[at], "joiner"))
            at += 1
        else:
            run = _RUN.match(text, at)
            word = run[0] if run else text[at]
            capital = table.by_key.get(word.casefold()) if shouted and len(word) == 2 else None
            found.append(capital if capital and capital.role == "element" else Phrase(word, "unknown"))
            at += len(word)
    return found


def _joins(text: str, at: int) -> bool:
    """Returns whether a character separates two words: a dash between spaces, a point before one, and most others."""
    if text[at] in "-.":
        return text[at + 1 : at + 2] in (" ", "\n") and (text[at] == "." or text[at - 1 : at] in (" ", "\n"))
    return text[at] not in _NO_JOINERS


def formula_phrase(text: str) -> Phrase | None:
    """Returns the facts of a chemical formula, or None if it is not that of a rare earth."""
    symbols = tuple(dict.fromkeys(_SYMBOL.findall(text)))
    rare = tuple(symbol for symbol in symbols if symbol in RARE_EARTHS)
    others = set(symbols) - set(rare)
    if not rare:
        return None
    if {"Fe", "B"} <= others and {"Nd", "Pr"} & set(rare) and others <= _PARTNERS:
        return Phrase(text, "family", {"magnet_type": SetValue(frozenset({"NdFeB"}))}, rare)
    if others == {"O"}:
        return Phrase(text, "thing", {"form": "oxide"}, rare, "substance")
    if others and others <= _ANIONS:
        return Phrase(text, "thing", {"form": "compound"}, rare, "substance")
    return Phrase(text, "element", has=symbols) if others <= _PARTNERS else None


def _main_words(words: list[Phrase], notes: list[str]) -> list[Phrase]:
    """Returns the words of the item itself: without its purpose, its contents, and what it is said to lack.

    Raises:
        UnreadError: If one of them is unknown, or one that is left out may be an item of its own.
    """
    kept: list[Phrase] = []
    held = ahead = False
    for at, word in enumerate(words):
        if word.role == "purpose_after":
            notes.append("the text after the purpose word is the purpose")
            refuse_left_out([other for other in words[at + 1 :] if other.part > word.part], kept)
            break
        if word.role == "purpose_before":
            notes.append("the text before the purpose word is the purpose")
            refuse_left_out([other for other in kept if other.part < word.part], ())
            kept, held = [], False
        elif word.role == "subordinate":
            held, ahead = True, not any(other.role in ("thing", "family") for other in kept)
        elif word.word == "的" and ahead:
            held = False  # 带磁体的转子: the contents precede the item
        elif word.role == "denial":
            _deny(words, at, kept)
            notes.append(f"{word.word!r} in a name is a claim, not a measurement, so it is not used")
        elif not _denied(words, at):
            kept.append(_as_held(word) if held else word)
    refuse_held(words, kept)
    for word in kept:
        if word.role == "unknown":
            raise UnreadThingError(f"contains an unknown word: {brief_value(word.word)!r}", "word")
    return kept


def _as_held(word: Phrase) -> Phrase:
    """Returns an item contained in another: it contributes its elements and family, not its form."""
    return Phrase(word.word, "passing", has=word.has) if word.role in ("thing", "shape") else word


def _deny(words: list[Phrase], at: int, kept: list[Phrase]) -> None:
    if words[at].word in _AFTER:  # an element next to it, with or without a joiner: Dy/Tb-free
        dropped = 0
        while kept and kept[-1].role == "element":
            kept.pop()
            dropped += 1
        if not dropped and not (kept and kept[-1].role == "passing"):
            raise UnreadThingError("excludes something that is not an element", "word")
    elif at + 1 >= len(words) or words[at + 1].role not in ("element", "passing"):
        raise UnreadThingError("excludes something that is not an element", "word")


def _denied(words: list[Phrase], at: int) -> bool:
    """Returns whether an element is in the run after a denial: no Dy/Tb."""
    if words[at].role != "element":
        return False
    while at and words[at - 1].role == "element":
        at -= 1
    return at > 0 and words[at - 1].role == "denial" and words[at - 1].word not in _AFTER


def _told(text: str, facts: Mapping[str, FactValue]) -> str:
    said = []
    for name, value in facts.items():
        if isinstance(value, SetValue):
            part = "" if value.complete else " and possibly others"
            said.append(f"{name} {'+'.join(sorted(value.has)) or 'none'}{part}")
        else:
            said.append(f"{name} {value}")
    return f"{brief_value(text.strip())} interpreted as {', '.join(said) or 'nothing relevant to the rules'}"
