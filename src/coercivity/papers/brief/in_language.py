"""The report data in the language of a page.

Names that the report data give as plain text are in two keys, such as `name` and `name_zh`; a page takes one of them.
"""

from __future__ import annotations

from typing import cast

from coercivity.base.words import Lang
from coercivity.papers.brief.report_data import BriefReport

_SUFFIX = "_zh"


def shown_in(body: BriefReport, lang: Lang) -> BriefReport:
    """Returns the report data with every name in the language of the page; in English, the report data themselves.

    Args:
        body: The report data.
        lang: Language of the page.
    """
    return cast(BriefReport, _chinese(body)) if lang == "zh" else body


def _chinese(value: object) -> object:
    if isinstance(value, dict):
        held = {name for name in value if f"{name}{_SUFFIX}" in value}
        return {
            name: value[f"{name}{_SUFFIX}"] if name in held else part if name == "proof" else _chinese(part)
            for name, part in value.items()
        }
    return [_chinese(part) for part in value] if isinstance(value, list) else value
