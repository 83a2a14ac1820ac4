"""Runs the commands of the pages, and compares or renews the output quoted below each.

    python -m tests.docs.outputs [--accept] [PAGE ...]

CONTRIBUTING.md, "Quoted outputs", describes the form of a page. Without `--accept` it prints what differs and exits with 1.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Set
from pathlib import Path
from typing import NamedTuple

from coercivity.cli.app import main as coercivity_main
from coercivity.law.rules.model import Outcome
from tests.docs.addresses import MARK, PAGE, with_addresses
from tests.places import ROOT

# A block with its language and title, and what the comment before it says: `<!-- exit 10 -->`, `<!-- exit 2, costly -->`.
BLOCK = re.compile(
    r"(?:^<!-- (?:exit (?P<exit>\d+))?(?:, )?(?P<costly>costly)? -->\n)?"
    r'^```(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$',
    flags=re.DOTALL | re.MULTILINE,
)
# Lines of `bash` blocks, which are not run: they set up the environment, need a server or half an hour, or write into
# the packs.
NOT_RUN = re.compile(
    r"coercivity outlook .*--draws 256.*|make \w+|\. \.venv/bin/activate|pip install .*|coercivity serve|curl .*|python -c .*"
)
CUT = "..."
RESULTS = {outcome.exit_code for outcome in Outcome}
HASH = re.compile(r"\b[0-9a-f]{12,64}\b")
ENOUGH = 0.1  # least likeness at which a new line is taken for the successor of a quoted one


class Quote(NamedTuple):
    """One quoted output: its place in the page, its text, and what the commands before it printed."""

    start: int
    end: int
    text: str
    told: list[str]


def pages() -> list[Path]:
    """Returns the pages that have a command to run."""
    found = [*ROOT.glob("docs/**/*.md"), ROOT / "README.md"]
    return sorted(page for page in found if re.search(r"^```(sh|console)$", page.read_text(encoding="utf-8"), re.M))


def run(command: str) -> tuple[int, str]:
    """Returns the exit code and output of one command, run in this process, or in a new one where it names another pack, which the page may have changed."""
    asked, _, target = command.partition(" > ")
    first, *arguments = shlex.split(asked, comments=True)
    if first == "coercivity" and "--pack" not in arguments:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code = coercivity_main(arguments)
            except SystemExit as end:  # --version ends the process
                code = end.code if isinstance(end.code, int) else 0
        told, errors = (one.buffer.getvalue().decode("utf-8") for one in (out, err))
    else:
        if first not in {"coercivity", "cp", "sed"}:
            raise ValueError(f"{command}: pages run `coercivity`, `cp` and `sed` only")
        start = [sys.executable, "-m", first] if first == "coercivity" else [first]
        done = subprocess.run([*start, *arguments], check=False, capture_output=True, text=True, encoding="utf-8")
        code, told, errors = done.returncode, done.stdout, done.stderr
    if target:
        Path(target).write_text(told, encoding="utf-8")
    return code, errors if target else told + errors


def run_all(commands: str, codes: Set[int]) -> list[str]:
    """Runs commands of one block and returns the lines they print; each must end with one of the exit codes."""
    lines: list[str] = []
    for command in commands.replace("\\\n", " ").splitlines():
        code, told = run(command)
        if code not in codes:
            raise AssertionError(f"exit {code} instead of {sorted(codes)}: {command}\n{told}")
        lines += [line.rstrip() for line in told.splitlines()]
    return trimmed(lines)


def trimmed(lines: list[str]) -> list[str]:
    """Returns the lines without blank ones at the beginning and the end."""
    kept = [at for at, line in enumerate(lines) if line]
    return lines[kept[0] : kept[-1] + 1] if kept else []


def quotes(text: str, folder: Path, whole: bool) -> Iterator[Quote]:
    """Runs a page in a folder and yields its quoted outputs; costly blocks only where everything runs."""
    told: list[str] | None = None
    for block in BLOCK.finditer(text):
        body, language = block["body"], block["language"]
        skipped = block["costly"] is not None and not whole
        if block["title"] and language != "json":
            path = folder / block["title"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(body, encoding="utf-8")
        elif language == "sh":
            told = None if skipped else run_all(body, {int(block["exit"] or 0)})
        elif language == "text" and told is not None:
            yield Quote(block.start("body"), block.end("body"), body, told)
        elif language == "console" and not skipped:
            yield from console(body, block.start("body"), {int(block["exit"])} if block["exit"] else RESULTS)
        elif language == "python" and not skipped:
            exec(compile(body, "page", "exec"), {})
        elif language == "bash" and not all(map(NOT_RUN.fullmatch, body.splitlines())):
            raise ValueError(f"a `bash` block is not run; use `sh` for {body!r}")


def console(body: str, start: int, codes: Set[int]) -> Iterator[Quote]:
    """Yields what is quoted below each `$ command` of a block; an indented line goes on with the command before it."""
    for found in re.finditer(r"^\$ ((?:.*\\\n)*.*\n)((?:(?!\$ ).*\n)*)", body, flags=re.MULTILINE):
        told = run_all(found[1].rstrip("\n"), codes)
        if found[2].strip():
            yield Quote(start + found.start(2), start + found.end(2), found[2], told)


@contextlib.contextmanager
def desk() -> Iterator[Path]:
    """Changes into a temporary folder that looks like the checkout and takes what the commands write."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for part in ("examples", "src", "docs"):
            (folder / part).symlink_to(ROOT / part)
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(before)


