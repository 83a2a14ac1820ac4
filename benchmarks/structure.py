"""Size and structure of the source: `python -m benchmarks.structure [CHECKOUT ...]`, one column per checkout.

Files per folder, lines per file and function, imports of a user interface that bypass `verbs`, untyped lines, exported
names. Reads only the source; nothing of a checkout is imported.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

SKINS = ("cli", "web", "http")
DOOR = ("verbs", "base")
# Where a skin starts or mounts the next one.
STARTS = ("cli/commands/serve.py", "web/site.py")
UNTYPED = re.compile(r"dict\[str, Any\]|Mapping\[str, Any\]")


def python_files(checkout: Path) -> dict[str, str]:
    """Returns the source files of a checkout by path in the package."""
    package = checkout / "src" / "coercivity"
    found = {path.relative_to(package).as_posix(): path for path in sorted(package.rglob("*.py"))}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items() if not name.startswith("packs/")}


def functions(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Yields every function with its number of lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def imported(tree: ast.AST) -> Iterator[str]:
    """Yields the packages that a file imports from, one per import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("coercivity."):
            yield str(node.module).split(".")[1]


def past_the_door(files: dict[str, str]) -> dict[str, int]:
    """Returns, by user interface, the imports other than from itself, `verbs` and `base`."""
    found = dict.fromkeys(SKINS, 0)
    for name, text in files.items():
        skin = name.split("/")[0]
        if skin in SKINS and name not in STARTS:
            found[skin] += sum(room not in (*DOOR, skin) for room in imported(ast.parse(text)))
    return found


def exported(files: dict[str, str]) -> int:
    """Returns the number of names in `coercivity.__all__`."""
    for node in ast.parse(files["__init__.py"]).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
            assert isinstance(node.value, ast.List)
            return len(node.value.elts)
    return 0


def measures(checkout: Path) -> dict[str, str]:
    """Returns the measurements of a checkout as text, by name."""
    files = python_files(checkout)
    lines = {name: text.count("\n") for name, text in files.items()}
    folders = Counter(name.rpartition("/")[0] or "." for name in files)
    spans = [
        (span, f"{name}:{function}") for name, text in files.items() for function, span in functions(ast.parse(text))
    ]
    most, least_tidy = folders.most_common(1)[0][::-1]
    longest_file = max(lines, key=lambda name: (lines[name], name))
    longest_function = max(spans)
    return {
        "lines": f"{sum(lines.values()):,}",
        "files": f"{len(files)}",
        "folders": f"{len(folders)}",
        "files to a folder, median": f"{median(folders.values()):g}",
        "most files in a folder": f"{most} ({least_tidy})",
        "folders of more than 16 files": f"{sum(count > 16 for count in folders.values())}",
        "lines to a file, median": f"{median(lines.values()):g}",
        "longest file": f"{lines[longest_file]} ({longest_file})",
        "files over 300 lines": f"{sum(count > 300 for count in lines.values())}",
        "lines to a function, median": f"{median(span for span, _ in spans):g}",
        "longest function": f"{longest_function[0]} ({longest_function[1]})",
        "functions over 60 lines": f"{sum(span > 60 for span, _ in spans)}",
        **{f"imports of {skin} past the door": f"{count}" for skin, count in past_the_door(files).items()},
        "lines of dict[str, Any] or Mapping[str, Any]": f"{sum(len(UNTYPED.findall(line)) > 0 for text in files.values() for line in text.splitlines())}",
        "names exported": f"{exported(files)}",
    }


def main() -> None:
    """Prints a table with a column per checkout; by default for the checkout of this file."""
    checkouts = [Path(name) for name in sys.argv[1:]] or [Path(__file__).parents[1]]
    columns = [measures(checkout) for checkout in checkouts]
    width = max(map(len, columns[0]))
    for name in columns[0]:
        print(f"{name:<{width}}  " + "  ".join(f"{column[name]:<44}" for column in columns).rstrip())


if __name__ == "__main__":
    main()
