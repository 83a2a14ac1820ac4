"""Measures how the reading of places grows with the length of a text: no piece may make it grow faster than the text.

`python -m benchmarks.places` reads each piece over and over, in texts of 10,000 and 40,000 signs, and prints the least
processor time of both and the exponent by which it grows. The exit code is 1 if an exponent is above 1.5: a reader that
looks at the rest of the text from every sign would have 2.
"""

from __future__ import annotations

import math
import sys
import time

from coercivity.intake.words.lexicon.folded import folded
from coercivity.intake.words.places.marks import marks_of_places

PIECES = (
    "中国", "Ningbo-", "new ", "chinesischen ", "(", "タイ", "from ", "a Ningbo, ",
    "two Chinese engineers from Baotou fly to Rayong, 发往泰国工厂; ",
)  # fmt: skip
SHORT, LONG = 10_000, 40_000
ROUNDS, MOST = 3, 1.5


def spent(piece: str, signs: int) -> float:
    """Returns the least processor time of a text of one piece over and over [s]."""
    text = folded(piece * (signs // len(piece)))
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        marks_of_places(text)
        times.append(time.process_time() - begun)
    return min(times)


def main() -> int:
    """Prints both times and the exponent of each piece."""
    worst = -math.inf
    for piece in PIECES:
        short, long = spent(piece, SHORT), spent(piece, LONG)
        exponent = math.log(long / short) / math.log(LONG / SHORT)
        worst = max(worst, exponent)
        print(f"{piece[:20]!r:26} {short:7.3f} s  {long:7.3f} s  grows with the power {exponent:4.2f}")
    print(f"largest power {worst:.2f}, at most {MOST}")
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
