"""The only place that prints: text typed by users is shown as text and cannot control the terminal."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import replace

from coercivity.base.errors import Argument, Fault
from coercivity.base.words import Lang, plain, steers
from coercivity.cli import progress
from coercivity.cli.streams import holds_all

INVERTED, BRACKETS = ("\x1b[7m", "\x1b[27m"), ("[", "]")
_ODD = re.compile(r"[^\n -~]")
_LABELS = (("    nearest: ", "    最接近："), ("    next: ", "    下一步："))


def put(*lines: str) -> None:
    """Prints lines; a line break or an escape sequence inside one is shown as `?`."""
    if lines:
        progress.clear()
        print("\n".join(map(plain, lines)))


def put_styled(*lines: Sequence[tuple[str, bool]]) -> None:
    """Prints lines made of parts; marked ones are inverted on a terminal, and in square brackets elsewhere.

    Args:
        lines: For each line its parts, and whether each is marked.
    """
    begin, end = INVERTED if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else BRACKETS
    progress.clear()
    for line in lines:
        print("".join(f"{begin}{plain(text)}{end}" if marked and text else plain(text) for text, marked in line))


def put_raw(text: str) -> None:
    """Prints the text of a file as it is, such as CSV, whose writer made its cells plain."""
    progress.clear()
    sys.stdout.write(text)


def complain(*lines: str) -> None:
    """Prints lines to standard error, as `put` does."""
    progress.clear()
    print("\n".join(map(plain, lines)), file=sys.stderr)


def fault_lines(fault: Fault, lang: Lang = "en") -> list[str]:
    """Returns an error as lines of text, with an argument of a verb named as an option."""
    where = f"--{fault.where.replace('_', '-')}" if isinstance(fault.where, Argument) else fault.where
    if lang != "zh":
        return replace(fault, where=where).lines()
    from coercivity.verbs.messages import fault_in, nearest_text

    near = (nearest_text(fault.nearest, lang),) if fault.nearest else ()
    head, *rest = replace(fault_in(fault, lang), where=where, nearest=near).lines()
    return [head, *(line.replace(en, zh, 1) for line in rest for en, zh in _LABELS if line.startswith(en))]


def warn(notices: Sequence[Fault], lang: Lang = "en") -> None:
    """Prints notices to standard error: something to know that does not affect the result."""
    if notices:
        complain(*(line for notice in notices for line in fault_lines(notice, lang)))


def json_line(content: object) -> str:
    """Returns one line of JSON; control characters are written as escapes, so that the content stays the same."""
    return _ODD.sub(_escaped, json.dumps(content, ensure_ascii=not holds_all(sys.stdout), default=str))


def put_json(content: object) -> None:
    """Prints JSON; control characters are written as escapes, so that the content stays the same."""
    progress.clear()
    print(_ODD.sub(_escaped, json.dumps(content, ensure_ascii=not holds_all(sys.stdout), indent=2, default=str)))


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    if not steers(sign):
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) < 0x10000 else json.dumps(sign)[1:-1]