def segments(text: str) -> list[list[str]]:
    """Splits a quoted output at its `...` lines; the first and last part are empty where it begins or ends with one."""
    parts: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip() == CUT:
            parts.append([])
        else:
            parts[-1].append(line.rstrip())
    return parts


def fits(shown: str, line: str) -> bool:
    """Returns whether a quoted line is a printed one, `...` standing for any part of it."""
    return re.fullmatch(".*".join(re.escape(part) for part in shown.split(CUT)), line) is not None


def unlike(text: str, told: list[str]) -> str | None:
    """Returns the first quoted line that was not printed at its place, or None."""
    parts, at = segments(text), 0
    for number, part in enumerate(parts):
        first, last = number == 0, number == len(parts) - 1
        starts = range(at, len(told) - len(part) + 1)
        starts = starts[:1] if first else starts
        if last and (part or first):
            starts = starts[-1:] if not first or len(told) == len(part) else starts[:0]
        found = next((n for n in starts if all(map(fits, part, told[n:]))), None)
        if found is None:
            return next((one for one in part if not any(fits(one, line) for line in told[at:])), (part or [CUT])[0])
        at = found + len(part)
    return None


def marks(line: str) -> set[object]:
    """Returns the pairs of signs in a line, and its numbers and ids with more weight."""
    text = " ".join(HASH.sub("", line).split())
    pairs: set[object] = {text[at : at + 2] for at in range(len(text) - 1)} or {text}
    ids = re.findall(r"[\w.,/-]*\d[\w.,/-]*", text)
    return pairs | {(one, weight) for one in ids for weight in range(3)}


def placed(shown: list[tuple[str, bool]], told: list[str], closed: bool) -> list[int | None]:
    """Returns for each quoted line (with whether lines are left out before it) the printed line that is most like it."""
    ours, theirs = [marks(line) for line, _ in shown], [marks(line) for line in told]
    best: list[list[float]] = [[0.0 if shown[0][1] else -0.3 * column for column in range(len(told) + 1)]]
    steps: list[list[str]] = [[""] + ["told"] * len(told)]
    for row, (line, _) in enumerate(shown):
        gap_follows = shown[row + 1][1] if row + 1 < len(shown) else not closed
        before, scores, taken = best[-1], [best[-1][0] - 0.3], ["shown"]
        for column, printed in enumerate(told):
            common = len(ours[row] & theirs[column])
            like = 2 * common / (len(ours[row]) + len(theirs[column])) + (0.5 if fits(line, printed) else 0.0)
            options = {
                "shown": before[column + 1] - 0.3,
                "told": scores[column] - (0.0 if gap_follows else 0.1),
                "both": before[column] + like if like >= ENOUGH else float("-inf"),
            }
            step = max(options, key=lambda name: options[name])
            scores.append(options[step])
            taken.append(step)
        best.append(scores)
        steps.append(taken)
    result: list[int | None] = [None] * len(shown)
    row, column = len(shown), len(told)
    while row and (column or steps[row][column] == "shown"):
        step = steps[row][column]
        if step == "both":
            result[row - 1] = column - 1
        row, column = row - (step != "told"), column - (step != "shown")
    return result


