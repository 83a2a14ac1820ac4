"""The names of columns in English, Chinese, Japanese, German and SAP, by the role or fact they stand for."""

from __future__ import annotations

from collections.abc import Mapping

# Words of one role are parted by |; case, width, blanks, hyphens and brackets do not matter.
COLUMN_WORDS: Mapping[str, str] = {
    "id": "id|row id|line id|item id|record id|order|order no|order number|document|document no|delivery|"
    "delivery no|编号|序号|单号|订单号|行号|番号|伝票番号|受注番号|注文番号|nr|belegnummer|"
    "auftragsnummer|auftrag",
    "title": "title|subject|标题|件名|bezeichnung|titel",
    "group": "group|分组|gruppe|グループ",
    "note": "note|notes|remark|remarks|comment|备注|备考|備考|bemerkung",
    "on": "on|date|day|ship date|shipping date|shipment date|shipped on|export date|delivery date|"
    "date of export|date of shipment|日期|出口日期|发货日期|发运日期|出运日期|申报日期|装运日期|出荷日|"
    "輸出日|船積日|日付|納入日|datum|versanddatum|ausfuhrdatum|lieferdatum",
    "known": "known|known on|known day|知悉日|stand",
    "material": "material|material description|material text|product|product name|product description|goods|"
    "goods description|description of goods|description|item|item description|commodity|品名|物料|"
    "物料描述|货物名称|商品名称|产品名称|货名|产品|品目|製品名|商品名|品名・規格|材料|werkstoff|ware|"
    "warenbezeichnung|artikel|materialbezeichnung|materialkurztext|maktx",
    "composition": "composition|chemical composition|material composition|contents|analysis|成分|化学成分|成份|组成|"
    "組成|化学組成|zusammensetzung|analyse",
    "hs": "hs|hs code|hscode|hs no|tariff code|tariff number|commodity code|customs code|海关编码|hs编码|"
    "商品编码|税号|税则号列|hsコード|統計品目番号|関税番号|zolltarifnummer|warennummer|stawn",
    "quantity": "quantity|qty|amount shipped|net weight|net mass|mass|weight|数量|净重|重量|正味重量|menge|"
    "nettogewicht|gewicht|anzahl",
    "unit": "unit|uom|unit of measure|quantity unit|单位|计量单位|数量单位|単位|einheit|mengeneinheit|meins",
    "price": "price|unit price|price per unit|单价|价格|単価|価格|preis|einzelpreis|stückpreis|netpr",
    "currency": "currency|curr|currency code|币种|币制|货币|通貨|währung|waers",
    "use": "use|end use|end_use|final use|intended use|purpose|application|最终用途|用途|用途说明|最終用途|"
    "使用目的|endverwendung|verwendung|verwendungszweck",
    "from": "from|from country|origin country of shipment|departure|ship from|country from|起运国|出口国|启运国|"
    "发货国|起运地|启运地|仕出国|輸出国|出荷国|von|versandland|ausfuhrland",
    "to": "to|to country|ship to country|destination|destination country|country to|目的国|运抵国|最终目的国|"
    "目的地|进口国|仕向国|仕向地|輸入国|nach|bestimmungsland|zielland",
    "end_user": "end user|enduser|end_user|final user|最终用户|终端用户|最终使用方|最終需要者|最終使用者|需要者|"
    "endverwender|endnutzer|endkunde",
    "consignee": "consignee|receiver|recipient|收货人|荷受人|輸入者|empfänger",
    "origin": "country of origin|made in|原产国|原产地|原産国|ursprungsland",
}
# Names that programs use for something else, or for more than one thing.
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
        "posnr",
        "vbeln",
        "vkorg",
        "werks",
    )
)
