"""Header words of users' tables of parties, in English and Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

Role = Literal[
    "name", "alias", "former", "short", "weak", "given", "family", "id", "country", "address", "uscc", "lei", "duns",
    "registration", "tax", "imo", "identifiers", "website", "listed_on", "delisted_on", "listed_to", "source", "type",
    "born", "list", "set",
]  # fmt: skip
NAMING: frozenset[Role] = frozenset({"name", "given", "family"})
_WORDS: dict[Role, str] = {
    "name": """name|names|full name|name en|name zh|name cn|name ja|name jp|english name|chinese name|
        japanese name|name english|name chinese|en name|zh name|cn name|name in english|
        name in chinese|local name|original name|original script name|native name|
        name original script|main name|primary name|company|company name|entity|entity name|
        party|party name|legal name|registered name|organisation|organization|caption|
        listed name|whole name|firma|firmenname|名称|英文名称|中文名称|日文名称|名字|姓名|
        英文名|中文名|日文名|企业名称|公司名称|单位名称|实体名称|实体|公司|企业|主体名称|全称|
        英文全称|中文全称|注册名称|中文姓名|英文姓名|社名|会社名|名前""",
    "alias": """alias|aliases|aka|a k a|also known as|alt name|alt names|alternative name|
        alternative names|alternate name|alternate names|other name|other names|trade name|
        trading name|trading as|dba|d b a|synonyms|strong alias|别名|又名|其他名称|曾译名|译名|
        商号|别称|別名""",
    "former": """former name|former names|formerly|formerly known as|fka|f k a|previous name|
        previous names|previously|old name|曾用名|曾用名称|原名|原名称|旧名称|旧称|旧社名""",
    "short": """short name|short names|abbreviation|abbreviations|acronym|acronyms|initials|ticker|
        brand|brands|简称|缩写|英文简称|中文简称|商标|略称""",
    "weak": "weak alias|weak aliases|weak aka|low quality aka|low quality alias|low quality aliases",
    "given": "first name|given name|given names|forename|forenames|middle name|vorname",
    "family": "last name|family name|surname|nachname",
    "id": """id|ids|party id|entry id|entity id|entity number|record id|list id|number|no|nr|ref|
        reference|reference number|unique id|uid|编号|序号|主体编号|条目编号|番号""",
    "country": """country|countries|country code|country iso|iso country|nationality|nationalities|
        citizenship|citizenships|jurisdiction|country of registration|country of residence|
        state of residence|land|国家|国家地区|国家 地区|国别|国籍|注册国|注册国家|所在国|
        所在国家|国家或地区|国""",
    "address": """address|addresses|full address|registered address|business address|street|
        street address|city|town|state|province|region|postal code|postcode|zip|zip code|
        location|address line|ort|地址|注册地址|经营地址|通讯地址|住所|城市|省份|省|所在地|邮编|
        住所地|所在地址|住址""",
    "uscc": """uscc|usc code|unified social credit code|unified social credit identifier|
        social credit code|credit code|统一社会信用代码|社会信用代码|信用代码|统一代码|
        uscc 统一社会信用代码|统一社会信用代码 uscc""",
    "lei": "lei|lei code|legal entity identifier|法人识别编码|全球法人识别编码|法人机构识别编码",
    "duns": "duns|d u n s|duns number|d u n s number|duns no|duns code|邓白氏|邓白氏编码|邓白氏号码|邓白氏码",
    "registration": """registration number|registration no|company number|company registration number|
        registration|register number|registry number|commercial register number|registration id|
        注册号|工商注册号|登记号|注册登记号|登记证号|法人番号""",
    "tax": "tax id|tax number|tax no|taxpayer id|vat|vat number|tin|税号|纳税人识别号|税务登记号",
    "imo": "imo|imo number|imo no",
    "identifiers": """identifier|identifiers|identification|identification number|id number|id numbers|
        证件号码|证件号|识别号|标识号""",
    "website": "website|websites|web site|web|url|homepage|网站|网址|官网",
    "listed_on": """listed on|listed from|listed|listing date|date listed|date of listing|
        date of designation|designation date|designated on|date added|added on|added|
        listed since|effective date|start date|valid from|from date|列入日期|列名日期|列入时间|
        公布日期|生效日期|起始日期|开始日期""",
    "delisted_on": """delisted on|delisted|delisting date|date delisted|removed on|date removed|removal date|
        移出日期|移除日期|移出时间|除名日期|删除日期""",
    "listed_to": """end date|listed to|listed until|valid to|valid until|expiry date|expiration date|
        expires|last day|to date|截止日期|结束日期|有效期至""",
    "source": """source|sources|source list|programme|program|programmes|programs|program ids|sanctions|
        announcement|notice|legal basis|authority|regime|来源|公告|公告号|依据|项目|列入依据|
        公告编号|文号""",
    "type": "type|entity type|party type|kind|schema|category|natural person|类型|主体类型|类别|性质",
    "born": """date of birth|dates of birth|dob|birth date|birthdate|born|date of incorporation|
        incorporation date|incorporated on|established|established on|date of establishment|
        founded|出生日期|成立日期|注册日期|设立日期|生年月日""",
    "list": "list|list name|name of list|名单|名单名称|清单",
    "set": "party set|list notice",
}  # fmt: skip
_ROLES: dict[str, Role] = {word.strip(): role for role, words in _WORDS.items() for word in words.split("|")}
_NAMELIKE = re.compile(r"\bnames?\b|\balias\w*\b|\ba\.?k\.?a\b|名|称", re.IGNORECASE)
_OF_OTHERS = re.compile(
    r"contact|person|officer|director|owner|parent|bank|file|user|sales|manager|requested|checked|list|programme"
    r"|program|country|city|street|product|vendor code"
    r"|联系|负责|法人代表|法定|经办|银行|商品|产品|股东|母公司|名单|国|城市|职|签名"
)
_GAPS = re.compile(r"[\W_]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")
_COUNTER = re.compile(r"\s*\d+\Z")


@lru_cache(maxsize=4_096)
def role_of(header: str) -> Role | None:
    """Returns what a column holds, by its header; None if it is not known, and no other name of the party.

    Args:
        header: The header, such as `Name (EN)`, `alias_2` or `名称`. Another header that says `name` is an alias.
    """
    key = _key(header)
    found = _ROLES.get(key) or _ROLES.get(_COUNTER.sub("", key)) or _ROLES.get(key.replace(" ", ""))
    if found is not None:
        return found
    if (in_both := _role_in_both(key)) is not None:
        return in_both
    if len(key) <= 40 and _NAMELIKE.search(key) and not _OF_OTHERS.search(key):
        return "alias"
    return None


def _role_in_both(key: str) -> Role | None:
    """Returns the role of a header in both languages, such as `国家 country`; None if they do not agree."""
    chinese, other = "".join(_HAN.findall(key)), _GAPS.sub(" ", _HAN.sub(" ", key)).strip()
    if not chinese or not other:
        return None
    told, said = _ROLES.get(chinese), _ROLES.get(other)
    return told if told == said or said is None else None


def _key(header: str) -> str:
    return _GAPS.sub(" ", unicodedata.normalize("NFKC", header).casefold()).strip()


def roles_of(headers: Sequence[str]) -> list[Role | None]:
    """Returns what each column holds; without a column of names, the first one that may hold names does."""
    found = [role_of(header) for header in headers]
    if not NAMING.intersection(found) and "alias" in found:
        at = next((n for n, role in enumerate(found) if role == "alias" and _key(headers[n]) not in _ROLES), None)
        if at is not None:
            found[at] = "name"
    return found


def name_words() -> tuple[str, ...]:
    """Returns the header words of a column of names."""
    return tuple(word for word, role in _ROLES.items() if role == "name")
