"""Names of parties that name nobody: to be confirmed, N.N., various, confidential."""

from __future__ import annotations

import re
from html import unescape

from coercivity.base.words import bare
from coercivity.intake.composition.flat import flat
from coercivity.intake.parties.names import FORMS, all_words, fold, is_form
from coercivity.intake.parties.scripts.characters import look_alikes, shown

# Words of a cell, folded: without case, dots, spaces and punctuation.
_PLACEHOLDERS = """
tbc tbd tba tbn tbs nn na nan nat nil null none void blank empty ref value num unknown unnamed anonymous anonym
unnamedparty notstated notavailable notdisclosed
undisclosed undetermined unspecified notspecified unconfirmed pending open various several diverse divers diverses
verschiedene mehrere multiple many misc miscellaneous confidential secret vertraulich geheim restricted redacted
withheld offen unbekannt nichtbekannt folgt asabove seeabove ditto same siehe sieheoben dito idem tofollow
customer client buyer consignee enduser endcustomer kunde endkunde empfänger dummy test placeholder sample example
待确认 待定 待补 待补充 待填 待通知 未定 未知 未确认 未確認 未確定 未命名 未披露 未公开 不明 不详 不詳 不便透露
空白 空 保密 机密 機密 秘密 多家 多个 若干 各家 各种 某公司 某客户 某某 某某公司
客户 顾客 最终用户 收货人 同上 如上 暂无 暂缺 无名 匿名
待客户确认 客户待定 另行通知 同买方 详见合同 见合同 见附件 详见附件 自用 库存 备货
ka nk nv entfällt lager stock undefined unassigned noneyet tbdlater seepo seecontract seeattachment néant neant inconnu
別途連絡 在庫
名無し 未公表 非公開 非公表 複数 各社 同左 顧客 調整中
"""
_NOBODY = frozenset(_PLACEHOLDERS.split())
# Words that name nobody, alone or together: `our end customers`, `end user unknown`, `identical to consignee`.
_IDLE_WORDS = """
customer customers client clients buyer buyers purchaser consignee consignees recipient recipients user users enduser
endusers end final ultimate endcustomer endcustomers distributor distributors dealer dealers reseller resellers
wholesaler trader traders agent importer kunde kunden endkunde endkunden abnehmer empfänger verwender endverwender
the our their own a an of to for by in is be as like same identical see with wie identisch mit ohne kein keine angabe
noch nicht unbekannt offen all any various several multiple many diverse foreign overseas abroad local domestic private
unknown unnamed undisclosed tbd tbc tba nn na not no yet name names named stated provided given known applicable
available confirmed determined decided nominated withheld missing pending use stock stocks order
nobody noone someone somebody anyone anybody everyone person persons individual individuals
"""
_IDLE = frozenset(_IDLE_WORDS.split())
_ROLES_ZH = "(?:最终|终端)?(?:用户|客户)|收货人|收货方|买方|买家|采购方|厂家|经销商|贸易商|代理商|进口商|公司|个人"
_IDLE_ZH = re.compile(
    rf"(?:{_ROLES_ZH}|国外|海外|境外|国内|外国|未知|未定|待定|待确认|未确认|未提供|未填写|未填|未说明|没有|不详|不明|相同|一致|一样"
    r"|同|与|无|某|各|某人|无人|自用|转售|库存|销售"
    r"|エンドユーザー|ユーザー|最終|需要者|需要家|使用者|納入先|荷受人|顧客|と同じ|同じ|不明|なし)+[a-z]?\Z"
)
_OF_NO_FORM = re.compile("(?![某股份有限责任公司株式会社合同])[\u4e00-\u9fff]")  # a text with it is not only a form
_WORDS = re.compile(r"[^\W\d_]+")
_NO_AUTHOR_WORDS = """
me myself i we us you your my he she they who whom name sign signed signature signer unsigned initials initial here
searched search checked check screened by said on date day person department done will do it this nemo niemand keiner
jemand wir ich
"""
_NO_AUTHOR = frozenset(_NO_AUTHOR_WORDS.split()) | _IDLE
_DEFERRED_WORDS = """
tbc tbd tba tbn nn unknown pending unsigned unconfirmed nobody noone
"""
_DEFERRED = frozenset(_DEFERRED_WORDS.split())
_NO_AUTHOR_WORDS_ZH = """
无人 没有人 某人 有人 本人 我 我们 签名 签字 署名 负责人 经办人 姓名 未签名 未签字 未署名
未签 待签 待签字 待签名 誰か 担当者 氏名
"""
_ASKING = re.compile(r"[?\u00bf\u037e\u055e\u061f]")  # question marks of several scripts
_SHORT_NO_AUTHOR = frozenset({"me", "Me", "we", "We", "us", "he", "He", "my", "moi", "Moi", "io", "yo"})
_NO_AUTHOR_ZH = frozenset(_NO_AUTHOR_WORDS_ZH.split())
_ENDINGS = """
customers customer clients client buyers endusers enduser endcustomers companies company parties party consignees
consignee recipients kunden endkunden empfänger abnehmer users 客户 公司 企业 用户 收货人 顧客
"""
_TAILS = tuple(_ENDINGS.split())
_SENTENCE = re.compile(
    r"(?:to be (?:confirmed|determined|advised|announced|named|nominated|defined|decided|provided|specified|told)"
    r"|(?:not|nicht) (?:yet|noch|known|named|bekannt|disclosed|stated)\b|noch (?:nicht|offen|unbekannt|zu)\b"
    r"|same as\b|will (?:follow|be)\b"
    r"|(?:customer|client|distributor|end[ -]?user|buyer|kunde|company) [A-Z0-9]\Z|see po\b"
    r"|see (?:above|attached|contract|list)|as per\b|tb[acd]\b(?! [A-Za-z])|wird (?:noch|nachgereicht))",
    re.I,
)
_LEAST_GLANCE = 8  # letters of a name that is taken for one at first glance
_FIRST_WORDS = """
to not nicht noch same will customer client distributor end buyer kunde company see as tba tbb tbc tbd wird
"""
_STARTS = frozenset((_FIRST_WORDS + _IDLE_WORDS).split())


