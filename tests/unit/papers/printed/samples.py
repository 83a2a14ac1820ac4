"""Invented papers of the length of real ones, in English and Chinese."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from coercivity.base.words import Lang
from coercivity.papers.shared.paper.document import ActionLine, Block, KeyFigure, PageOne, PrintedPaper, Slide
from coercivity.papers.shared.paper.sections import PaperFigure, PaperList, PaperSection, PaperTable

PICTURE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 190" font-family="Source Sans 3, Noto Sans SC" font-size="13">
<defs><pattern id="lines" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line y2="6" stroke="#000" stroke-width="1.5"/></pattern></defs>
<text x="0" y="40">{0}</text><rect x="150" y="26" width="310" height="20" fill="#444"/><text x="468" y="41">2027-01-18</text>
<text x="0" y="80">{1}</text><rect x="150" y="66" width="200" height="20" fill="url(#lines)" stroke="#000"/><text x="358" y="81">2026-12-09</text>
<text x="0" y="120">{2}</text><rect x="150" y="106" width="420" height="20" fill="#bbb"/><text x="578" y="121">2027-03-02</text>
<line x1="150" x2="640" y1="150" y2="150" stroke="#000"/><text x="150" y="172" text-anchor="middle">2026-11</text><text x="400" y="172" text-anchor="middle">2027-01</text><text x="640" y="172" text-anchor="middle">2027-04</text>
</svg>"""

ENGLISH_ONE = PageOne(
    headline="Sign the second source by 4 Dec 2026: line 2 in Hamburg stops on 9 Dec 2026 unless dysprosium arrives",
    figures=(
        KeyFigure("First line stop", "9 Dec 2026", "29 Nov to 2 Jan in 80 % of 512 simulations"),
        KeyFigure("Loss without action", "EUR 87.7 M", "EUR 41 M to 133 M; at list prices"),
        KeyFigure("Loss with the plan", "EUR 12.4 M", "cost of the plan EUR 3.1 M included"),
        KeyFigure("Deals on hold", "3 of 14", "2 need a licence, 1 is unconfirmed"),
    ),
    actions_heading="Three actions",
    action_heads=("Action", "By", "Cost", "Effect"),
    actions=(
        ActionLine(
            "Sign the second source for N42SH arcs (Ningde, outside China)",
            "4 Dec 2026",
            "EUR 1.9 M",
            "stop moves from 9 Dec to 14 Feb",
        ),
        ActionLine(
            "File licence applications for lots 4 and 7 now",
            "30 Nov 2026",
            "EUR 20 k",
            "about 38 days earlier in 80 % of simulations",
        ),
        ActionLine(
            "Fly 3.2 t of magnet blocks",
            "12 Dec 2026",
            "EUR 1.2 M",
            "bridges 17 days; no effect if the licence is refused",
        ),
    ),
    blocks=(
        Block(
            "May not go, and what must be filed",
            (
                "Deal D-07 is prohibited: the consignee is on the control list (MOFCOM notice 2025-18, clause 3).",
                "Deals D-02, D-04 and D-11 need an export licence; file by 30 Nov 2026 with end-user statement and contract.",
            ),
        ),
        Block(
            "If the suspension is extended or lapses",
            (
                "Extended to 10 Nov 2027: nothing changes for these goods, because 18/2025 was never suspended.",
                "Lapsed on 10 Nov 2026: deals D-05 and D-09 need a licence as well; the first stop does not move.",
            ),
        ),
        Block(
            "Unconfirmed",
            (
                "Whether 61/2025 applies to rotors with less than 0.1 % of dysprosium: counsel in Beijing, by 2 Dec 2026.",
            ),
        ),
    ),
)


def english() -> PrintedPaper:
    """A paper with every kind of part."""
    narrow = PaperTable(
        "parts",
        "Days of cover",
        ("part", "plant", "days", "stop"),
        ("Part", "Plant", "Days", "Run-out date"),
        tuple(
            (f"Rotor magnet {n}", "Hamburg" if n % 2 else "Győr", f"{n * 7 % 90}", f"2026-12-{n % 28 + 1:02d}")
            for n in range(1, 13)
        ),
        frozenset({2}),
    )
    long = PaperTable(
        "long",
        "All months, all plants",
        ("m", "p", "u", "s", "why"),
        ("Month", "Plant", "Use, kg", "Stock, kg", "Remark"),
        tuple(
            (
                f"2027-{n % 12 + 1:02d}",
                "Hamburg",
                f"{n * 1234.5:,.1f}",
                f"{90000 - n * 777:,}",
                "Stock of the quarantine is not counted until it is released by the quality department"
                if n % 5 == 0
                else "",
            )
            for n in range(1, 90)
        ),
        frozenset({2, 3}),
    )
    wide = PaperTable(
        "wide",
        "Licences",
        tuple("abcdefghijk"),
        (
            "Supplier",
            "Part",
            "Kind of licence",
            "Valid until",
            "Named buyer",
            "Quantity, kg",
            "Used, kg",
            "Left, kg",
            "Price, EUR/kg",
            "Days",
            "Next step",
        ),
        tuple(
            (
                f"Ningbo Permanent Magnet No. {n} Co., Ltd.",
                "N42SH arc",
                "individual, one shipment",
                "2027-03-31",
                "Hamburg Drives GmbH",
                f"{n * 1200:,}",
                f"{n * 300:,}",
                f"{n * 900:,}",
                "1,234.50",
                "45",
                "file the renewal sixty days before the end",
            )
            for n in range(1, 9)
        ),
        frozenset({5, 6, 7, 8, 9}),
    )
    return PrintedPaper(
        lang="en",
        title="Hamburg Drives: rare-earth supply, November 2026",
        subtitle="Facts of 24 Nov 2026; rulebook verified through 20 Nov 2026; input 4f1c9e20a7d34b2e",
        label="Invented example: company, contracts and figures do not exist",
        first=ENGLISH_ONE,
        sections=(
            PaperSection(
                "stops",
                "When lines stop",
                ("Line 2 in Hamburg stops first, on 9 Dec 2026.", "Every other line runs past the end of January."),
                (narrow,),
                ("Days are calendar days.",),
                (
                    PaperFigure(
                        "runout",
                        "Run-out dates by part, without new deliveries",
                        PICTURE.format("N42SH arc", "N38UH block", "SmCo ring"),
                    ),
                ),
            ),
            PaperSection(
                "licences",
                "Licences",
                ("Eight licences are held.",),
                (wide,),
                (),
                (),
                (
                    PaperList(
                        "Papers for D-02",
                        (
                            "End-user statement, stamped",
                            "Contract or pro-forma invoice",
                            "Technical description with composition",
                        ),
                        boxes=True,
                    ),
                    PaperList("Sources", ("MOFCOM and GAC notice 2025-18", "State Council decree 792")),
                ),
            ),
            PaperSection("months", "Use and stock", (), (long,)),
        ),
        foot="Hamburg Drives, 24 Nov 2026. Not legal advice; have a lawyer confirm before you ship.",
        page_word="page {0} of {1}",
        on=date(2026, 11, 24),
    )