def cut_like(shown: str | None, line: str) -> str:
    """Returns a printed line as the page quotes it: hashes left out or the end cut where they were before."""
    if shown is None or CUT not in shown:
        return line
    if fits(shown, line):
        return shown
    masked = HASH.sub(CUT, line)
    if masked != line or CUT in line:
        return masked
    return line[: len(shown) - len(CUT)] + CUT if len(line) > len(shown) else line


def goes_on(line: str, following: str) -> bool:
    """Returns whether a sentence goes on in the next line of the same paragraph."""
    indents = [len(one) - len(one.lstrip()) for one in (line, following)]
    return indents[0] == indents[1] and not line.endswith((".", "。"))


def renewed(text: str, told: list[str]) -> str:
    """Returns a quoted output with the lines that are printed now, left out where it left out before."""
    if unlike(text, told) is None:
        return text
    parts = segments(text)
    shown = [(line, at == 0 and number > 0) for number, part in enumerate(parts) for at, line in enumerate(part)]
    places, lines, at, end = placed(shown, told, bool(parts[-1])), list[str](), 0, 0
    for number, part in enumerate(parts):
        found = {
            place: line for line, place in zip(part, places[at : at + len(part)], strict=True) if place is not None
        }
        at += len(part)
        opens, closes = number == 0 and bool(part), number == len(parts) - 1 and bool(part)
        if part and not found and not opens and not closes:
            raise AssertionError(f"nothing printed is like {part[0]!r}; quote it again")
        if closes and not opens and found and len(told) - min(found) > 2 * len(part):
            found = {}  # too far from the end of the output
        first = 0 if opens else min(found, default=max(end, len(told) - len(part)) if closes else end)
        last = len(told) if closes else max(found, default=first + len(part) - 1) + 1
        whole = bool(part) and part[-1].endswith((".", "。")) and not part[-1].endswith(CUT)
        while whole and last < len(told) and goes_on(told[last - 1], told[last]):
            last += 1
        found = found or dict(zip(range(first, last), part, strict=False))
        if number > 0 and (first > end or (not part and end < len(told))):
            lines.append(CUT)
        new = [cut_like(found.get(line), told[line]) for line in range(first, last)]
        lines += new if HASH.search(text) else [HASH.sub(CUT, line) for line in new]
        end = max(end, last)
    return "".join(f"{line}\n" for line in lines)


def renewed_page(text: str, whole: bool = True) -> tuple[str, list[str]]:
    """Returns a page with every quoted output as its command prints it now, and what could not be renewed."""
    with desk() as folder:
        found = list(quotes(text, folder, whole))
    wrong: list[str] = []
    for quote in reversed(found):
        try:
            text = text[: quote.start] + renewed(quote.text, quote.told) + text[quote.end :]
        except AssertionError as error:
            wrong.append(str(error))
    return text, wrong


def main() -> int:
    """Compares or renews pages."""
    parser = argparse.ArgumentParser(prog="python -m tests.docs.outputs", description=__doc__)
    parser.add_argument("pages", nargs="*", type=Path)
    parser.add_argument("--accept", action="store_true", help="rewrite the quoted outputs")
    asked = parser.parse_args()
    failed = 0
    for page in asked.pages or [*pages(), PAGE]:
        text = page.read_text(encoding="utf-8")
        try:
            new, wrong = renewed_page(with_addresses(text) if MARK in text else text)
        except (AssertionError, ValueError) as error:
            new, wrong = text, [str(error)]
        for one in wrong:
            print(f"{page}: {one}")
        failed += len(wrong)
        if new != text:
            print(f"{page}: {'renewed' if asked.accept else 'differs'}")
            failed += not asked.accept
            if asked.accept:
                page.write_text(new, encoding="utf-8")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
