"""The price of a clause as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from coercivity.base.words import Lang, say
from coercivity.papers.market.report_data import BranchPrice, ClausePriceData, MeanPrice
from coercivity.papers.outlook.read import branch_text
from coercivity.papers.outlook.report_data import PartyNames

MOST = 8
_PARTIES: dict[str, dict[str, str]] = {
    "maker": {"en": "mines and makers, {place}", "zh": "{place}矿山与生产商"},
    "licence": {"en": "holders of licences to {place}", "zh": "对{place}许可持有人"},
    "tax": {"en": "Chinese treasury", "zh": "中国财政"},
    "holders": {"en": "holders of stocks and goods under way", "zh": "库存与在途货物持有人"},
}
_WORDS: dict[str, dict[str, str]] = {
    "head": {"en": "Price of a clause", "zh": "条款的代价"},
    "branch": {"en": "branch", "zh": "情形"},
    "held": {"en": "held back of what it names [t]", "zh": "所列物项少出运 [t]"},
    "raw": {"en": "oxides and metals", "zh": "氧化物与金属"},
    "magnets": {"en": "magnets", "zh": "磁体"},
    "more": {"en": "below zero: more left", "zh": "负数为多出运"},
    "shipped": {"en": "shipped from China", "zh": "自中国出运"},
    "made": {"en": "made outside China", "zh": "中国以外产量"},
    "unserved": {"en": "gone without", "zh": "未满足需求"},
    "money": {"en": "kept by all parties together", "zh": "各方合计"},
    "pays": {"en": "pays", "zh": "负担方"},
    "gains": {"en": "gains", "zh": "受益方"},
    "price": {"en": "mean quote, inside / outside China", "zh": "平均报价（国内/国外）"},
    "plants": {"en": "plants", "zh": "工厂"},
    "none": {"en": "nothing differs with and without it in this span", "zh": "有无该条款在此期间没有差别"},
    "rests": {
        "en": "Rests on {count} assumed rows of the packs, each named with its range in the JSON.",
        "zh": "结果依赖数据包中{count}行假定值，JSON中逐一列出及其范围。",
    },
    "mind": {
        "en": "A difference of two runs of a model, not a forecast.",
        "zh": "为模型两次运行之差，并非预测。",
    },
}


def clause_lines(body: ClausePriceData, lang: Lang = "en") -> tuple[str, ...]:
    """Returns the price of a clause as lines.

    Args:
        body: The answer as plain data.
        lang: Language of the words.
    """
    title = f"{say(_WORDS['head'], lang)}: {body['name']['en']} ({', '.join(body['provisions'][:MOST])})"
    lines = [title, f"  {body['scenario']}  {body['from']} .. {body['to']}  {body['hash'][:12]}"]
    for branch in body["branches"]:
        if branch["branch"]:
            lines.append(f"{say(_WORDS['branch'], lang)}: {say(branch_text(branch['branch']), lang)}")
        lines += _branch(branch, body, lang)
    rests = say(_WORDS["rests"], lang).format(count=len(body["assumed"]))
    return (*lines, rests, say(_WORDS["mind"], lang))


def party(who: str, names: PartyNames, lang: Lang = "en") -> str:
    """Returns a party of the accounts in words.

    Args:
        who: Such as `maker:CN`, `use:EUR:wind`, `licence:JP`, `tax`.
        names: Names of regions and uses.
        lang: Language of the words.
    """
    kind, _, rest = who.partition(":")
    region, _, use = rest.partition(":")
    place = say(names["regions"].get(region, {"en": region}), lang)
    if kind == "use":
        return f"{say(names['uses'].get(use, {'en': use}), lang)}, {place}"
    known = _PARTIES.get(kind)
    return say(known, lang).format(place=place) if known is not None else who


def _branch(branch: BranchPrice, body: ClausePriceData, lang: Lang) -> Iterator[str]:
    told = False
    if branch["goods_held"]:
        held = ", ".join(branch["goods_held"])
        kept = branch["held_back_t"]
        parts = [(_WORDS["raw"], kept["oxides_and_metals"]), (_WORDS["magnets"], kept["magnets"])]
        below = f"; {say(_WORDS['more'], lang)}" if min(kept["oxides_and_metals"], kept["magnets"]) < 0 else ""
        told_kept = "; ".join(f"{say(title, lang)} {tonnes:,.1f}" for title, tonnes in parts)
        yield f"  {say(_WORDS['held'], lang)}: {told_kept}{below} ({held})"
    for tonnes_t, word in (
        (branch["shipped_t"], "shipped"),
        (branch["made_abroad_t"], "made"),
        (branch["unserved_t"], "unserved"),
    ):
        rows = sorted(tonnes_t.items(), key=lambda entry: (-abs(entry[1]), entry[0]))[:MOST]
        rows = [(name, mass) for name, mass in rows if abs(mass) >= 0.05]
        if rows:
            told = True
            yield f"  {say(_WORDS[word], lang)} [t]: " + "; ".join(f"{name} {mass:+,.1f}" for name, mass in rows)
    for row in branch["prices"]:
        if row["region"] == "XCN":
            home = next(r for r in branch["prices"] if r["good"] == row["good"] and r["region"] == "CN")
            if abs(row["with_usd_per_kg"] - row["without_usd_per_kg"]) > 0.005 * row["without_usd_per_kg"]:
                told = True
                yield f"  {row['good']:9} {say(_WORDS['price'], lang)}: {_pair(home)} / {_pair(row)} USD/kg"
    money = branch["kept_usd"]
    for word, sign in (("pays", -1), ("gains", 1)):
        rows = sorted(
            ((who, usd) for who, usd in money.items() if usd * sign > 5e3), key=lambda e: (-sign * e[1], e[0])
        )
        for who, usd in rows[:MOST]:
            told = True
            yield f"  {say(_WORDS[word], lang)} {abs(usd) / 1e6:12,.2f} M USD  {party(who, body['names'], lang)}"
    yield f"  {say(_WORDS['money'], lang)}: {branch['whole_usd'] / 1e6:+,.2f} M USD"
    for plant in branch["plants"]:
        told = True
        change = f"{plant['start_without']} -> {plant['start_with']}"
        upkeep = f"upkeep {plant['upkeep_without']:g} -> {plant['upkeep_with']:g}"
        yield f"  {say(_WORDS['plants'], lang)}: {plant['plant_id']} ({plant['region']}) {change}, {upkeep}"
    if not told:
        yield f"  {say(_WORDS['none'], lang)}"


def _pair(row: MeanPrice) -> str:
    return f"{row['without_usd_per_kg']:,.4g} -> {row['with_usd_per_kg']:,.4g}"
