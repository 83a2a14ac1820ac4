"""Every report written by other versions of Python, compared byte by byte."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.goldens.papers import ROOT, papers


def hashes() -> dict[str, str]:
    """Returns the SHA-256 of every report."""
    with tempfile.TemporaryDirectory() as room:
        return {name: hashlib.sha256(content).hexdigest() for name, content in papers(Path(room)).items()}


def main(others: list[str]) -> int:
    """Prints the number of identical reports and the names of the others; exit code 1 if one differs.

    Args:
        others: Other interpreters; by default those of environments next to the current one.
    """
    own = hashes()
    if "--json" in others:
        print(json.dumps(own))
        return 0
    found = others or [str(path) for path in sorted(ROOT.glob(".venv*/bin/python")) if path != Path(sys.executable)]
    print(f"{sys.version.split()[0]}: {len(own)} papers")
    differ = 0
    for other in found:
        command = [other, "-m", "benchmarks.interpreters", "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        version = subprocess.run([other, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
        told = json.loads(done.stdout)
        unlike = sorted(name for name in {*own, *told} if own.get(name) != told.get(name))
        differ += len(unlike)
        print(
            f"{version}: {len(told) - len(unlike)} of {len(own)} the same{''.join(f', not {name}' for name in unlike)}"
        )
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
