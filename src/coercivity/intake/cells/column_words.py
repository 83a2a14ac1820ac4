"""The names of columns in English, Chinese, Japanese, German and SAP, by the role or fact they denote."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from coercivity.base.words import bare
from coercivity.data.catalogue import FactSpec
from coercivity.intake.cells.quantities import unit_of
from coercivity.intake.parties.screening import PARTIES

# Words of one role are separated by |, better ones from weaker ones by ;: of two columns the better word wins.
# Case, width, spaces, hyphens and brackets do not matter.
COLUMN_WORDS: Mapping[str, str] = {
    "id": "delivery|delivery no|delivery number|document|document no|document number|单号|单据编号|单据号|发货单号|"
    "出货单号|伝票番号|出荷番号|belegnr|belegnummer|lieferung|liefernummer|lieferscheinnummer;order|order no|"
    "order number|sales order|sales doc|sales document|订单号|受注番号|注文番号|auftragsnummer|auftrag|"
    "bestellnummer|bestellnr|bestellung|"
    "auftragsnr|合同号|报关单号;id|row id|line id|item id|record id|"
    "编号|序号|行号|番号|nr;pos|position|positionsnr|lfd nr|lfdnr|lfd|laufende nummer|no|line|line no|line number|"
    "item no|item number|项号|项次|项目号|明番|項番|"
    "ref|ref no|reference|reference no|referenz|参考号|合同编号",
    "title": "title|subject|标题|件名|titel",
    "group": "group|分组|gruppe|グループ",
    "note": "note|notes|remark|remarks|comment|comments|备注|备考|備考|bemerkung|bemerkungen|anmerkung|anmerkungen|"
    "hinweis|"
    "hinweise|kommentar|notiz|附注|标记唛码及备注",
    "on": "on|act gi date|actual gi date|actual goods issue date|actual shipment date|actual ship date;ship date|"
    "shipping date|shipment date|shipped on|export date|date of export|date of shipment|出口日期|发货日期|发运日期|"
    "出运日期|出库日期|装运日期|出荷日|輸出日|船積日|versanddatum|versandtermin|ausfuhrdatum|报关日期;date|day|"
    "日期|申报日期|日付|datum;"
    "delivery date|納入日|納期|lieferdatum|liefertermin|lieferwoche|wunschtermin|termin|出荷予定日|交期|交货期|"
    "交货日期|"
    "发货时间|出运时间|预计发货日期|预计出运日期|requested delivery date|req date|required date|need by date|"
    "planned gi date|"
    "planned ship date|ship by|ship by date|due date|etd|transaction date|date of transaction|交易日期;"
    "when|wann|时间|何时|いつ",
    "known": "known|known on|known day|知悉日|stand",
    "material": "material description|material text|product description|goods description|description of goods|"
    "description|item description|part description|物料描述|货物名称|商品名称|产品名称|物料名称|存货名称|品名规格|"
    "品名・規格|bezeichnung|warenbezeichnung|artikelbezeichnung|materialbezeichnung|materialkurztext|maktx|"
    "article description|"
    "artikeltext|positionstext|kurztext|item text|short text|line text|beschreibung|leistungsbeschreibung|"
    "teilebezeichnung|"
    "produktbezeichnung|商品名称及规格型号|商品名称规格型号|品名及规格|商品描述|货品名称|产品描述;material|"
    "product|product name|goods|commodity|品名|物料|货名|产品|品目|製品名|商品名|材料|werkstoff|ware|produkt|货品;"
    "item|artikel|article|art|artikelbez|part|part name|teil|gegenstand|leistung|物品|货物|"
    "名称;what|activity|subject matter|was|tätigkeit|vorgang|内容|事项|何を",
    "composition": "composition|chemical composition|material composition|contents|analysis|chemistry|"
    "alloy composition|成分|化学成分|"
    "成分含量|化学成分含量|主要成分|成份|组成|組成|化学組成|zusammensetzung|zusammens|analyse;gehalt|gehalte|"
    "anteil|content|element content|"
    "rare earth content|re content|alloy|seltenerdgehalt|含量|元素含量|稀土含量|稀土成分;申报要素",
    "hs": "hs|hs code|hscode|hs no|tariff code|tariff number|commodity code|customs code|海关编码|hs编码|商品编码|"
    "商品编号|税号|税则号列|hts|hts code|hts no|hts number|hsコード|統計品目番号|関税番号|zolltarifnummer|"
    "zolltarifnr|warentarifnummer|warennummer|warennr|stawn",
    "quantity": "quantity|qty|amount shipped|shipped quantity|quantity shipped|shipped qty|qty shipped|数量|"
    "发货数量|出库数量|menge|anzahl|quantity ordered|order qty|ordered qty|open qty|stückzahl|bestellmenge|"
    "liefermenge|"
    "mng|数量及单位|成交数量;net weight|net mass|net wt|净重|正味重量|nettogewicht;mass|weight|重量|gewicht",
    "unit": "unit|uom|uom code|base unit|unit of measure|quantity unit|qty unit|weight unit|单位|主计量|主计量单位|"
    "计量单位|成交单位|数量单位|単位|einheit|einh|mengeneinheit|me|meins|su|sales unit|order unit",
    "price": "price|unit price|price per unit|单价|价格|単価|価格|preis|einzelpreis|stückpreis|"
    "preis/st|preis/stk|preis je stück|netpr;total price|total value|line value|net value|order value|value|amount|"
    "betrag|"
    "gesamtpreis|warenwert|nettowert|总价|总值|成交总价|金额|合計金額|金額",
    "currency": "currency|curr|cur|ccy|currency code|币种|币制|货币|通貨|währung|währ|whg|waers",
    "use": "use|end use|end_use|final use|intended use|purpose|application|最终用途|用途|用途说明|最終用途|使用目的|"
    "endverwendung|verwendung|verwendungszweck|verw|einsatz|einsatzzweck|anwendung|used for|使用目的;"
    "why|reason|zweck|grund|wofür|warum|wozu|目的|事由|原因",
    "from": "from|from country|origin country of shipment|departure|ship from|ship from country|country from|起运国|"
    "出口国|启运国|起运国地区|启运国地区|发货国|起运地|启运地|仕出国|積出国|輸出国|出荷国|von|versandland|"
    "abgangsland|ausfuhrland|lieferland|export country|exporting country|country of export|country of dispatch|"
    "country of departure|dispatch country|from ctry|ship from ctry",
    "to": "to|to country|ship to country|destination|destination country|country to|目的国|运抵国|目的国地区|"
    "运抵国地区|最终目的国|最终目的国地区|目的地|进口国|仕向国|仕向国地域|仕向地|輸入国|nach|bestimmungsland|"
    "empfangsland|empfängerland|zielland|country of destination|dest country|dest ctry|dest|ship to ctry|"
    "import country|"
    "importing country|country of import|抵运国|到达国",
    "end_user": "end user|enduser|end_user|final user|最终用户|终端用户|最终使用方|最終需要者|最終使用者|需要者|"
    "final customer|ultimate user|ultimate customer|最终客户|终端客户|使用单位|消费使用单位|エンドユーザー|"
    "エンドユーザ|"
    "endverwender|endverbraucher|endnutzer|endkunde;customer name|ship to party|客户名称|客户简称",
    "consignee": "consignee|receiver|recipient|收货人|境外收货人|收货方|荷受人|輸入者|empfänger|empf|"
    "warenempfänger|importeur|deliver to;customer|client|"
    "sold to party|kunde|käufer|客户|買方|顧客;who|with whom|wer|谁|对方|だれ",
    "exporter": "exporter|exporter name|seller|shipper|出口方|出口商|发货人|境内发货人|发货方|卖方|輸出者|売主|"
    "exporteur|ausführer|"
    "verkäufer;supplier|supplier name|vendor|vendor name|供应商|供应商名称|lieferant",
    "intermediary": "intermediary|intermediate consignee|notify party|notify|forwarder|freight forwarder|agent|"
    "broker|"
    "bank|payer|paying party|bill to party|trader|reseller|distributor|中间商|中间方|货代|货运代理|代理|代理商|"
    "代理人|"
    "通知方|通知人|银行|开户银行|开户行|付款人|付款方|经销商|仲介者|通知先|代理店|銀行|spediteur|spedition|"
    "vermittler|zahler|händler",
    "owner": "owner|owners|parent company|shareholder|shareholders|beneficial owner|ultimate owner|ultimate parent|"
    "holding company|股东|母公司|控股股东|实际控制人|所有人|所有者|親会社|株主|muttergesellschaft|gesellschafter|"
    "eigentümer",
    "origin": "country of origin|made in|原产国|原产国地区|原产地|原産国|ursprungsland|ursprung|herkunft|"
    "herkunftsland|coo",
}
# Names that programs use for something else, or for several things.
UNUSED_NAMES = frozenset(
    (
        "bukrs",
        "bwart",
        "charg",
        "erdat",
        "ernam",
        "kunnr",
        "land1",
        "lgort",
        "lifnr",
        "mandt",
        "matnr",
        "pod",
        "pol",
        "posnr",
        "vbeln",
        "vkorg",
        "werks",
        "规格型号",
    )
)
_BRACKETS = re.compile(r"[（(\[【](.*?)[)）\]】]")
_LAST_WORD = re.compile(r"(.+?)[\s_,\-]+([^\s_,\-]+)\s*\Z", re.S)
_NUMBERED = re.compile(r"(?<=\D)[1-9]\d?\Z")
_SCRIPTS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+|[^\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_SYMBOL = re.compile(r"(?:[A-Z][a-z]?|RE|TRE|SE|%|wt\.?%?|Gew\.?-?%?)(?=[\s/,+&;|]|\Z)")
_BETWEEN = re.compile(r"\s*[/|>»\n]\s*")
_LONGEST_NAME = 60
_EXACT, _OTHER = -1, 9  # ranks before and after those of the table of words


@dataclass(frozen=True, slots=True)
class Named:
    """The role suggested by the name of a column.

    Attributes:
        role: Role or fact; blank if the name suggests none.
        rank: Quality of the word, best first.
        unit: Unit in the name of a quantity, in canonical spelling; blank if there is none.
        either: Roles that the parts of a name in two languages suggest, if they suggest different ones.
    """

    role: str = ""
    rank: int = _OTHER
    unit: str = ""
    either: tuple[str, ...] = ()


def fold(name: str) -> str:
    """Returns the name of a column without case, width, spaces, hyphens and brackets."""
    return re.sub(r"[\s_\-./()（）\[\]【】・:：,，#'\"]+", "", bare(name[:200]))


def known_names(catalogue: Mapping[str, FactSpec], roles: Sequence[str]) -> dict[str, Named]:
    """Returns the role suggested by each known name, by folded name.

    Args:
        catalogue: Facts, with their synonyms.
        roles: The roles that are not facts.
    """
    found: dict[str, Named] = {}
    for name, spec in catalogue.items():
        found |= {fold(word): Named(name) for word in spec.synonyms}
    for role, tiers in COLUMN_WORDS.items():
        for rank, words in enumerate(tiers.split(";")):
            found |= {fold(word): Named(role, rank) for word in words.split("|")}
    for name in (*catalogue, *roles):
        found[fold(name)] = Named(name, min(found.get(fold(name), Named()).rank, _OTHER))
    return found


def named(names: Mapping[str, Named], column: str) -> Named:
    """Returns the role suggested by a name: as a whole, without its brackets, by its last part, without its unit."""
    column = column[:200]
    parts = [column, _BRACKETS.sub("", column)]
    parts += [part for part in (re.split(r"\s*[/|>»]\s*", column)[-1],) if part != column]
    words = [found[1] for found in _BRACKETS.finditer(column)]
    if split := _LAST_WORD.match(column):
        words.append(split[2])
        parts += [split[1]] if _unit(names, split[2]) else []
    for part in parts:
        folded = fold(part)
        if folded not in names and names.get(bare_name := _NUMBERED.sub("", folded), Named()).role in PARTIES:
            folded = bare_name
        if folded in UNUSED_NAMES:
            return Named()
        if found := names.get(folded):
            # Names of this program precede those of others; "material" is also SAP's word for a number.
            rank = _EXACT if column.strip() == found.role != "material" else found.rank
            units = [unit for word in words if (unit := _unit(names, word))] if found.role == "quantity" else []
            return Named(found.role, rank, units[0] if units else "")
    return _by_pieces(names, column)


def _by_pieces(names: Mapping[str, Named], column: str) -> Named:
    """Returns the role on which the parts of a name in two languages agree: `品名 Article`, `Gehalt Dy/Tb`.

    Parts that name different parties give the first: a party must not be left out because of the name of its column.
    A date whose other half is not known may be the date of something else, so that it only suggests its role.
    """
    found, whole = list[Named](), True
    for run in _runs(column):
        name = names.get(fold(run)) or names.get(fold(_BETWEEN.sub(" ", _SYMBOL.sub(" ", run))))
        if fold(run) in UNUSED_NAMES:
            return Named()
        found += [name] if name is not None and name.role else []
        whole = whole and name is not None
    roles = tuple(dict.fromkeys(name.role for name in found))
    if not roles:
        return Named()
    rank = min(name.rank for name in found if name.role == roles[0])
    differ = len(roles) > 1 and not all(role in PARTIES for role in roles)
    if differ or (not whole and rank > 0 and roles[0] in ("on", "known")):
        return Named(either=roles)
    unit = next((unit for word in column.split() if (unit := _unit(names, word))), "") if roles[0] == "quantity" else ""
    return Named(roles[0], rank, unit)


def _runs(column: str) -> list[str]:
    """Returns the parts of a name, one per script; a name in one script by its slashes; without symbols and units."""
    bared = _BRACKETS.sub(" ", column)
    runs = [run.strip(" /|-–,;:") for run in _SCRIPTS.findall(bared)]
    if len(runs) == 1 and _SYMBOL.sub(" ", bared).strip(" /|,;") == bared.strip(" /|,;"):
        runs = [part.strip() for part in _BETWEEN.split(bared)]
    return [run for run in runs if len(fold(_SYMBOL.sub(" ", run))) > 1 and not unit_of(run)]


@lru_cache(maxsize=4_096)
def is_name_of_column(text: str) -> bool:
    """Returns whether a text is a usual name of a column, whichever facts the catalogue has."""
    return len(text) <= _LONGEST_NAME and bool(named(_usual(), text).role)


@lru_cache(maxsize=1)
def _usual() -> Mapping[str, Named]:
    return known_names({}, tuple(COLUMN_WORDS))


def is_numbered(column: str) -> bool:
    """Returns whether the name of a column ends in a number: `End user 2`."""
    return _NUMBERED.search(fold(column)) is not None


def _unit(names: Mapping[str, Named], word: str) -> str:
    """Returns the unit that a word denotes; `unit` itself names a column."""
    return "" if fold(word) in names and fold(word) != "me" else unit_of(word)
