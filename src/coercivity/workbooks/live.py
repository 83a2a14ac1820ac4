"""Text that a spreadsheet program might evaluate as a formula, made inert in CSV, and read back as it was."""

from __future__ import annotations

import re

_LIVE = re.compile(r"[\s\x00]*[=+\-@＝＋－＠﹦﹢﹣﹫]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_MARK = "'"


def is_live(text: str) -> bool:
    """Returns whether a spreadsheet program may evaluate a text as a formula; a number is none."""
    return bool(_LIVE.match(text)) and not _NUMBER.fullmatch(text)


def inert(text: str) -> str:
    """Returns the text of a CSV cell that no program evaluates: a live one follows a single quote."""
    return _MARK + text if _marked(text) else text


def revived(text: str) -> str:
    """Returns the text of a CSV cell as it was before `inert`."""
    return text[1:] if text.startswith(_MARK) and _marked(text[1:]) else text


def _marked(text: str) -> bool:
    return is_live(text.lstrip(_MARK))
