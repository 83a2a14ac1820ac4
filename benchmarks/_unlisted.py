"""Names of firms that are on no list: twelve thousand made of the trade's own words, and known neighbours of listed names.

They share trade words, places and company forms with listed names, and no distinctive word.
"""

from __future__ import annotations

from itertools import product

_EN_HEAD = [a + b for a in ("Birk", "Crest", "Elm", "Flint", "Gorse", "Hazel", "Kest", "Linden", "Moor", "Nether", "Oak", "Peb", "Ridge",
                            "Sedge", "Tarn", "Under", "Whin", "Yar", "Brook", "Copper") for b in ("ham", "ton", "field", "brook", "dale", "well",
                            "bury", "shaw", "holme", "croft")]  # fmt: skip
_EN_TRADE = ["Magnetics", "Aerospace Systems", "Motors", "Precision Components", "Advanced Materials", "Defence Supply", "Marine Services",
             "Electric Drives", "Technologies", "Photonics", "Robotics", "Industrial Trading", "Power Systems", "Rare Earths", "Research"]  # fmt: skip
_EN_FORM = ["Ltd", "Inc.", "LLC", "Corporation", "PLC", "Co., Ltd."]
_COMMON_A = ["Advanced", "Global", "United", "Pacific", "Northern", "Atlantic", "Premier", "Integrated", "Modern", "National", "Universal",
             "First", "Delta", "Allied", "Central", "Coastal", "Superior", "Summit", "Pioneer", "Royal"]  # fmt: skip
_COMMON_B = ["Technology", "Power", "Aerospace", "Precision", "Defence", "Systems", "Industrial", "Magnetic", "Motion", "Materials", "Marine",
             "Energy", "Dynamics", "Electronics"]  # fmt: skip
_COMMON_C = [
    "Solutions Ltd",
    "Services Inc.",
    "Partners LLC",
    "Components GmbH",
    "Group",
    "Holdings Ltd",
    "Engineering Co., Ltd.",
]
_DE_HEAD = [a + b for a in ("Ahl", "Bock", "Diet", "Ebers", "Fried", "Gers", "Hohen", "Imm", "Kirch", "Lang", "Mühl", "Neu", "Otten", "Rosen",
                            "Schön", "Tann", "Ul", "Weiß") for b in ("bach", "feld", "hausen", "lohe", "kamp", "thal", "brink", "rode")]  # fmt: skip
_DE_TRADE = ["Magnettechnik", "Antriebstechnik", "Feinmechanik", "Werkzeugbau", "Elektromotoren", "Luftfahrttechnik", "Metallhandel",
             "Maschinenfabrik", "Systemtechnik", "Wehrtechnik"]  # fmt: skip
_DE_FORM = ["GmbH", "AG", "GmbH & Co. KG", "KG", "e.K."]
_PLACES = ["宁波", "赣州", "包头", "东莞", "苏州", "杭州", "深圳", "西安", "成都", "烟台", "", "天津"]
_ZH_HEAD = [a + b for a in "恒鑫瑞永宏盛嘉兴泰隆" for b in ("达", "源", "丰", "磊", "祥", "利", "发", "辉")]
_ZH_TRADE = [
    "磁业",
    "稀土新材料",
    "电机科技",
    "精密机械",
    "航空科技",
    "电子科技",
    "自动化设备",
    "系统工程",
    "国际贸易",
    "新能源",
    "光电技术",
    "动力设备",
]
_ZH_FORM = ["有限公司", "股份有限公司", "有限责任公司"]
_JA_HEAD = [
    "山根",
    "小坂",
    "西尾",
    "吉岡",
    "大塚",
    "浜口",
    "坂井",
    "谷川",
    "松永",
    "平野",
    "石橋",
    "高倉",
    "野口",
    "渡瀬",
    "黒川",
    "若林",
    "三輪",
    "岡部",
    "土屋",
    "早坂",
]
_JA_TRADE = [
    "製作所",
    "電機",
    "精工",
    "磁性材料",
    "金属",
    "航空部品",
    "商事",
    "重工",
    "化学工業",
    "システム",
    "テクノロジー",
    "工業",
]
_JA_FORM = ["株式会社{}", "{}株式会社", "㈱{}", "有限会社{}"]
_JA_LATIN = ["Yamane", "Kosaka", "Nishio", "Yoshioka", "Otsuka", "Hamaguchi", "Sakai", "Tanigawa", "Matsunaga", "Hirano", "Ishibashi", "Takakura",
             "Noguchi", "Watase", "Kurokawa", "Wakabayashi", "Miwa", "Okabe", "Tsuchiya", "Hayasaka"]  # fmt: skip
