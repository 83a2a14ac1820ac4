"""Every text that a person reads, with its place: words, law, templates, messages, docstrings, docs."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from tests.places import ROOT

Kind = Literal["words", "rules", "template", "message", "docstring", "docs"]

LANGS = frozenset({"en", "zh"})
CHINESE = re.compile(r"[\u3400-\u9fff]")
# Files of the packs that hold words to be read from users' texts, not texts to be shown.
READ_NOT_SHOWN = ("packs/law/phrases.yaml", "packs/law/columns.csv")
# Pages of dated records and of generated texts, which are held at their source.
NOT_WRITTEN_HERE = (
    "plans/",
    "changes/",
    "docs/facts.md",
    "docs/coverage.md",
    "docs/coverage-abroad.md",
    "docs/glossary.md",
    "CHANGELOG.md",
)
FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`[^`\n]*`")
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
HIDDEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
SPEAKING = re.compile(r"(?:alt|title|placeholder|aria-label)=\"([^\"]*)\"")


@dataclass(frozen=True)
class Text:
    """A text that a person reads.

    Attributes:
        path: File, relative to the root.
        line: Line in which the text begins.
        key: Where in a file of words, such as `title`; empty elsewhere.
        kind: What it is.
        lang: Its language.
        said: The text.
    """

    path: str
    line: int
    key: str
    kind: Kind
    lang: str
    said: str

    @property
    def place(self) -> str:
        """File and line, as editors open them."""
        return f"{self.path}:{self.line}" + (f" {self.key}" if self.key else "")


def collect() -> list[Text]:
    """Returns the texts of the tree, sorted by place."""
    found = [*_of_words(), *_of_templates(), *_of_code(), *_of_docs()]
    return sorted(found, key=lambda text: (text.path, text.line, text.key, text.lang))


def pairs() -> Iterator[tuple[str, dict[str, str]]]:
    """Yields each place that holds a text in English, Chinese or both, with what it holds."""
    for path in _word_files():
        for line, key, node in _mappings(_composed(path)):
            held = _languages(node)
            if held:
                yield f"{_name(path)}:{line} {key}", held


def _word_files() -> list[Path]:
    source = ROOT / "src/coercivity"
    found = [*source.glob("web/words/*.yaml"), *source.glob("papers/words/*.yaml"), *source.glob("packs/**/*.yaml")]
    return sorted(path for path in found if not _name(path).endswith(READ_NOT_SHOWN) and "/cases" not in _name(path))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _composed(path: Path) -> yaml.Node | None:
    return yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def _mappings(node: yaml.Node | None, key: str = "") -> Iterator[tuple[int, str, yaml.MappingNode]]:
    if isinstance(node, yaml.MappingNode):
        yield node.start_mark.line + 1, key, node
        for name, value in node.value:
            yield from _mappings(value, f"{key}.{name.value}".lstrip("."))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _mappings(value, f"{key}[{number}]")


def _languages(node: yaml.MappingNode) -> dict[str, str]:
    return {k.value: v.value for k, v in node.value if k.value in LANGS and isinstance(v, yaml.ScalarNode)}


def _of_words() -> Iterator[Text]:
    for path in _word_files():
        kind: Kind = "rules" if "/packs/" in _name(path) else "words"
        for line, key, node in _mappings(_composed(path)):
            for lang, said in _languages(node).items():
                yield Text(_name(path), line, key, kind, lang, said)


def _of_templates() -> Iterator[Text]:
    for path in sorted((ROOT / "src/coercivity").glob("*/templates/*.j2")):
        raw = path.read_text(encoding="utf-8")
        bare = _blank(JINJA, _blank(HIDDEN, raw))
        for found in SPEAKING.finditer(bare):
            if found[1].strip():
                yield _one(path, bare, found.start(1), "template", found[1])
        for found in re.finditer(r"[^\n]+", _blank(TAG, bare)):
            if re.search(r"[A-Za-z]{3}|[\u3400-\u9fff]", found[0]):
                yield _one(path, bare, found.start(), "template", found[0].strip())


def _of_code() -> Iterator[Text]:
    for path in sorted((ROOT / "src/coercivity").rglob("*.py")):
        if _name(path).endswith(READ_NOT_SHOWN):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documented = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                said = ast.get_docstring(node)
                if said:
                    documented.add(id(node.body[0].value))  # type: ignore[attr-defined] # a docstring is an expression
                    yield Text(_name(path), node.body[0].lineno, "", "docstring", "en", CODE.sub(" ", said))
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        patterns = {id(arg) for node in ast.walk(tree) if _makes_pattern(node) for arg in ast.walk(node)}
        for node in ast.walk(tree):
            if id(node) in documented | parts | patterns:
                continue
            message = _message(node)
            if "|" not in message and len(re.findall(r"\b[A-Za-z]{2,}\b", message)) >= 3:
                yield Text(_name(path), node.lineno, "", "message", "en", CODE.sub(" ", message))  # type: ignore[attr-defined]


def _makes_pattern(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")


def _message(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return ""


def _of_docs() -> Iterator[Text]:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")]
    for path in sorted(pages):
        if _name(path).startswith(NOT_WRITTEN_HERE):
            continue
        bare = _blank(CODE, _blank(FENCE, _blank(FRONT, path.read_text(encoding="utf-8"))))
        bare = re.sub(r"\]\([^)\n]*\)", lambda found: "]" + " " * (len(found[0]) - 1), bare)
        for found in re.finditer(r"[^\n]+", bare):
            if re.search(r"\w", found[0]):
                yield _one(path, bare, found.start(), "docs", found[0].strip())


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Blanks what matches, line ends apart, so that places stay where they are."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _one(path: Path, text: str, start: int, kind: Kind, said: str) -> Text:
    lang = "zh" if len(CHINESE.findall(said)) > len(re.findall(r"[A-Za-z]+", said)) else "en"
    return Text(_name(path), text.count("\n", 0, start) + 1, "", kind, lang, " ".join(said.split()))