def names_nobody(text: str) -> bool:
    """Returns whether the name of a party is a placeholder, or has too few letters to be a name.

    Args:
        text: The cell. A name has at least two letters or CJK characters; one CJK character and a letter count as two.
    """
    if text.isascii() and _names_somebody(text):
        return False
    whole = flat(shown(text))
    word = "".join(sign for sign in whole.casefold() if sign.isalnum())
    letters = [sign for sign in word if sign.isalpha()]
    short = len(letters) < 2 and not (letters and len(word) > 1)  # 3M is a name
    if short or (len(set(letters)) == 1 and letters == [*word]):
        return True
    if word in _NOBODY or _SENTENCE.match(whole) or _is_idle(whole, _IDLE):
        return True
    if not word.isascii() and _IDLE_ZH.match(word):
        return True
    if not _OF_NO_FORM.search(word) and is_form(whole):
        return True
    if len(letters) > 1 and len(fold(whole)) < 2:  # a form after one character
        return True
    return word.endswith(_TAILS) and any(word.removesuffix(tail) in _NOBODY for tail in _TAILS if word.endswith(tail))


def _names_somebody(text: str) -> bool:
    """Returns whether a text is at first glance a name: none of the words that name nobody is at either end."""
    words = all_words(text)
    if len(words) < 2 or words[0] in _STARTS or words[0] in FORMS or words[0][0].isdigit():
        return False
    word = "".join(words)
    return len(word) > _LEAST_GLANCE and word not in _NOBODY and not word.endswith(_TAILS) and word.isalpha()


def signs_nobody(text: str) -> bool:
    """Returns whether a signature is a placeholder: `not signed`, `your name`, `compliance (tbc)`, `export desk?`.

    Args:
        text: Person or department, as stated.
    """
    whole = flat(look_alikes(shown(unescape(text))))
    words = {word.casefold() for form in (whole, bare(whole)) for word in _WORDS.findall(form)}
    if _ASKING.search(whole) or not words.isdisjoint(_DEFERRED) or whole in _NO_AUTHOR_ZH:
        return True
    if whole in _SHORT_NO_AUTHOR:  # `ME` may be initials
        return True
    return names_nobody(whole) or names_nobody(text) or _is_idle(whole, _NO_AUTHOR)


def _is_idle(whole: str, idle: frozenset[str]) -> bool:
    """Returns whether a text consists of nothing but words that name nobody."""
    first = _WORDS.search(whole)
    if first is None or first.group().casefold() not in idle:
        return False
    words = _WORDS.findall(whole.casefold())
    return any(len(word) > 2 for word in words) and not re.search(r"\d", whole) and idle.issuperset(words)
