"""Words of a licence clock and of a firm's days, in English and Chinese."""

from __future__ import annotations

from coercivity.papers.shared.names import Text

STAGES: dict[str, Text] = {
    "papers": {"en": "Papers, side by side; the longest rules", "zh": "准备材料（并行，以最长者为准）"},
    "filing": {"en": "Filing and acceptance", "zh": "提交与受理"},
    "returns": {"en": "Returned files start again", "zh": "退回补正后重新提交"},
    "review": {"en": "Review", "zh": "审查"},
    "handover": {"en": "Hand-over to customs", "zh": "交付报关"},
}
STATES: dict[str, Text] = {
    "runs": {"en": "a licence clock runs", "zh": "许可期限适用"},
    "no_limit": {
        "en": "a licence can be asked for and the law sets no time limit here",
        "zh": "可以申请许可，但此处无法定时限",
    },
    "no_figure": {"en": "the law gives no figure for this way", "zh": "该途径无法定期限"},
    "no_clock": {
        "en": "no clock: the act is barred or refused in principle",
        "zh": "不适用期限：该行为被禁止或原则上不予许可",
    },
    "none_needed": {"en": "no licence is needed, so no clock runs", "zh": "无需许可，不适用期限"},
    "open": {
        "en": "no clock: whether a licence is needed cannot be decided yet",
        "zh": "暂不能判定是否需要许可，故无期限",
    },
}
IF_NEEDED: Text = {
    "en": "a licence clock runs if a licence is what it needs and can be had, which is still open",
    "zh": "如确需且可申请许可，则适用许可期限；该点尚未确定",
}
NOT_CHECKED: Text = {
    "en": "by the rules as checked none is needed; they were not checked through this day",
    "zh": "按已核对的规则无需许可；但规则尚未核对至该日",
}
ENDS: dict[str, Text] = {
    "no_limit": {"en": "the law sets no limit here", "zh": "此处无法定时限"},
    "no_figure": {"en": "the law gives no figure", "zh": "法律未规定期限"},
    "calendar_unknown": {
        "en": "unknown: it ends in a year whose working days are not published yet",
        "zh": "未知：届满日所在年度的工作日安排尚未公布",
    },
}
ASSUMED_YEARS: Text = {
    "en": "assumed: Monday to Friday without holidays in {}, whose working days are not published yet",
    "zh": "假设：{}年的工作日安排尚未公布，按周一至周五计且不计节假日",
}
SPEAKERS: dict[str, Text] = {
    "law": {"en": "law", "zh": "法律"},
    "practice": {"en": "practice", "zh": "实践"},
    "assumed": {"en": "assumed", "zh": "假设"},
    "drawn": {"en": "drawn from all three", "zh": "由三者抽样"},
}
LAYERS: dict[str, Text] = {
    "stock": {"en": "stock only", "zh": "仅库存"},
    "afloat": {"en": "with goods past customs", "zh": "加已通关在途货物"},
    "permitted": {"en": "with what is licensed or free", "zh": "加已获许可或无需许可的货物"},
    "if_open": {"en": "if what is open turns out well", "zh": "若待定事项获有利结果"},
}
PASSAGES: dict[str, Text] = {
    "free": {"en": "no licence needed", "zh": "无需许可"},
    "licensed": {"en": "licence held", "zh": "已持有许可"},
    "waiting": {"en": "waits for a licence", "zh": "待许可"},
    "open": {"en": "cannot be decided yet", "zh": "暂不能判定"},
    "barred": {"en": "barred", "zh": "被禁止"},
}
WORDS: dict[str, Text] = {
    "papers_from": {"en": "papers begin", "zh": "材料准备自"},
    "filed": {"en": "filed", "zh": "已于该日提交"},
    "may_become": {"en": "and may become", "zh": "可能变为"},
    "all_needed": {"en": "needed, each of them", "zh": "均须取得"},
    "no_figure": {"en": "no figure by law, and in no draw", "zh": "无法定期限，未计入抽样"},
    "latest": {"en": "latest day without a stop, were it accepted on {}", "zh": "如于{}受理，无停计情形的最迟日"},
    "filing_to_grant": {"en": "filing to grant", "zh": "提交至批准"},
    "to_handover": {"en": "start to hand-over", "zh": "起始至交付报关"},
    "draws": {"en": "{} of {} draws; days", "zh": "{}/{}次抽样；天"},
    "fits_none": {
        "en": "no draw fits: it has been pending for longer than any of them",
        "zh": "无相符的抽样：等待时间已长于全部抽样",
    },
    "stop": {"en": "stops", "zh": "停线日"},
    "no_stop": {"en": "no stop in the days looked at", "zh": "所考察期间内不停线"},
    "days": {"en": "days", "zh": "天"},
    "next": {"en": "next newly licensed delivery, 10/50/90 per cent", "zh": "下一批新获许可货物到货（10/50/90分位）"},
    "none": {"en": "no clock runs, so none can be drawn", "zh": "无适用期限，无法抽样"},
    "gap": {"en": "gap", "zh": "缺口"},
    "short": {"en": "short", "zh": "短缺"},
    "chance": {"en": "chance of a stop before it", "zh": "此前停线的概率"},
    "waiting": {"en": "waits for a licence and is not counted", "zh": "待许可，未计入"},
    "holds": {"en": "in stock", "zh": "库存含量"},
    "first": {"en": "first part to stop", "zh": "最先停线的部件"},
    "pooled": {"en": "as if parts could stand in for each other", "zh": "按各部件可互相替代计（上限）"},
    "cut": {
        "en": "if every flow under a clause stops for its licence time",
        "zh": "如某条款下的全部货流在许可期间停止",
    },
    "index": {"en": "exposure index", "zh": "暴露指数"},
    "lost": {"en": "use lost", "zh": "损失用量"},
    "survives": {"en": "days to survive", "zh": "可维持天数"},
    "under": {"en": "under", "zh": "依据"},
}
