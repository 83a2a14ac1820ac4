"""YAML read as text: every scalar is a string, and constructs that could surprise are rejected.

The usual reader turns `NO` into false and `2846.90` into 2846.9, and keeps the last of two equal keys. This one
returns text, rejects duplicate keys, tags, anchors, empty values and second documents, and records line numbers.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import yaml

from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.data.input import MOST_BYTES, Input, place_of, read_text

MOST_DEPTH = 40
MOST_NODES = 500_000

# What the reader of YAML says, in plain words.
_PLAIN_WORDS = {
    "did not find expected node content": "a value is missing here",
    "did not find expected key": "expected a key here, indented as the others",
    "did not find expected ',' or '}'": "a comma or a closing brace is missing",
    "did not find expected ',' or ']'": "a comma or a closing bracket is missing",
    "did not find expected '-' indicator": "expected a list entry, which begins with a hyphen",
    "could not find expected ':'": "the colon after a key is missing",
    "mapping values are not allowed in this context": "a colon cannot follow here",
    "mapping keys are not allowed in this context": "a key cannot begin here",
    "block sequence entries are not allowed in this context": "a list entry cannot begin here",
    "found unexpected end of stream": "the file ends inside quoted text",
    "found unexpected document indicator": "quoted text is not closed before a new document",
    "found character that cannot start any token": "text without quotation marks cannot begin with this character",
    "found unknown escape character": "unknown character after a backslash",
    "found unknown directive name": "a line cannot begin with a percent sign",
    "control characters are not allowed": "the text contains a control character",
    "found a tab character that violates indentation": "a tab cannot indent a line",
    "found a tab character where an indentation space is expected": "a tab cannot indent a line",
}


class TextMap(dict[str, Any]):
    """A mapping that records the line of each key."""

    __slots__ = ("key_lines", "line")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.key_lines: dict[str, int] = {}


class TextList(list[Any]):
    """A list that records the line of each entry."""

    __slots__ = ("entry_lines", "line")

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.entry_lines: list[int] = []


def line_of(value: object, path: tuple[str | int, ...]) -> int:
    """Returns the line of the value at `path`, or of its nearest ancestor."""
    line = getattr(value, "line", 1)
    for step in path:
        if isinstance(value, TextMap) and isinstance(step, str) and step in value:
            line, value = value.key_lines[step], value[step]
        elif isinstance(value, TextList) and isinstance(step, int) and step < len(value):
            line, value = value.entry_lines[step], value[step]
        else:
            break
    return line


def file_in(folder: Path, name: str) -> Path:
    """Returns the path of a file in a folder.

    Args:
        folder: The folder, which may itself be a link, because the user named it.
        name: Name of a file in the folder.

    Raises:
        CoercivityError: If the file is a link that leads out of the folder: whoever filled the folder chose its target,
            not the user who reads it; or if it is a link that leads nowhere.
    """
    path = folder / name
    if leads_out(folder, path):
        what = "this link leads out of its folder and is not followed"
        raise CoercivityError.of("FILE-LINK", what, where=name, next="copy the file itself into the folder")
    if path.is_symlink() and not path.exists():
        what = "this link leads nowhere"
        raise CoercivityError.of("FILE-LINK", what, where=name, next="copy the file itself into the folder")
    return path


def leads_out(folder: Path, path: Path) -> bool:
    """Returns whether a path below a folder leads out of it once all links are resolved."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def load_file(source: Input, *, most_bytes: int = MOST_BYTES, blanks: bool = False) -> Any:
    """Reads a YAML file, or uploaded content, as TextMap, TextList and str.

    Args:
        source: The file or content.
        most_bytes: Limit of its size.
        blanks: Whether a key may have no value, which is then blank text.

    Raises:
        CoercivityError: With every error found, each with file and line.
    """
    return load_text(read_text(source, most_bytes=most_bytes), name=place_of(source), blanks=blanks)


