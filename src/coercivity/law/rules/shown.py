"""Events and statuses as shown in proofs, as plain data, and the names of instruments."""

from __future__ import annotations

import re
from typing import NotRequired, TypedDict

from coercivity.base.words import Lang
from coercivity.data.schema import Words
from coercivity.law.rules.model import Instrument

_YEARLY = re.compile(r"(\d{4})/(\d+)\Z")
_PLACEHOLDER = re.compile(r"not (seen|verified)")
_ZH_ISSUERS = {
    "GAC": "海关总署",
    "GACC": "海关总署",
    "MFA": "外交部",
    "MIIT": "工业和信息化部",
    "MNR": "自然资源部",
    "MOFCOM": "商务部",
    "MOFCOM Bureau of Industry Security and Import-Export Control": "商务部产业安全与进出口管制局",
    "MOFCOM Department of American and Oceanian Affairs": "商务部美洲大洋洲司",
    "MOFCOM spokesperson": "商务部新闻发言人",
    "MOST": "科技部",
    "NDRC": "国家发展和改革委员会",
    "NPC Standing Committee": "全国人民代表大会常务委员会",
    "State Council": "国务院",
    "State Cryptography Administration": "国家密码局",
    "Unreliable Entity List working mechanism (MOFCOM)": "不可靠实体清单工作机制（商务部）",
}
_LISTS = {
    "control_list": ("control list", "管控名单"),
    "watch_list": ("watch list", "关注名单"),
    "unreliable_entity_list": ("unreliable entity list", "不可靠实体清单"),
    "countermeasures": ("countermeasures", "反制清单"),
}


class EventShown(TypedDict):
    """Type, dates and cause of an event."""

    type: str
    by: str
    published: NotRequired[str]
    effective: NotRequired[str]
    ends: NotRequired[str]
    ends_inclusive: NotRequired[bool]


class StatusShown(TypedDict):
    """Status of a rule on a date: everything a decision may use."""

    status: str
    event: NotRequired[EventShown]
    starts: NotRequired[str]
    until: NotRequired[str]
    other_reading: NotRequired[str]
    branches: NotRequired[dict[str, str]]
    announced: NotRequired[EventShown]
    statements: NotRequired[list[EventShown]]


def yearly(instrument: Instrument) -> tuple[str, str] | None:
    """Returns year and number of an instrument that is numbered by year."""
    found = _YEARLY.match(instrument.number)
    return (found[1], found[2]) if found else None


def issuers(instrument: Instrument, lang: Lang) -> list[str]:
    """Returns the authorities that issued an instrument."""
    return [_ZH_ISSUERS.get(name, name) if lang == "zh" else name for name in instrument.issuer]


def short_name(instrument: Instrument, lang: Lang) -> str:
    """Returns the name of an instrument as it is cited: `MOFCOM/GAC 18/2025`, `商务部、海关总署公告2025年第18号`."""
    given = instrument.short_zh if lang == "zh" else instrument.short_en
    if given:
        return given
    numbered = yearly(instrument)
    if numbered is not None:
        year, number = numbered
        if lang == "zh":
            return f"{'、'.join(issuers(instrument, lang))}公告{year}年第{number}号"
        return f"{'/'.join(instrument.issuer[:2])} {number}/{year}"
    if lang == "zh" and "zh" in instrument.title:
        return instrument.title_zh
    named = [alias for alias in instrument.aliases if not alias[0].isdigit()]
    if named:
        return max(named, key=len)
    return instrument.title_en if _PLACEHOLDER.match(instrument.number) else instrument.number.split(" (")[0]


def list_name(instrument: Instrument | None, kind: str, *, held: bool = True) -> Words:
    """Returns the name of the parties that a notice lists: the notice, and the kind of list.

    Args:
        instrument: The notice, where the rulebook has it.
        kind: Such as `control_list`.
        held: Whether the notice is in the rulebook; otherwise any notice that is not is meant.
    """
    en, zh = _LISTS.get(kind, (kind, kind))
    if not held:
        return Words(en=f"a notice not included here ({en})", zh=f"本规则库未收录的公告或者命令（{zh}）")
    if instrument is None:
        return Words(en=en, zh=zh)
    return Words(en=f"{short_name(instrument, 'en')} ({en})", zh=f"{short_name(instrument, 'zh')}（{zh}）")
