"""The columns of a table of parties: which hold names, in which role, and what else is told about them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from coercivity.base.errors import CoercivityError, Faults, brief_value, nearest
from coercivity.intake.cells.column_words import COLUMN_WORDS, fold
from coercivity.verbs.parties.names import IDENTIFIERS
from coercivity.verbs.parties.rows import ROLES, Role

NAME = "name"
ABOUT = ("address", "country", *IDENTIFIERS)
COLUMN_ROLES = (NAME, *ROLES, "id", *ABOUT)
MOST_SHOWN = 12
_LAST, _ALIKE = 9, 0.75  # rank of an id by its cells alone; likeness of a header worth naming
# Words of one role are separated by |, better ones from weaker ones by ;: a weaker one counts if no better one does.
_NAME_WORDS: Mapping[str, str] = {
    "name": "query|party|party name|screened name|company|company name|firm|firm name|entity|entity name|legal name|"
    "organisation|organization|counterparty|business partner|partner name|customer|customer name|client|client name|"
    "buyer|purchaser|sold to party|ship to party|bill to party|supplier|supplier name|vendor|vendor name|manufacturer|"
    "公司|公司名称|企业名称|单位名称|当事方|交易方|客户|客户名称|客户简称|买方|采购方|供应商|供应商名称|供货商|厂商|"
    "生产商|制造商|会社名|企業名|取引先|取引先名|顧客|顧客名|得意先|得意先名|買方|仕入先|仕入先名|供給者|製造者|firma|"
    "firmenname|unternehmen|geschäftspartner|kunde|kundenname|käufer|lieferant|lieferantenname|hersteller|"
    "organisation name;name|names|name 1|name1|全称|名称|名前|名称（中文）|中文名称|英文名称|bezeichnung",
    "exporter": COLUMN_WORDS["exporter"].split(";", 1)[0]
    + "|exporter name|shipper|shipper name|seller|consignor|出口商|出口人|出口单位|发货人|发货单位|"
    "卖方|輸出者|輸出者名|荷送人|売主|ausführer|exporteur|absender|versender|verkäufer",
    "consignee": COLUMN_WORDS["consignee"].split(";", 1)[0] + "|importer|consignee name|收货单位|进口商|荷受人名",
    "end_user": COLUMN_WORDS["end_user"].split(";", 1)[0] + "|ultimate consignee|end customer|end user name|"
    "最终用户名称|最终用户单位|使用单位|需要者名",
    "intermediary": COLUMN_WORDS["intermediary"].split(";", 1)[0]
    + "|intermediaries|forwarder|freight forwarder|notify party|notify|agent|broker|carrier|"
    "bank|distributor|reseller|trader|货代|货运代理|货代公司|通知人|通知方|代理|代理人|代理商|经销商|中间商|银行|开户银行|开户行|"
    "承运人|仲介者|仲介業者|通知先|着荷通知先|代理店|商社|銀行|運送人|spediteur|spedition|vermittler|makler|"
    "meldeadresse|händler|zwischenhändler|frachtführer",
    "owner": COLUMN_WORDS["owner"].split(";", 1)[0]
    + "|owner name|beneficial owner|ultimate owner|ultimate beneficial owner|ubo|parent|parent company|"
    "ultimate parent|shareholder|所有人|股东|控股股东|母公司|上级公司|实际控制人|最终控制人|所有者|親会社|株主|"
    "eigentümer|inhaber|muttergesellschaft|gesellschafter",
}
_OTHER_WORDS: Mapping[str, str] = {
    "id": "id;party id|customer id|customer no|customer number|client id|vendor id|vendor no|"
    "vendor number|supplier id|supplier no|supplier number|partner no|business partner no|ref|reference|客户编号|"
    "客户编码|客户代码|供应商编号|供应商编码|供应商代码|编码|代码|取引先コード|得意先コード|仕入先コード|コード|kundennr|"
    "kundennummer|kunden-nr|debitor|kreditor|lieferantennr|lieferantennummer|kunnr|lifnr;"
    + COLUMN_WORDS["id"]
    + "|#|no|no.",
    "address": "address|addr|address line|address 1|address 2|street|street address|city|town|postcode|zip|"
    "postal code|registered address|地址|注册地址|住址|街道|城市|省市|邮编|住所|所在地|本社所在地|adresse|anschrift|"
    "straße|strasse|ort|stadt|plz|sitz",
    "country": "country|country code|country of incorporation|country of registration|nation|国家|国别|国家地区|"
    "国家或地区|注册国家|注册地|国|国名|国コード|land|ländercode|länderkürzel|land1|sitzland",
    "uscc": "uscc|usci|unified social credit code|social credit code|credit code|统一社会信用代码|社会信用代码|"
    "信用代码|统一代码|統一社会信用コード",
    "lei": "lei|lei code|lei no|legal entity identifier|法人机构识别编码|全球法人识别编码|法人识别编码",
    "duns": "duns|d-u-n-s|duns no|duns number|d-u-n-s number|d&b|邓白氏编码|邓白氏|ダンズナンバー|dunsコード",
}
_BRACKETS = re.compile(r"[（(\[【].*?[)）\]】]")
_PARTS = re.compile(r"\s*[/|>»\n]\s*")
_NAMED = ("name", "名称", "名", "names", "单位", "单位名称", "名前")


@dataclass(frozen=True, slots=True)
class NameColumn:
    """A column of names, and the columns that tell more about its parties.

    Attributes:
        column: The column.
        role: Role of its parties; blank if its name does not say.
        about: Columns of address, country and identifiers.
    """

    column: str
    role: Role
    about: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NameColumns:
    """The columns of a table of parties.

    Attributes:
        names: Columns of names, in the order of the table.
        id: Column of the ids; blank if there is none.
        notes: Which columns are read as what, and which are not used although their names suggest a use.
    """

    names: tuple[NameColumn, ...]
    id: str
    notes: tuple[str, ...]


def name_columns(
    columns: Sequence[str], given: Mapping[str, str] | None, where: str, *, wordless: Collection[str] = ()
) -> NameColumns:
    """Returns the columns of names and what goes with them.

    Args:
        columns: Columns of the table.
        given: Role by column, for columns whose names do not tell.
        where: The table, for messages.
        wordless: Columns without a letter in the first rows, such as numbers of customers under `Customer`.

    Raises:
        CoercivityError: If no column holds names, or with every column and role given that does not exist.
    """
    told = _checked(columns, given or {}, where)
    words = _words()
    found = {column: (told[column], -1) if column in told else _recognised(words, column) for column in columns}
    found |= {column: ("id", _LAST) for column in wordless if found[column][0] in (NAME, *ROLES) and column not in told}
    named = [column for column, (role, _) in found.items() if role in (NAME, *ROLES)]
    if any(found[column][0] == NAME and not _is_weak(*found[column]) for column in named):
        named = [column for column in named if not _is_weak(*found[column])]
    if not named:
        raise _without_names(columns, where)
    alone = len([column for column in named if found[column][0] != "owner"]) == 1
    names = []
    for column in named:
        role = found[column][0]
        own = {part: (f"{role}.{part}", *([part] if alone and role != "owner" else [])) for part in ABOUT}
        about = {part: tuple(one for one, (told_of, _) in found.items() if told_of in own[part]) for part in ABOUT}
        shown: Role = next((one for one in ROLES if one == role), "")
        names.append(NameColumn(column, shown, {part: ones for part, ones in about.items() if ones}))
    ids = sorted((rank, place) for place, (role, rank) in enumerate(found.values()) if role == "id")
    id_column = columns[ids[0][1]] if ids else ""
    return NameColumns(tuple(names), id_column, tuple(_notes(names, id_column, found)))


def _is_weak(role: str, rank: int) -> bool:
    """Returns whether a column is called `name` and no more, which counts only if no other one is of no role."""
    return role == NAME and rank > 0


def _words() -> dict[str, tuple[str, int]]:
    """Returns the role and rank of each known name of a column, by folded name."""
    found: dict[str, tuple[str, int]] = {}
    for role, tiers in {**_NAME_WORDS, **_OTHER_WORDS}.items():
        for rank, tier in enumerate(tiers.split(";")):
            for word in tier.split("|"):
                found.setdefault(fold(word), (role, rank))
    return found


def _recognised(words: Mapping[str, tuple[str, int]], column: str) -> tuple[str, int]:
    """Returns the role that the name of a column suggests, and its rank; blank if it suggests none."""
    column = column[:200]
    whole = [column, _BRACKETS.sub("", column), *_PARTS.split(column)]
    for part in map(fold, whole):
        if part in words:
            return words[part]
    for part in map(fold, whole):
        for cut in range(len(part) - 1, 0, -1):
            head, tail = words.get(part[:cut]), part[cut:]
            if head is None or head[0] not in (NAME, *ROLES):
                continue
            if tail in _NAMED:
                return head
            if (of := words.get(tail)) is not None and of[0] in ABOUT:
                return f"{head[0]}.{of[0]}", of[1]
    return "", 0


def _checked(columns: Sequence[str], given: Mapping[str, str], where: str) -> dict[str, str]:
    """Returns the roles given, or raises with every column and role that does not exist."""
    faults = Faults()
    for column, role in given.items():
        if column not in columns:
            what = f"column {brief_value(column)!r} not found"
            near = nearest(column[:80], columns)
            faults.add("TABLE-COLUMN", what, where=where, nearest=near, next="use one of the columns of the table")
        name, _, part = role.partition(".")
        if role not in COLUMN_ROLES and not (name in (NAME, *ROLES) and part in ABOUT):
            what = f"{brief_value(role)!r} is not a role of a column"
            near = nearest(role[:40], COLUMN_ROLES)
            faults.add("SCREEN-ROLE", what, where=where, nearest=near, next=f"one of {', '.join(COLUMN_ROLES)}")
    faults.raise_if_any()
    return dict(given)


def _without_names(columns: Sequence[str], where: str) -> CoercivityError:
    words = [word for tiers in _NAME_WORDS.values() for tier in tiers.split(";") for word in tier.split("|")]
    known = list(map(fold, words))
    near = [column for column in columns if get_close_matches(fold(column), known, n=1, cutoff=_ALIKE)]
    shown = ", ".join(brief_value(column, longest=40) for column in columns[:MOST_SHOWN])
    more = f" and {len(columns) - MOST_SHOWN} more" if len(columns) > MOST_SHOWN else ""
    what = f"no column holds names of parties; the columns are: {shown}{more}"
    step = "give one the role `name`; without a header, save the names as .txt, one per line"
    return CoercivityError.of("SCREEN-COLUMN", what, where=where, nearest=near[:3], next=step)


def _notes(names: Sequence[NameColumn], id_column: str, found: Mapping[str, tuple[str, int]]) -> Iterator[str]:
    read = {one.column: one.role or NAME for one in names}
    read |= {column: part for one in names for part, columns in one.about.items() for column in columns}
    read |= {id_column: "id"} if id_column else {}
    yield f"columns read: {'; '.join(f'{brief_value(column)} = {role}' for column, role in read.items())}"
    left = [column for column, (role, _) in found.items() if role in ABOUT and column not in read]
    if left:
        yield f"not used, because they do not say of which party: {', '.join(map(brief_value, left))}"
    rest = [brief_value(column, longest=40) for column in found if column not in read and column not in left]
    if rest:
        more = f" and {len(rest) - MOST_SHOWN} more" if len(rest) > MOST_SHOWN else ""
        yield f"columns not read: {', '.join(rest[:MOST_SHOWN])}{more}"


def is_header(cells: Sequence[str]) -> bool:
    """Returns whether the cells of a line are the header of a table of parties: names of columns, more than one."""
    words = _words()
    roles = [_recognised(words, cell)[0] for cell in cells]
    return len(cells) > 1 and any(role in (NAME, *ROLES) for role in roles) and sum(map(bool, roles)) > 1
