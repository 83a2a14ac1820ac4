"""Plain data as YAML text of one line a key, with the line of each part."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./-]*|\d+(?:\.\d+)?|\d{4}-\d{2}", re.ASCII)
_SPECIAL = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))


@dataclass(slots=True)
class Emitter:
    """Writes plain data as YAML of one line per key, and keeps the line of each part."""

    lines: dict[Path, int] = field(default_factory=dict)
    _count: int = 0

    def block(self, content: Mapping[str, object], indent: str = "", path: Path = (), first: str = "") -> list[str]:
        """Returns the lines of a mapping; `first` replaces the indent of its first line."""
        found: list[str] = []
        for key, value in content.items():
            lead, here = (first or indent) if not found else indent, (*path, key)
            found += self._value(f"{lead}{_scalar(str(key))}:", value, indent, here)
        return found

    def _value(self, lead: str, value: object, indent: str, path: Path) -> list[str]:
        self._count += 1
        self.lines[path] = self._count
        if isinstance(value, dict) and value:
            return [lead, *self.block(value, indent + "  ", path)]
        if isinstance(value, Sequence) and not isinstance(value, str) and any(isinstance(each, dict) for each in value):
            found = [lead]
            for number, each in enumerate(value):
                self.lines[*path, number] = self._count + 1
                found += self._item(each, indent, (*path, number))
            return found
        return [f"{lead} {_flow(value)}"]

    def _item(self, value: object, indent: str, path: Path) -> list[str]:
        if isinstance(value, dict) and value:
            return self.block(value, indent + "  ", path, f"{indent}- ")
        self._count += 1
        return [f"{indent}- {_flow(value)}"]


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(str(key))}: {_flow(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(str(value))


def _scalar(text: str) -> str:
    """Returns a text as a YAML scalar: plain if that is safe, quoted otherwise."""
    if _PLAIN.fullmatch(text) and text.lower() not in _SPECIAL:
        return text
    return json.dumps(text, ensure_ascii=False)
