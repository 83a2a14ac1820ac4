"""`python -m tests.prose [PATH ...]` lists what to write otherwise in these files and folders, or in all."""

from __future__ import annotations

import sys
from collections import Counter

from tests.prose.texts import collect, pairs
from tests.prose.wording import avoided, chinese, english, latin, mismatched, unglossed


def main(paths: list[str]) -> int:
    """Prints the findings and how many there are of each kind; returns 1 if there are any."""
    texts = [text for text in collect() if not paths or text.path.startswith(tuple(paths))]
    found = [*english(texts), *chinese(texts), *latin(texts), *avoided(texts), *unglossed(texts)]
    unequal = [place for place in mismatched(pairs()) if not paths or place.startswith(tuple(paths))]
    for line in [*map(str, found), *unequal]:
        print(line)  # a command of its own
    kinds = Counter(f"{finding.rule}, {finding.text.kind}" for finding in found)
    print(f"{len(texts)} texts; {len(found)} findings, {len(unequal)} unequal pairs")
    for kind, number in kinds.most_common():
        print(f"  {number:5} {kind}")
    return 1 if found or unequal else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
