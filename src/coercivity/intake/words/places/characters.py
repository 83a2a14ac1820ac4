"""What a place is to a deal, from the Chinese or Japanese characters beside it."""

from __future__ import annotations

import re

from coercivity.intake.words.places.cues import Cues
from coercivity.intake.words.places.names import Place
from coercivity.intake.words.places.nouns import CHINA, PLAIN, Finding, Relation

_WINDOW = 14
_SIDES = frozenset("方企商")
_STOP_BEFORE = re.compile(r"[\n。;!?,、]")
_PART_OF_NAME = re.compile(
    r"^(?:の[^で]{1,5}|空?港|市|省|县|府|都|州|地区|の?工場|工厂|本社|支社|倉庫)(?=から|より|へ|向け|行き|宛|着|で|にて|経由)"
)
_PREPOSITION = re.compile(r"(?:来自|使用|采用|从|由|含)$")
_COMES = re.compile(r"[^。,;\n]{0,8}来[^。,;\n]{0,6}(?:培训|学习|参观|考察|受训|进修)")
_STOP_AFTER = re.compile(r"[\n。;!?,、:]")
_BETWEEN = re.compile(
    r"(?:我们的?|我司的?|我方的?|我厂的?|贵司的?|贵方的?|贵公司的?|你们的?|他们的?|该|其|一家|一个|某|新的?"
    r"|[一两几]名|\d+[名位]|[a-z ]*)$"
)
_LABELS: tuple[tuple[str, Relation], ...] = (
    ("made", "origin"),
    ("label_from", "from"),
    ("label_to", "to"),
    ("label_recipient", "recipient"),
    ("label_at", "at"),
    ("label_people", "people_from"),
)
_NOUNS = ("recipient", "people", "crew", "shipper", "company", "stock", "site", "goods")
_PARTICLES = ("to_after", "from_after", "via_after", "at_after")
_FOREMOST = 3  # what makes a nationality that of a law or a language follows at once
_NEAR, _IMPORTED = 8, 6
_JOURNEYS = frozenset(("派遣", "出張", "訪問", "駐在", "赴任"))


def finding_of(cues: Cues, flat: str, start: int, end: int, past: int, ahead: int, place: Place) -> Finding:
    """Returns the relation of a place from the characters before and after it.

    Args:
        cues: Words by class.
        flat: The text, folded, in simplified characters.
        start: Begin of the place.
        end: End of the place.
        past: End of the place before it.
        ahead: Begin of the place after it.
        place: What the place is.
    """
    before = _cut_before(flat[max(past, start - _WINDOW) : start])
    after = _cut_after(flat[end : min(ahead, end + _WINDOW)])
    stop = cues.within("stop", after)
    after = after[: stop.start()] if stop is not None else after
    denial = _denial(cues, before, after)
    if denial:
        return Finding("other", cue=denial)
    label = _label(cues, before)
    if label is not None:
        return label
    noun, word = _noun(cues, after, lone=place.kind in ("country", "demonym"))
    if noun == "company":
        noun = "shipper" if place.country == CHINA else "recipient"
    if noun == "plain":
        return Finding("other", cue=word)
    verb = _verb(cues, before)
    taught = bool(cues.within("teach", before)) or bool(cues.ending("teach", after))
    taught = taught or (place.country != CHINA and _COMES.match(flat, end) is not None)
    if verb is None:
        return _without_verb(cues, before, after, noun, word, taught=taught)
    name, cue = verb
    if cue == "对" and after.startswith(("出口", "销售", "供货", "发货")):
        return Finding("to", cue="对")
    return _of_verb(cues, name, cue, noun, word, before, taught=taught)


def _without_verb(cues: Cues, before: str, after: str, noun: str, word: str, *, taught: bool) -> Finding:
    particle = _particle(cues, after)
    persons = noun in ("recipient", "people", "crew")
    if particle is not None and (not persons or particle.relation == "to" or particle.cue[-2:] in _JOURNEYS):
        return particle
    if "进口" in after[:_IMPORTED] and not persons:
        return Finding("from", cue="进口")
    if before.endswith("("):
        noun, word = _bracketed(cues, before) or (noun, word)
    return _of_noun(cues, noun, word, before, taught=taught)


def _denial(cues: Cues, before: str, after: str) -> str:
    """Returns the word that denies a place: 非中国产, 中国以外."""
    denial = cues.ending("denial", before) or cues.ending("denial", _PREPOSITION.sub("", before))
    behind = cues.opening("denial_after", after)
    return denial or (behind[0] if behind is not None else "")


def _cut_before(text: str) -> str:
    parts = _STOP_BEFORE.split(text)
    return parts[-1].rstrip(" \"'“”‘’《》<>")