CHINESE_ONE = PageOne(
    headline="请于2026年12月4日前签订第二供应商合同：若镝不到货，汉堡二线将于2026年12月9日停产",
    figures=(
        KeyFigure("首次停线", "2026年12月9日", "80%的模拟结果在11月29日至1月2日之间"),
        KeyFigure("不采取措施的损失", "8770万欧元", "4100万至1.33亿欧元，按目录价"),
        KeyFigure("按计划执行的损失", "1240万欧元", "含计划成本310万欧元"),
        KeyFigure("暂缓交易", "14笔中的3笔", "2笔须许可，1笔待定"),
    ),
    actions_heading="三项措施",
    action_heads=("措施", "期限", "成本", "效果"),
    actions=(
        ActionLine("签订N42SH磁瓦第二供应商合同（中国境外）", "2026-12-04", "190万欧元", "停线由12月9日推迟至2月14日"),
        ActionLine("立即为第4批和第7批申请出口许可", "2026-11-30", "2万欧元", "80%的模拟中提前约38天"),
    ),
    blocks=(
        Block(
            "不得出口及须申报事项",
            (
                "交易D-07属禁止：最终用户列入管控名单（商务部公告2025年第18号第三条）。",
                "D-02、D-04、D-11须许可；请于2026年11月30日前提交“最终用户和最终用途证明”及合同。",
            ),
        ),
        Block("待确认", ("含镝量低于0.1%的转子是否适用2025年第61号公告：请北京律师于12月2日前确认。",)),
    ),
)


def chinese() -> PrintedPaper:
    """The same in Chinese, shorter."""
    table = PaperTable(
        "parts",
        "库存可用天数",
        ("part", "plant", "days", "stop"),
        ("零件", "工厂", "天数", "耗尽日期"),
        tuple((f"转子磁钢{n}号", "汉堡", f"{n * 7 % 90}", f"2026-12-{n % 28 + 1:02d}") for n in range(1, 13)),
        frozenset({2}),
    )
    return PrintedPaper(
        lang="zh",
        title="汉堡驱动：2026年11月稀土供应简报",
        subtitle="事实截至2026年11月24日；规则核对至2026年11月20日",
        label="虚构示例：公司、合同与数字均不存在",
        first=CHINESE_ONE,
        sections=(
            PaperSection(
                "stops",
                "停线时间",
                (
                    "汉堡二线最先停产，时间为2026年12月9日；其他产线可运行至2027年1月底以后，届时仍须补充SmCo环和N42SH磁瓦的库存，否则将于2027年3月2日停产。",
                ),
                (table,),
                ("天数为自然日。",),
                (
                    PaperFigure(
                        "runout", "各零件的耗尽日期（无新到货）", PICTURE.format("N42SH磁瓦", "N38UH方块", "钐钴环")
                    ),
                ),
                (PaperList("D-02所需文件", ("最终用户证明（盖章）", "合同或形式发票"), boxes=True),),
            ),
        ),
        foot="汉堡驱动，2026年11月24日。本文不构成法律意见；发货前请律师确认。",
        page_word="第{0}页，共{1}页",
        on=date(2026, 11, 24),
    )


def slide(lang: Lang) -> Slide:
    """A slide with three lines."""
    paper = chinese() if lang == "zh" else english()
    picture = paper.sections[0].figures[0]
    lines = tuple(f"{a.what}：{a.by}" if lang == "zh" else f"{a.what}, by {a.by}" for a in paper.first.actions)
    return Slide(paper.first.headline, picture, lines, paper.foot)


def with_table(table: PaperTable) -> PrintedPaper:
    """An English paper with one table."""
    return replace(english(), sections=(PaperSection("only", "Only", (), (table,)),))
