"""Checks the subject of a commit: imperative, at most 72 characters, a body that says why."""

from __future__ import annotations

import re
import sys
from pathlib import Path

MOST = 72
NOT_IMPERATIVE = re.compile(r"\w+(?:ed|ing)$")
IMPERATIVE = frozenset({"embed", "need", "feed", "speed", "shed", "bring", "string"})


def faults(message: str) -> list[str]:
    """Returns what to change in a commit message."""
    lines = [line for line in message.splitlines() if not line.startswith("#")]
    subject = lines[0] if lines else ""
    first = subject.split(" ")[0].lower()
    found = []
    if not subject or not subject[0].isupper():
        found.append("begin the subject with a capital letter")
    if len(subject) > MOST:
        found.append(f"the subject has {len(subject)} characters; {MOST} at most")
    if subject.endswith("."):
        found.append("no full stop after the subject")
    if NOT_IMPERATIVE.match(first) and first not in IMPERATIVE:
        found.append(f"write the subject as an instruction: {first!r} is not one")
    if len(lines) < 3 or lines[1] or not lines[2]:  # subject, empty line, body
        found.append("say why in a body, after an empty line")
    return found


def main() -> int:
    """Reads the file that git names and prints what to change."""
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():  # the program and one argument
        sys.stderr.write("usage: python -m tools.subject FILE\n")
        return 2
    found = faults(Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.stderr.write("".join(f"commit message: {line}\n" for line in found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