def _cut_after(text: str) -> str:
    return _STOP_AFTER.split(text.lstrip(" )”’》"), maxsplit=1)[0]


def _found(cues: Cues, name: str, text: str) -> str:
    found = cues.within(name, text)
    return found[0] if found is not None else ""


def _label(cues: Cues, before: str) -> Finding | None:
    bare = before.rstrip(":= ")
    for name, relation in _LABELS:
        word = cues.ending(name, bare)
        if word and (bare != before or name in ("made", "label_recipient")):
            return Finding(relation, cue=word)
    return None


def _verb(cues: Cues, before: str) -> tuple[str, str] | None:
    """Returns the preposition or verb that a place follows; the longest word decides."""
    rest = _BETWEEN.sub("", before)
    best: tuple[str, str] | None = None
    for name in ("travel", "from", "to", "at", "via", "for"):
        for text in (before, rest):
            word = cues.ending(name, text)
            if word and (best is None or len(word) > len(best[1])):
                best = (name, word)
    return best


def _noun(cues: Cues, after: str, *, lone: bool) -> tuple[str, str]:
    found = cues.within("plain", after[: _FOREMOST + 4])
    if found is not None and found.start() <= _FOREMOST and lone:
        return "plain", found[0]
    near: dict[str, tuple[int, str]] = {}
    for name in _NOUNS:
        one = cues.within(name, after)
        if one is not None and one.start() <= _NEAR:
            near[name] = (one.start(), one[0])
    if "goods" in near and not lone:
        del near["goods"]
    if "goods" in near and near["goods"][0] == 0 and all(near[name][0] > 4 for name in near if name != "goods"):
        return "goods", near["goods"][1]
    return next(((name, near[name][1]) for name in _NOUNS if name in near), ("", ""))


def _bracketed(cues: Cues, before: str) -> tuple[str, str] | None:
    for name in _NOUNS[:7]:
        word = cues.ending(name, before[:-1])
        if word:
            return name, word
    return None


def _particle(cues: Cues, after: str) -> Finding | None:
    relations: dict[str, Relation] = {"to_after": "to", "from_after": "from", "via_after": "via", "at_after": "at"}
    after = _PART_OF_NAME.sub("", after)
    best: Finding | None = None
    for name in _PARTICLES:
        found = cues.opening(name, after)
        if found is not None and (best is None or len(found[0]) > len(best.cue)):
            best = Finding(relations[name], cue=found[0])
    return best


def _persons(cues: Cues, word: str, before: str, taught: bool) -> Finding:
    if _found(cues, "former", before):
        return Finding("former", "suggested", word)
    return Finding("recipient" if taught else "people_from", cue=word)


def _of_noun(cues: Cues, noun: str, word: str, before: str, *, taught: bool) -> Finding:
    if noun in ("people", "crew"):
        return _persons(cues, word, before, taught)
    relations: dict[str, Relation] = {
        "recipient": "recipient",
        "shipper": "from",
        "stock": "from",
        "site": "at",
        "goods": "origin",
    }
    if noun == "site" and _found(cues, "former", before[-3:]):
        return Finding("former", "suggested", word)
    return Finding(relations[noun], cue=word) if noun else PLAIN


def side_of(flat: str, end: int, country: str) -> Finding:
    """Returns what a name such as 日方 or 美商 says: a foreign side is rather the one that receives."""
    return Finding("recipient", cue=flat[end - 1]) if flat[end - 1] in _SIDES and country != CHINA else PLAIN


def _of_verb(cues: Cues, name: str, cue: str, noun: str, word: str, before: str, *, taught: bool) -> Finding:
    if name == "travel" or (name == "to" and _travels(cues, before)):
        return Finding("at", cue=cue)
    if name == "from":
        if noun in ("people", "crew"):
            return _persons(cues, word, before, taught)
        return Finding("recipient", cue=word) if noun == "recipient" and cue != "从" else Finding("from", cue=cue)
    if name == "for":
        if noun == "goods":
            return Finding("origin", cue=word)
        found = _of_noun(cues, noun, word, before, taught=taught)
        return Finding("recipient", found.strength, found.cue) if noun == "site" else found
    if name == "at" and noun in ("people", "crew") and not taught:
        return Finding("at", cue=cue)
    if name == "at" and _found(cues, "former", before):
        return Finding("former", "suggested", cue)
    if name == "to":
        return Finding("to", cue=cue)
    return Finding("via" if name == "via" else "at", cue=cue)


def _travels(cues: Cues, before: str) -> bool:
    return any(_found(cues, name, before) for name in ("travel", "people", "sends"))
