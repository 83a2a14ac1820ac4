"""Names of instruments and clauses in English and Chinese, and in Chinese the ways in which a rule may turn out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from coercivity.base.days import Day
from coercivity.base.words import Lang, say
from coercivity.law.engine.name_questions import NameQuestion, said_of_name
from coercivity.law.rules.model import Instrument, Provision
from coercivity.law.rules.rulebook import Rulebook
from coercivity.law.rules.shown import short_name, yearly
from coercivity.papers.shared.words import paper_words

Text = Mapping[str, str]
_PLACE = re.compile(r"(Arts?\.? ?\d|Annex \d|\d[A-E]\d{3})")
_CODES = re.compile(r".* \(\d[A-E]\d{3}[^()]*\)\Z")
_ARTICLE = re.compile(r"(\d+)((?:\(\d+\))*)")
_JOINTS = re.compile(r"( to |, |-)")
_ZH_JOINTS = {" to ": "至", ", ": "、", "-": "至"}
_LEVELS = ("条", "款", "项")
_DIGITS = "零一二三四五六七八九"
IN_BOTH: tuple[Lang, Lang] = ("en", "zh")
_BASES = paper_words("shared_names", "bases")
_PLACES = paper_words("shared_names", "places")
_LIMBS = paper_words("shared_names", "limbs")
_ITEMS = paper_words("shared_names", "items")
_SHORT = paper_words("shared_names", "short")
# Groups of places of which reports speak, by id.
GROUP_NAMES = paper_words("shared_names", "groups")
ZH_WAYS = {
    "lapsed": "暂停期届满",
    "extended": "延长",
    "in force": "有效",
    "not yet": "尚未施行",
    "ended": "已失效",
    "renewed": "已延期",
    "already published": "已公布",
    "not yet published": "尚未公布",
}


def bases(instrument: Instrument, lang: Lang) -> list[str]:
    """Returns the laws on which an instrument is based, as it names them."""
    return [_named(_BASES, name, lang) for name in instrument.legal_basis]


def name_of(book: Rulebook, instrument_id: str, lang: Lang) -> str:
    """Returns the short name of an instrument by its id; the id where the rulebook has no such instrument."""
    found = book.instruments.get(instrument_id)
    return short_name(found, lang) if found is not None else instrument_id


def called(book: Rulebook, name: str, lang: Lang) -> str:
    """Returns the name of a clause or an instrument by its id; the id where the rulebook has neither."""
    found = book.provision(name)
    return clause_name(*found, lang) if found is not None else name_of(book, name, lang)


def clause_name(instrument: Instrument, provision: Provision, lang: Lang) -> str:
    """Returns instrument and clause as they are cited: `MOFCOM 62/2025 Art. 1(2)`, `《出口管制法》第二十条`."""
    name, place = short_name(instrument, lang), clause_place(provision, lang)
    if _PLACE.match(provision.ref):
        return f"{name}{_gap(provision, lang)}{place}"
    if lang == "zh":
        return f"{name}：{place}"
    return f"{name}, {place[0].lower()}{place[1:]}" if _CODES.match(provision.ref) else f"{name}: {place}"


def clause_place(provision: Provision, lang: Lang) -> str:
    """Returns the article or code of a clause; its subject where it has neither."""
    if _PLACE.match(provision.ref) or _CODES.match(provision.ref):
        return clause_ref(provision, lang)
    return provision.subject_zh if lang == "zh" and provision.subject_zh else provision.subject


def clause_with_subject(provision: Provision, lang: Lang) -> str:
    """Returns the place of a clause and its subject, where several clauses have the same place."""
    place = clause_place(provision, lang)
    subject = provision.subject_zh if lang == "zh" and provision.subject_zh else provision.subject
    if place == subject:
        return place
    return f"{place}（{subject}）" if lang == "zh" else f"{place} ({subject})"


def clause_ref(provision: Provision, lang: Lang) -> str:
    """Returns the place of a clause in its instrument."""
    if lang == "zh" and provision.ref_zh:
        return provision.ref_zh
    if lang == "zh" and provision.ref.startswith("Art"):
        return article_text(provision.ref.partition(".")[2].strip(), lang)
    return provision.ref


def clause_short(instrument: Instrument, provision: Provision, lang: Lang) -> str:
    """Returns number and article or code for a narrow place: `62/2025 Art. 1(3)`, `18/2025 1C905`."""
    head = _head(instrument, lang)
    if _PLACE.match(provision.ref):
        return f"{head}{'' if lang == 'zh' else ' '}{clause_place(provision, lang)}"
    if provision.control_codes:
        code = provision.control_codes[0].split(".")[0]
        return f"{head}{code}" if lang == "zh" else f"{head} {code}"
    word = _SHORT.get(provision.kind) or _SHORT.get(provision.effect) or {"en": "", "zh": ""}
    return f"{head}{word['zh']}" if lang == "zh" else f"{head} {word['en']}".strip()


def clause_shorts(book: Rulebook, names: Iterable[str], lang: Lang) -> dict[str, str]:
    """Returns the short names of clauses by id, with the subject where two would read the same or name no place.

    Args:
        book: The rulebook.
        names: Ids of clauses; one that the rulebook does not have keeps its id as its name.
        lang: Language.
    """
    held = {name: book.provision(name) for name in names}
    short = {name: clause_short(*found, lang) if found is not None else name for name, found in held.items()}
    times = Counter(short.values())
    for name, found in held.items():
        if found is not None and (times[short[name]] > 1 or short[name] == _head(found[0], lang)):
            subject = found[1].subject_zh if lang == "zh" and found[1].subject_zh else found[1].subject
            short[name] = f"{short[name]}：{subject}" if lang == "zh" else f"{short[name]}: {subject}"
    return short


def cited(book: Rulebook, instrument_id: str, article: str, provision_id: str, lang: Lang) -> str:
    """Returns an article of an instrument as it is cited; a provision named for itself, by its own name."""
    held = book.provision(provision_id)
    if held is not None and held[1].ref == article:
        return clause_name(*held, lang)
    name, item = name_of(book, instrument_id, lang), _ITEMS.get(f"{instrument_id} {article}")
    place = item["zh"] if item and lang == "zh" else article_text(article, lang)
    if not place:
        return name
    sign = "" if lang == "zh" else " " if place.startswith("Art") else ", "
    return f"{name}{sign}{place}"


def name_asked(book: Rulebook, question: NameQuestion, lang: Lang, *, on: Day | None = None) -> str:
    """Returns a question about a name in one sentence, with the listed party and its notices by their names.

    Args:
        book: The rulebook.
        question: The question.
        lang: Language of the reader.
        on: Transaction date, on which an entry of a user's list must be on its list.
    """
    parties, sets = book.catalogue["different_from"].values, book.catalogue["party_sets"].values
    named = question
    if lang == "zh" and question.party_id in parties:
        chinese = say(parties[question.party_id].as_dict(), lang)
        if chinese != question.listed:  # the name given is compared with the one in its own script
            named = named._replace(listed=f"{chinese}（{question.listed}）")
    notices = tuple(say(sets[name].as_dict(), lang) if name in sets else name for name in question.party_sets)
    return said_of_name(book.words, named._replace(party_sets=notices), lang, on=on)


def article_text(article: str, lang: Lang) -> str:
    """Returns an article as it is cited: `16(1)` as `Art. 16(1)` or `第十六条第一款`."""
    if article == "body":
        return ""
    if article in _PLACES:
        return _named(_PLACES, article, lang)
    numbers, _, limb = article.partition(" ")
    if limb in _LIMBS:
        return _named(_LIMBS, limb, lang).format(article_text(numbers, lang))
    if not article[:1].isdigit():
        return article
    if lang != "zh":
        return f"{'Arts.' if len(_articles(article)) > 1 else 'Art.'} {article}"
    return _range_zh(_JOINTS.split(article))


def number_zh(number: int) -> str:
    """Returns a whole number below one hundred in Chinese numerals."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{'' if tens == 1 else _DIGITS[tens]}十{_DIGITS[ones] if ones else ''}"


