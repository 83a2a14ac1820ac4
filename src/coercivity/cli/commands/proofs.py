"""`coercivity proof`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from coercivity.base.words import Lang
from coercivity.cli.out import put
from coercivity.cli.show import OverlayPaths, law_of, proof_lines
from coercivity.law.rules.rulebook import Rulebook
from coercivity.verbs.proofs import FAILS, OTHER_PACK, formed, made_with, proof_verify, read_proofs

FAILED, CANNOT_TELL = 1, 3
_WORDS = {"": "stands", FAILS: "FAILS ", OTHER_PACK: "OTHER PACK"}


def show(
    file: Path,
    *,
    pack: Path | None = None,
    overlay: OverlayPaths = None,
    pack_archive: Path | None = None,
    lang: Lang = "en",
) -> int:
    """Print every proof of a JSON file, step by step.

    Args:
        file: Output of `decide --json`, or the JSON twin of a brief.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
        pack_archive: Folder of packs kept by `rules keep`, for proofs made with another pack.
        lang: Language of gists.
    """
    law = law_of(pack, overlay)
    for proof in read_proofs(file):
        with formed(file):
            lines = list(_shown((made_with(proof, pack_archive) or law).book(), proof, lang))
        put(*lines)
    return 0


def _shown(book: Rulebook, proof: dict[str, Any], lang: Lang) -> Iterator[str]:
    head = [str(proof.get(key)) for key in ("outcome", "finding", "hash")]
    yield "  ".join(head) + f"  on {proof.get('on')}  known {proof.get('known')}"
    for fact in proof.get("facts", []):
        yield f"      {fact['fact']} = {fact['value']}   ({fact['said_by']})"
    yield from proof_lines(book, proof, lang)


def verify(
    file: Path, *, pack: Path | None = None, overlay: OverlayPaths = None, pack_archive: Path | None = None
) -> int:
    """Read every proof of a file twice: made again, and by a second reader of the pack.

    Exit code: 0 when all stand; 1 when one fails; 3 when none fails and one was made with a pack that is not at hand.

    Args:
        file: Output of `decide --json`, or the JSON twin of a brief.
        pack: Folder of a law pack; by default the one that is part of the program.
        overlay: File of an instrument of your own, laid over the pack. Repeat for more.
        pack_archive: Folder of packs kept by `rules keep`, for proofs made with another pack.
    """
    found = proof_verify(file, law_of(pack, overlay), archive=pack_archive)
    for entry in found:
        put(f"{_WORDS[entry.code]} {entry.hash}", *(f"    {fault}" for fault in entry.faults))
    codes = {entry.code for entry in found}
    return FAILED if FAILS in codes else CANNOT_TELL if OTHER_PACK in codes else 0
