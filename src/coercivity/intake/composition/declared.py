"""The fields of a customs declaration in one cell: `品名: ...; 材质: ...`."""

from __future__ import annotations

import re

_FIELD = re.compile(r"\s*(?:\d{1,2}\s*[:.、]\s*)?([^\W\d_]{2,12})\s*:(.*)", re.S)
_PARTS = re.compile(r"[;|。\n]")
_MADE_OF = frozenset((
    "材质", "材料", "成分", "成份", "化学成分", "化学成份", "材质成分", "成分含量", "主要成分", "组成", "含量",
    "material", "composition", "content",
))  # fmt: skip
_OTHER = frozenset((
    "品名", "名称", "商品名称", "货物名称", "用途", "规格", "型号", "规格型号", "品牌", "品牌类型", "形状",
    "外观", "尺寸", "产地", "原产国", "加工方法", "加工工艺", "包装", "包装规格", "签约日期", "出口享惠情况",
    "是否烧结", "来源", "状态", "牌号", "name", "description", "use", "brand", "model",
))  # fmt: skip


def declared(text: str) -> tuple[str, str]:
    """Returns the composition stated in a declaration, and the text of its other fields.

    Args:
        text: Flat text; text that is not a declaration is returned unchanged, with nothing else.
    """
    made: list[str] = []
    others: list[str] = []
    taken, seen = made, False
    for part in _PARTS.split(text):
        found = _FIELD.match(part)
        key = found[1].casefold() if found else ""
        known = key in _MADE_OF or key in _OTHER
        if known:
            taken, seen = (made if key in _MADE_OF else others), True
        taken.append((found[2] if found and known else part).strip())
    return ("; ".join(filter(None, made)), "; ".join(filter(None, others))) if seen and any(made) else (text, "")
