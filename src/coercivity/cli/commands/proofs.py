"""`coercivity proof`."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.words import Lang
from coercivity.cli.out import put
from coercivity.cli.show import OverlayPaths, law_of, proof_lines
from coercivity.verbs.proofs import proof_verify, read_proofs


def show(file: Path, *, pack: Path | None = None, overlay: OverlayPaths = None, lang: Lang = "en") -> int:
    """Print every proof of a JSON file, step by step.

    Args:
        file: Output of `decide --json`, or the JSON twin of a brief.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
        lang: Language of gists.
    """
    book = law_of(pack, overlay).book()
    for proof in read_proofs(file):
        head = [str(proof.get(key)) for key in ("outcome", "finding", "hash")]
        put("  ".join(head) + f"  on {proof.get('on')}  known {proof.get('known')}")
        for fact in proof.get("facts", []):
            put(f"      {fact['fact']} = {fact['value']}   ({fact['said_by']})")
        put(*proof_lines(book, proof, lang))
    return 0


def verify(file: Path, *, pack: Path | None = None, overlay: OverlayPaths = None) -> int:
    """Read every proof of a file twice: made again, and by a second reader of the pack; exit code 1 when one fails.

    Args:
        file: Output of `decide --json`, or the JSON twin of a brief.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
    """
    failed = 0
    for stated, faults in proof_verify(file, law_of(pack, overlay)):
        failed += bool(faults)
        put(f"{'FAILS ' if faults else 'stands'} {stated}", *(f"    {fault}" for fault in faults))
    return 1 if failed else 0