def _articles(article: str) -> list[str]:
    return [part for part in _JOINTS.split(article)[::2] if part[:1].isdigit()]


def _range_zh(parts: list[str]) -> str:
    """Articles with what joins them; two that follow each other are named one after the other, not as a range."""
    told = _article_zh(parts[0])
    for before, joint, after in zip(parts[::2], parts[1::2], parts[2::2], strict=False):
        first, last = re.findall(r"\d+", before)[-1], re.findall(r"\d+", after)[-1]
        told += ("、" if int(last) == int(first) + 1 else _ZH_JOINTS[joint]) + _article_zh(after)
    return told


def _article_zh(text: str) -> str:
    """One article; a bracket that stands alone, as the end of `19(2)-(3)`, is a paragraph."""
    found = _ARTICLE.match(text)
    numbers = [found[1], *re.findall(r"\d+", found[2])] if found else re.findall(r"\d+", text)
    levels = _LEVELS if found else _LEVELS[1:]
    return "".join(f"第{number_zh(int(n))}{level}" for n, level in zip(numbers, levels, strict=False))


def _head(instrument: Instrument, lang: Lang) -> str:
    """An instrument by its number; by its name where it has none."""
    numbered = yearly(instrument)
    if numbered is None:
        return short_name(instrument, lang)
    year, number = numbered
    return f"第{number}号公告（{year}）" if lang == "zh" else f"{number}/{year}"


def _gap(provision: Provision, lang: Lang) -> str:
    if lang != "zh":
        return " "
    return "：" if provision.ref[0].isdigit() else ""


def _named(words: Mapping[str, Text], name: str, lang: Lang) -> str:
    found = words.get(name, {})
    return found.get(lang) or found.get("en") or name