_JA_LATIN_TRADE = ["Seisakusho Co., Ltd.", "Denki K.K.", "Seiko Corporation", "Magnet Co., Ltd.", "Aircraft Parts Co., Ltd.", "Shoji Co., Ltd.",
                   "Heavy Industries Ltd.", "Kagaku Kogyo K.K.", "Precision Co., Ltd.", "Systems Inc."]  # fmt: skip
_PINYIN_HEAD = ["Hengda", "Xinyuan", "Ruifeng", "Yonglei", "Hongxiang", "Shengli", "Jiafa", "Xinghui", "Taida", "Longyuan", "Ruixiang", "Hengfeng",
                "Xinlei", "Yongxiang", "Hongfa", "Shenghui"]  # fmt: skip
_PINYIN_TRADE = ["Magnet", "Rare Earth New Materials", "Motor Technology", "Precision Machinery", "Aviation Technology", "Electronics Technology",
                 "International Trade", "Automation Equipment"]  # fmt: skip
_TOWNS = [
    "Ningbo",
    "Ganzhou",
    "Baotou",
    "Dongguan",
    "Suzhou",
    "Hangzhou",
    "Shenzhen",
    "Xi'an",
    "Chengdu",
    "Yantai",
    "Tianjin",
]
# Firms that exist, are on no list packed, and share a word with listed names: house names, places, common words.
NEIGHBOURS = """
Sumitomo Chemical Co., Ltd.|Sumitomo Forestry Co., Ltd.|住友林業株式会社|Sumitomo Rubber Industries, Ltd.|Mitsubishi Chemical Corporation
Mitsubishi Estate Co., Ltd.|三菱地所株式会社|Mitsubishi Pencil Co., Ltd.|Mitsui Fudosan Co., Ltd.|三井不動産株式会社|Mitsui Sumitomo Insurance
Kawasaki Kisen Kaisha, Ltd.|Fuji Television Network, Inc.|Fujifilm Corporation|富士フイルム株式会社|Fuji Oil Co., Ltd.|Nikko Asset Management
Nippon Paint Holdings|日本製粉株式会社|Nihon Kohden Corporation|Nihon Unisys, Ltd.|General Mills, Inc.|General Motors Company|General Electric Company
Universal Robots A/S|Universal Music Group|Universal Display Corporation|Sierra Wireless, Inc.|Sierra Club|American Airlines, Inc.
American Express Company|Boston Scientific Corporation|Pacific Life Insurance Company|Applied Materials, Inc.|Applied Biosystems|Hudson's Bay Company
Hudson Pacific Properties|Group Lotus Limited|Harris Teeter Supermarkets|Martin Guitar Company|Doc Martens|Stratum Brewing|Halifax Building Society
Shield Insurance|Red Bull GmbH|Blue Bottle Coffee|High Point University|Cambridge University Press|Texas Roadhouse Inc.|Texas Instruments Incorporated
Planet Fitness, Inc.|Saab Automobile AB|Epson America, Inc.|Rapid7, Inc.|Skyline Champion|Systems Limited|Gibbs Smith Publisher|Cox Communications, Inc.
东京海上日动火灾保险|东京电力公司|美国银行|美国航空公司|通用电气公司|通用汽车公司|中国航空器材集团|日本航空株式会社|日本烟草产业株式会社|应用材料公司|太平洋保险集团
"""


def unlisted(most: int = 12_000) -> list[str]:
    """Returns names of made-up firms on no list, an equal share of each kind."""
    kinds = [
        [f"{a} {b} {c}" for a, b, c in product(_EN_HEAD, _EN_TRADE, _EN_FORM)],
        [" ".join(parts) for parts in product(_COMMON_A, _COMMON_B, _COMMON_C)],
        [f"{a} {b} {c}" for a, b, c in product(_DE_HEAD, _DE_TRADE, _DE_FORM)],
        ["".join(parts) for parts in product(_PLACES, _ZH_HEAD, _ZH_TRADE, _ZH_FORM)],
        [form.format(a + b) for a, b, form in product(_JA_HEAD, _JA_TRADE, _JA_FORM)],
        [f"{a} {b}" for a, b in product(_JA_LATIN, _JA_LATIN_TRADE)],
        [f"{town} {a} {b} Co., Ltd." for town, a, b in product(_TOWNS, _PINYIN_HEAD, _PINYIN_TRADE)],
    ]
    found: list[str] = []
    left = most
    for n, names in enumerate(sorted(kinds, key=len)):
        share = min(len(names), left // (len(kinds) - n))
        found += [names[at * len(names) // share] for at in range(share)]
        left -= share
    return found


def neighbours() -> list[str]:
    """Returns known firms on no list packed whose names share a word with listed ones."""
    return [name for line in NEIGHBOURS.strip().splitlines() for name in line.split("|")]
