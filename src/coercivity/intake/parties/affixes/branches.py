"""Names with a branch, a works, a department or a site behind them: the same legal person as the name alone."""

from __future__ import annotations

import re
from functools import lru_cache

from coercivity.intake.parties.likeness.lexicon import lexicon
from coercivity.intake.parties.names import FORMS

_UNIT_WORDS = """
branch branches plant plants works factory site office offices department dept division desk warehouse depot
headquarters headquarter hq facility unit workshop yard mill section team procurement purchasing
niederlassung zweigniederlassung werk werke betriebsstaette betriebsstatte standort vertretung repraesentanz einkauf
zweigstelle geschaeftsstelle geschaftsstelle abteilung hauptsitz zentrale lager buero buro
succursale usine etablissement bureau agence siege depot service filiale stabilimento sede ufficio magazzino sucursal
planta fabrica oficina filial vestiging fabriek kantoor filia oddzial zaklad zavod pobocka
"""
_UNITS = frozenset(_UNIT_WORDS.split())
_BUSINESS = """
purchasing procurement sales export import shipping receiving logistics manufacturing production research quality
engineering service accounting finance
"""
_BUSINESSES = frozenset(_BUSINESS.split())  # they say what a department does, and nothing of a works
_DEPARTMENTS = frozenset({"department", "dept", "division", "desk", "office", "offices", "team", "section"})
_QUALIFIERS = """
representative rep repr regional head main liaison branch plant warehouse local overseas field site no nr number the
de di da du des del der in at of for von zu en et and a i ii iii iv v vi north south east west central new san los las
st saint fort port
"""
_QUALIFYING = frozenset(_QUALIFIERS.split())
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*", re.UNICODE)
_MOST_WORDS = 6  # behind a name that tell of a unit
_MOST_PLACE = 1  # words of a place that is not known
_HAN_UNIT = (
    r"分公司|代表处|代表處|办事处|辦事處|联络处|分店|分行|分部|分厂|分廠|工厂|工廠|厂区|厂|廠|车间|仓库|倉庫|总部|總部|本部|总公司"
    r"|采购部|採購部|采购中心|采购处|销售部|财务部|物流部|进出口部|国际部|业务部|市场部|技术部|生产部|事业部|事業部|研发部|研究所"
    r"|研发中心|园区|基地|支店|支社|営業所|出張所|工場|製造所|製作所|本社|事業所|事務所|駐在員事務所|研究センター|センター"
    r"|物流センター|工廠|購買部|資材部|調達部|営業部"
)
_HAN_UNITS = tuple(_HAN_UNIT.split("|"))
_HAN_TAIL = rf"[\s　（(\-·・,，]*([^\s（()）]{{0,14}}?)(?:{_HAN_UNIT})[)）]?\Z"
_HAN_FORM = re.compile(r"(?:公司|集团|集團|会社|會社|\(株\)|\(有\)|㈱|企业|工业|研究院|大学)(?=.)")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_MOST_HAN_PLACE = 6


def heads_of(name: str) -> tuple[str, ...]:
    """Returns what a name may be without the unit behind it, the longest first; nothing if it names no unit.

    Args:
        name: One name, as shown.
    """
    if not name.isascii() and _HAN.search(name):
        return _han_heads(name)
    if name.isascii() and _UNITS.isdisjoint([word.replace(".", "") for word in _WORD.findall(name.casefold())]):
        return ()
    found = list(_WORD.finditer(name))
    words = [match.group().casefold().replace(".", "") for match in found]
    if len(words) < 2 or _UNITS.isdisjoint(_plain(word) for word in words[1:]):
        return ()
    last = max(n for n, word in enumerate(words) if _plain(word) in _UNITS)
    if len(words) - 1 - last > _MOST_PLACE + 2:
        return ()
    heads, unknown = [], 0
    for n in range(len(words) - 1, 0, -1):
        word = _plain(words[n])
        known = word in _UNITS or word in _QUALIFYING or word.isdigit() or word in lexicon().places or word in FORMS
        known = known or (word in _BUSINESSES and n == last - 1 and _plain(words[last]) in _DEPARTMENTS)
        unknown += not known
        trade = word in lexicon().common and not known
        if len(words) - n > _MOST_WORDS or unknown > _MOST_PLACE or trade or (word in FORMS and n < last):
            break
        if n <= last:
            heads.append(name[: found[n].start()].rstrip(" ,;:-–—(/"))
    return tuple(dict.fromkeys(head for head in heads if head))


def _plain(word: str) -> str:
    return (
        word.replace("ä", "ae")
        .replace("ü", "ue")
        .replace("ö", "oe")
        .replace("é", "e")
        .replace("è", "e")
        .replace("à", "a")
    )


@lru_cache(maxsize=1)
def _han_tail() -> re.Pattern[str]:
    return re.compile(_HAN_TAIL)


def _han_heads(name: str) -> tuple[str, ...]:
    if not name.removesuffix(")").removesuffix("）").endswith(_HAN_UNITS):
        return ()
    match = _han_tail().search(name)
    if match is None:
        return ()
    heads = []
    for form in _HAN_FORM.finditer(name):
        if form.end() >= match.start():
            heads.append(name[: form.end()].strip())
    body = name[: match.start()] + match.group(1)
    heads += [body[: len(body) - cut].strip(" (（-·・") for cut in range(min(_MOST_HAN_PLACE, len(body) - 1) + 1)]
    return tuple(dict.fromkeys(head for head in heads if len(head) > 1))
