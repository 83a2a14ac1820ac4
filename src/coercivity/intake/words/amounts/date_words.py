"""Months and relative times as texts write them, in four languages; keys are folded."""

from __future__ import annotations

from coercivity.base.words import bare

_EN = "january february march april may june july august september october november december"
_DE = "januar februar märz april mai juni juli august september oktober november dezember"
MONTHS = {
    **{name[:3]: number for number, name in enumerate(_EN.split(), 1)},
    **{bare(name): number for names in (_EN, _DE) for number, name in enumerate(names.split(), 1)},
    **{"sept": 9, "mrz": 3, "okt": 10, "dez": 12},
}
MONTH = "|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))
# Words before a month that make it a time; without them, `may` and `mar` are other words.
MONTH_BEFORE = (
    "in|im|ende|anfang|mitte|early|late|mid|by|until|till|before|after|from|since|during|end of|beginning of|"
    "start of|bis|ab|seit|nach|vor|for"
)
RELATIVE = {
    "next week|nachste woche|nachster woche|kommende woche|kommender woche|下周|下星期|下个星期|来週": ("week", 1),
    "this week|diese woche|dieser woche|本周|这周|今週": ("week", 0),
    "next month|nachsten monat|nachster monat|kommenden monat|下个月|下月|来月": ("month", 1),
    "this month|diesen monat|本月|这个月|今月": ("month", 0),
    "next quarter|nachstes quartal|nachsten quartal|下季度|来四半期": ("quarter", 1),
    "this quarter|dieses quartal|diesem quartal|本季度|今四半期": ("quarter", 0),
    "next year|nachstes jahr|nachsten jahr|kommendes jahr|明年|来年": ("year", 1),
    "this year|dieses jahr|diesem jahr|今年": ("year", 0),
    "tomorrow|明天|明日": ("day", 1),
    "today|heute|今天|今日": ("day", 0),
}
SOON = (
    "a\\.?s\\.?a\\.?p|as soon as possible|immediately|immediate|sofort|schnellstmoglich|so schnell wie moglich|"
    "baldmoglichst|umgehend|尽快|尽速|立即|马上|至急|できるだけ早く|即納"
)
HAN = {"一": 1, "二": 2, "三": 3, "四": 4}