def load_text(text: str, *, name: str = "text", blanks: bool = False) -> Any:
    """Parses YAML text as TextMap, TextList and str.

    Args:
        text: The text.
        name: Its name in messages.
        blanks: Whether a key may have no value, which is then blank text.

    Raises:
        CoercivityError: With every error found, each with name and line.
    """
    builder = _Builder(name, blanks=blanks)
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            builder.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = _PLAIN_WORDS.get(str(getattr(error, "problem", "")), "not valid YAML")
        builder.faults.add(
            "YAML-SYNTAX",
            problem,
            where=f"{name}:{line}",
            next="correct the line; quote text with special characters",
        )
    builder.faults.raise_if_any()
    if builder.root is None:
        raise CoercivityError.of("FILE-EMPTY", "the document is empty", where=name, next="give a file with content")
    return builder.root


class _Builder:
    def __init__(self, name: str, *, blanks: bool) -> None:
        self.name, self.blanks = name, blanks
        self.faults = Faults()
        self.root: str | TextMap | TextList | None = None
        self.stack: list[TextMap | TextList] = []
        self.keys: list[str | None] = []
        self.nodes = 0
        self.documents = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark is not None else 1
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._fault(
                    "YAML-DOCUMENTS", "a second document begins here; only one per file is allowed", line, "keep one"
                )
        elif isinstance(event, yaml.AliasEvent):
            self._fault("YAML-ANCHOR", f"alias *{event.anchor} is not allowed", line, "write the value out")
            self._put("", line)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._check(event, line)
            opened: TextMap | TextList = TextMap(line) if isinstance(event, yaml.MappingStartEvent) else TextList(line)
            self._put(opened, line)
            self.stack.append(opened)
            self.keys.append(None)
            if len(self.stack) > MOST_DEPTH:
                raise CoercivityError([*self.faults.items, self._deep(line)])
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self.stack.pop()
            self.keys.pop()
        elif isinstance(event, yaml.ScalarEvent):
            self._check(event, line)
            self._put(event.value, line, plain_empty=not event.style and event.value in ("", "~", "null"))

    def _deep(self, line: int) -> Fault:
        return Fault(
            "YAML-DEPTH",
            f"nested deeper than {MOST_DEPTH} levels",
            f"{self.name}:{line}",
            next="close brackets, or nest less",
        )

    def _fault(self, code: str, what: str, line: int, next: str = "") -> None:
        if len(self.faults.items) < 100:
            self.faults.add(code, what, where=f"{self.name}:{line}", next=next)

    def _check(self, event: Any, line: int) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            fault = Fault(
                "YAML-SIZE", f"more than {MOST_NODES:,} values", f"{self.name}:{line}", next="divide the file"
            )
            raise CoercivityError([*self.faults.items, fault])
        if event.anchor is not None:
            self._fault("YAML-ANCHOR", f"anchor &{event.anchor} is not allowed", line, "write the value out")
        if event.tag is not None:
            self._fault("YAML-TAG", f"tag {event.tag} is not allowed; every value is text", line, "remove the tag")

    def _put(self, value: str | TextMap | TextList, line: int, *, plain_empty: bool = False) -> None:
        if not self.stack:
            self.root = value
            return
        top = self.stack[-1]
        if isinstance(top, TextList):
            if plain_empty:
                self._fault("YAML-EMPTY", "the entry has no value", line, "remove the entry, or quote empty text")
            top.append(value)
            top.entry_lines.append(line)
            return
        key = self.keys[-1]
        if key is None:
            if not isinstance(value, str):
                self._fault("YAML-KEY", "a key must be plain text", line, "write one word before the colon")
                value = f"(key at line {line})"
            if value in top:
                self._fault("YAML-DUPLICATE", f"duplicate key {value!r}", line, "keep one of them")
            self.keys[-1] = value
            top.key_lines[value] = line
            return
        if plain_empty and self.blanks:
            value = ""
        elif plain_empty:
            self._fault("YAML-EMPTY", f"key {key!r} has no value", line, "remove the key, or give it a value")
        top[key] = value
        self.keys[-1] = None
