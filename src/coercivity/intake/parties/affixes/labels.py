"""Words around the name of a party in a document: what it is in the deal, and how it is addressed."""

from __future__ import annotations

import re

LABELS = (
    r"\b(?:c/o|care\s+of|o/b/o|o\.b\.o\.?|obo|on\s+behalf\s+of|i\.\s?a\.|im\s+auftrag\s+(?:von|der)|d/b/a|f/k/a|a/k/a|t/a"
    r"|dba|fka|aka|(?:formerly|also)(?:\s+known\s+as)?|trading\s+as|via|through|attn|notify(?:\s+party)?|consignee|buyer"
    r"|agents?(?:\s+(?:of|for))?|(?:final\s+)?end[\s-]?(?:users?|use\s+by)|(?:ship|sold|bill)[\s-]to|subsidiary\s+of)(?!\w)"
)
ZH_LABELS = (
    "最终用户|最終用戶|最终用戶|終端用戶|终端用户|代表|代理|委托|收货人|收貨人|受货人|受貨人|荷受人|收货方|发货人|發貨人|买方|買方|卖方|賣方"
    "|通知方|通知人|客户名称|客戶名稱|供应商|進口商|进口商|出口商|納入先|需要者|最終需要者|発注者|購入者|御中"
)
# First words of what `untitled` removes.
_TITLES = """
m/s messrs messieurs mr mrs ms dr prof herr herrn frau firma fa m mme monsieur madame societe ditta spett spettle
spettabile sig sr sra to order zhd z empfanger kaufer endverwender endkunde destinataire acheteur destinatario
acquirente comprador importer exporter forwarder applicant beneficiary supplier vendor customer client
"""
TITLE_WORDS = frozenset(_TITLES.split())
_TITLE = re.compile(
    r"\A(?:m/s\.?|messrs\.?|messieurs|mr\.?|mrs\.?|ms\.?|dr\.?|prof\.?|herrn?|frau|firma|fa\.|m\.|mme\.?|monsieur|madame"
    r"|soci[eé]t[eé]|ditta|spett(?:\.?le|abile)?\.?|sig\.?|sra?\.|to the order of|order of|to|z\.?\s?h\.?d\.?"
    r"|empf[aä]nger(?:in)?|k[aä]ufer(?:in)?|endverwender|endkunde|destinataire|acheteur|destinatario|acquirente|comprador"
    r"|importer|exporter|forwarder|applicant|beneficiary|supplier|vendor|customer|client|致|受益人|申请人)[\s:：]+(?=\S)",
    re.IGNORECASE,
)


# Chinese labels and remarks right before a name, which needs no sign between them.
_ZH_TITLE = re.compile(
    r"\A(?:(?:最终|终端)?(?:客户|客戶|用户|用戶)|待定|待确认|待核实|暂定|疑似|又名|别名|曾用名|改名为|更名为|现名|收货单位|用货单位"
    r"|使用单位|使用方|供货单位|供应单位|订货单位|购货单位|购货方|销货方|接收方|进口方|出口方|需方|供方|甲方|乙方|制造商|生产厂家|厂家"
    r"|付款方|付款人|受让方|抬头|品牌方)[为是\s:：]*(?=[^\s:：]{2})"
)
_MESSRS = re.compile(r"\bm/s\b\.?", re.IGNORECASE)


def without_messrs(text: str) -> str:
    """Returns a text with `M/s` as a line break: its slash separates no names."""
    return _MESSRS.sub("\n", text) if "/" in text else text


def untitled(text: str) -> str:
    """Returns a text without a title or label at its start: `M/s`, `Firma`, `Destinataire :`."""
    found = _TITLE.sub("", text)
    return found if found.isascii() else _ZH_TITLE.sub("", found)
