"""Words of the outlook's papers in English and Chinese: headings, captions, columns, parts, stages and ways."""

from __future__ import annotations

from collections.abc import Sequence

from coercivity.papers.outlook.report_data import Group, Report, Text

HEADLINE = ("ox_Dy", "ox_Tb", "ox_Y", "ox_NdPr", "mag_high", "mag_none")
INSIDE, OUTSIDE = "CN", "XCN"

HEADINGS: dict[str, Text] = {
    "kind": {"en": "Outlook: from clause to kilogram to dollar", "zh": "展望：从条款到公斤到美元"},
    "look": {"en": "The answer in one look", "zh": "一览"},
    "prices": {"en": "Price inside and outside China", "zh": "中国境内外价格"},
    "gaps": {"en": "What the gap is made of", "zh": "价差构成"},
    "short": {"en": "Who goes short", "zh": "短缺分布"},
    "sankey": {"en": "From mine to use", "zh": "从矿山到用途"},
    "permissions": {"en": "Permissions: applied, granted, used, worth", "zh": "许可：申请、核准、使用、价值"},
    "shipped": {"en": "Shipped out of China", "zh": "中国出口量"},
    "stocks": {"en": "Stocks outside China", "zh": "中国境外库存"},
    "plants": {"en": "Plants: planned and modelled start", "zh": "工厂：计划与模型投产"},
    "clauses": {"en": "The price of a clause", "zh": "条款的代价"},
    "rests": {"en": "What it rests on", "zh": "依据"},
    "limits": {"en": "Limits", "zh": "局限"},
    "reading": {"en": "How to read it", "zh": "阅读说明"},
    "supply": {"en": "Supply: what the rules do outside China", "zh": "供应：规则对境外的影响"},
}
PARTS: dict[str, Text] = {
    "freight": {"en": "freight", "zh": "运费"},
    "duty": {"en": "duty", "zh": "关税"},
    "tonnage": {"en": "tonnage limit", "zh": "数量限制"},
    "permission": {"en": "permission", "zh": "许可"},
    "capacity": {"en": "capacity", "zh": "产能"},
    "timing": {"en": "timing", "zh": "时间差"},
    "unused": {"en": "route not used", "zh": "通道未用"},
    "residual": {"en": "residual", "zh": "残差"},
}
SERIES: dict[str, Text] = {
    "inside": {"en": "inside", "zh": "境内"},
    "outside": {"en": "outside", "zh": "境外"},
    "quote": {"en": "quote", "zh": "报价"},
    "total": {"en": "tonnes", "zh": "吨"},
}
COLUMNS_OF_CHAIN = ("mine", "separate", "metal", "magnet", "use")
STAGES: dict[str, Text] = {
    "mine": {"en": "mine", "zh": "采矿"},
    "feed": {"en": "feed", "zh": "原料"},
    "separate": {"en": "separation", "zh": "分离"},
    "metal": {"en": "metal", "zh": "金属"},
    "magnet": {"en": "magnet", "zh": "磁体"},
    "use": {"en": "use", "zh": "用途"},
    "ship": {"en": "shipment", "zh": "运输"},
    "recycle": {"en": "recycling", "zh": "回收"},
}
WAYS: dict[str, Text] = {
    "home": {"en": "stays in the region", "zh": "留在本地区"},
    "free": {"en": "free passage", "zh": "自由通行"},
    "licence": {"en": "under a licence", "zh": "凭许可证"},
    "other": {"en": "another way", "zh": "其他方式"},
}
MOMENTS: dict[str, Text] = {
    "first": {"en": "First month", "zh": "首月"},
    "worst": {"en": "Worst month", "zh": "最差月"},
    "last": {"en": "Last month", "zh": "末月"},
}
COLS: dict[str, Text] = {
    "good": {"en": "Good", "zh": "货物"},
    "run": {"en": "Run", "zh": "方案"},
    "question": {"en": "Question", "zh": "问题"},
    "assumed": {"en": "Taken as given", "zh": "假定"},
    "hash": {"en": "Hash", "zh": "哈希"},
    "month": {"en": "Month", "zh": "月份"},
    "inside": {"en": "Inside", "zh": "境内"},
    "outside": {"en": "Outside", "zh": "境外"},
    "quote": {"en": "Outside, quote", "zh": "境外报价"},
    "gap": {"en": "Gap", "zh": "价差"},
    "part": {"en": "Part", "zh": "组成"},
    "clause": {"en": "Clause", "zh": "条款"},
    "gist": {"en": "What it says", "zh": "要义"},
    "peak": {"en": "Most, USD/kg", "zh": "最高，美元/公斤"},
    "mean_most": {"en": "Mean / most, USD/kg", "zh": "平均/最高，美元/公斤"},
    "region": {"en": "Region", "zh": "地区"},
    "use": {"en": "Use", "zh": "用途"},
    "wanted": {"en": "Wanted, t", "zh": "需求，吨"},
    "served": {"en": "Served, t", "zh": "满足，吨"},
    "shortage": {"en": "Short, t", "zh": "短缺，吨"},
    "share": {"en": "Share short", "zh": "短缺率"},
    "worst": {"en": "Worst month", "zh": "最差月"},
    "recipes": {"en": "Recipes, first to last month", "zh": "配方份额，首月至末月"},
    "stage": {"en": "Stage", "zh": "环节"},
    "from": {"en": "From", "zh": "自"},
    "to": {"en": "To", "zh": "至"},
    "way": {"en": "Way", "zh": "方式"},
    "tonnes": {"en": "Tonnes", "zh": "吨"},
    "user": {"en": "User", "zh": "用户"},
    "finding": {"en": "Finding", "zh": "认定"},
    "applied": {"en": "Applied, t", "zh": "申请，吨"},
    "granted": {"en": "Granted, t", "zh": "核准，吨"},
    "used": {"en": "Used, t", "zh": "使用，吨"},
    "balance": {"en": "Left at the end, t", "zh": "期末余额，吨"},
    "value": {"en": "Most it was worth, USD/kg", "zh": "最高价值，美元/公斤"},
    "plant": {"en": "Plant", "zh": "工厂"},
    "capacity": {"en": "Capacity, t/year", "zh": "产能，吨/年"},
    "planned": {"en": "Planned start", "zh": "计划投产"},
    "modelled": {"en": "Modelled start", "zh": "模型投产"},
    "delay": {"en": "Delay, months", "zh": "推迟，月"},
    "usd": {"en": "USD", "zh": "美元"},
    "kept": {"en": "Oxides and metals kept back, t", "zh": "受阻氧化物与金属（吨）"},
    "payers": {"en": "Who pays", "zh": "由谁承担"},
    "row": {"en": "Row", "zh": "数据行"},
    "what": {"en": "What", "zh": "内容"},
    "number": {"en": "Value", "zh": "数值"},
    "range": {"en": "Low to high", "zh": "低至高"},
    "unit": {"en": "Unit", "zh": "单位"},
    "reason": {"en": "Why", "zh": "理由"},
}
CAPTIONS: dict[str, Text] = {
    "prices": {
        "en": (
            "USD/kg by month. Inside: at the margin in China. Outside: mean of the regions outside China, "
            "weighted by tonnage; quote: what would be quoted there. Letters and dashes tell the runs apart, a "
            "band spans the branches of one. A numbered upright line: other clauses take the lead in run {run}."
        ),
        "zh": (
            "美元/公斤，按月。境内：中国边际价；境外：境外各地区按吨位加权平均；报价：当地报价。"
            "字母与线型区分方案，色带为同一方案各分支之间的范围。编号竖线：方案 {run} 的主导条款改变。"
        ),
    },
    "gaps": {
        "en": (
            "Outside less inside, USD/kg by month, split into its parts. The number in a bar is that of the key "
            "below; the parts add up to the gap, marked by a short line. Route not used: what it would cost to "
            "ship beyond what the gap pays for. One scale for all runs of a good."
        ),
        "zh": (
            "境外减境内价差（美元/公斤，按月）及其构成。柱内数字对应图例编号；各部分之和即价差，以短线标出。"
            "通道未用：运输成本超出价差的部分。同一货物各方案用同一刻度。"
        ),
    },
    "short": {
        "en": (
            "Share of what was wanted over the whole span that was not served, and the month in which it was "
            "worst. Where a run has branches: from the lowest to the highest."
        ),
        "zh": "整个期间未满足需求的比例及最差月份。方案有分支时，显示最低至最高。",
    },
    "sankey": {
        "en": (
            "Tonnes of one year. Each column is scaled to its own total, so heights compare within a column "
            "only. A ribbon is as thick as its share of what leaves its source, and then of what reaches its "
            "goal. What stays in a region is its output less what it ships: stock and other uses are in it. A "
            "shipment to a place that makes nothing more of it stands in the table only. Each stage counts its own "
            "mass, recycled material that of the scrap."
        ),
        "zh": (
            "一年吨数。每列按本列总量缩放，高度只可在列内比较。色带两端分别按来源流出与去向流入的份额绘制。"
            "“留在本地区”为产量减去运出量，含库存与其他用途。运往不再加工之地者仅列于表中。"
            "各环节按自身质量计，回收料按废料质量计。"
        ),
    },
    "shipped": {
        "en": "Tonnes a month from China to all other regions.",
        "zh": "每月由中国运往其他地区的吨数。",
    },
    "stocks": {"en": "Tonnes at the end of the month, all regions outside China.", "zh": "月末吨数，境外各地区合计。"},
    "permissions": {
        "en": (
            "The dearest first, in the run in which it is dearest, with the worth in the other runs beneath. Worth: "
            "what one more licensed kilogram would bring, in the month in which it was most."
        ),
        "zh": "价值最高者在前，列出价值最高的方案，其他方案的价值列于其下。价值：每多一公斤许可量所值，取最高月份。",
    },
    "plants": {
        "en": "The longest delay first; a start later than the span may show as none.",
        "zh": "推迟最久者在前；晚于期末的投产可能无日期。",
    },
    "clauses": {
        "en": "What would change if this one clause were not there: tonnes, money, and who bears it.",
        "zh": "若无此条款将有何变化：吨数、金额及承担者。",
    },
    "look": {
        "en": (
            "USD/kg. Gap: outside less inside. Worst: the month with the widest gap of the run. In square "
            "brackets: the range within which the model's price is not unique."
        ),
        "zh": "美元/公斤。价差为境外减境内；最差月为该方案价差最大的月份；方括号内为模型价格不唯一的范围。",
    },
}
PHRASES: dict[str, Text] = {
    "numbers": {"en": "The same as a table", "zh": "同图数据表"},
    "none": {"en": "Nothing held for this part of the outlook.", "zh": "本部分无数据。"},
    "no_prices": {"en": "No price of a headline good is held.", "zh": "无主要货物价格。"},
    "no_gaps": {"en": "No gap of a headline good is held.", "zh": "无主要货物价差。"},
    "no_short": {"en": "No demand is held, so no shortage can be shown.", "zh": "无需求数据，无法显示短缺。"},
    "no_flows": {"en": "No flows from mine to use are held.", "zh": "无从矿山到用途的流量。"},
    "no_permissions": {"en": "No shipment needed a permission.", "zh": "无须许可的货运记录。"},
    "no_stocks": {"en": "No stocks outside China are held.", "zh": "无境外库存数据。"},
    "no_shipped": {"en": "No shipments out of China are held.", "zh": "无中国出口数据。"},
    "no_plants": {"en": "No plant is held.", "zh": "无工厂数据。"},
    "no_clauses": {"en": "The price of single clauses was not asked for.", "zh": "未要求计算单个条款的代价。"},
    "no_assumed": {"en": "No assumed row was used.", "zh": "未使用假定数据。"},
    "no_limits": {"en": "None were stated.", "zh": "未列出。"},
    "no_clause": {"en": "no clause", "zh": "非条款"},
    "no_shift": {"en": "No change of the leading clauses in this span.", "zh": "期间主导条款未变。"},
    "no_shortage": {"en": "Nobody goes short.", "zh": "无短缺。"},
    "low_end": {"en": "low end", "zh": "低端"},
    "high_end": {"en": "high end", "zh": "高端"},
    "most_by": {"en": "most by", "zh": "主要来自"},
    "of_clauses": {"en": "of clauses", "zh": "条款中"},
    "base": {"en": "as published", "zh": "按已公布规则"},
    "lapsed": {"en": "lapsed", "zh": "失效"},
    "extended": {"en": "extended to", "zh": "延长至"},
    "nothing": {"en": "nothing", "zh": "无"},
    "recycled": {"en": "recycled", "zh": "回收料"},
    "more": {"en": "further rows, of lesser worth, are left to the data file", "zh": "行价值较低，见数据文件"},
    "from": {"en": "from", "zh": "来自"},
    "as_under": {"en": "as under", "zh": "同编号"},
    "without": {"en": "without", "zh": "不含"},
    "span": {"en": "Span", "zh": "期间"},
    "engine": {"en": "Engine", "zh": "引擎"},
    "pack": {"en": "Pack", "zh": "数据包"},
    "compare": {"en": "Compared", "zh": "对比"},
    "checked": {"en": "checked through", "zh": "核对至"},
    "rests": {
        "en": "Rests on {count} assumed rows of the packs, each named with its range in the page and in the JSON.",
        "zh": "结果依赖数据包中{count}行假定值，页面与JSON中逐一列出及其范围。",
    },
    "quiet": {
        "en": (
            "Not legal advice, and not a forecast: what a model makes of published rules and of the data named below."
        ),
        "zh": "非法律意见，亦非预测：模型依据已公布规则与下列数据所得结果。",
    },
    "question": {
        "en": "What do the rules published by then do to price and supply, month by month, and which clause does it?",
        "zh": "截至当时已公布的规则逐月如何影响价格与供应？由哪一条款造成？",
    },
}
READING: tuple[Text, ...] = (
    {
        "en": "A price is what one more kilogram is worth there in that month, not what somebody paid.",
        "zh": "价格指当月当地多一公斤所值，并非成交价。",
    },
    {
        "en": "Each month is planned on the rules published by then; what nobody could know yet moves nothing.",
        "zh": "每月只依据当时已公布的规则作计划；当时无从得知者不影响结果。",
    },
    {
        "en": "Where it is not known whether a pause goes on, both branches are run, and the two ends are named.",
        "zh": "暂停是否延续未知时，两个分支均计算，并标明区间两端。",
    },
    {
        "en": "A gap's parts come from the limits that hold in that month; each limit made by law names its clause.",
        "zh": "价差各部分来自当月起作用的约束；由法律产生的约束均注明条款。",
    },
    {
        "en": "Short means wanted at the going price by users who could not change recipe in time, and not served.",
        "zh": "短缺指用户按当时价格需要、来不及更换配方而未获满足的量。",
    },
)


def named(report: Report, group: Group, name: str) -> Text:
    """Returns the name of a thing in both languages, or its id in words where no name is held.

    Args:
        report: The report data.
        group: What it is.
        name: The id.
    """
    held = report["names"].get(group, {}).get(name)
    if held is None:
        return {"en": name if group in ("plants", "clauses") else name.replace("_", " ")}
    return {"en": held["short"]} if "short" in held else held


def named_clauses(report: Report, clauses: Sequence[str]) -> Text:
    """Returns the name of a clause, or the names of those that bind together."""
    names = [named(report, "clauses", clause) for clause in clauses]
    return names[0] if len(names) == 1 else {"en": " + ".join(name["en"] for name in names)}
