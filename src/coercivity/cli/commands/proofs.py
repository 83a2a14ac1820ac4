"""`coercivity proof`."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.words import Lang
from coercivity.cli.options import PACKED_LAW, LawOptions
from coercivity.cli.out import put

FAILED, CANNOT_TELL = 1, 3


def show(
    file: Path,
    *,
    by: LawOptions = PACKED_LAW,
    pack_archive: Path | None = None,
    lang: Lang = "en",
) -> int:
    """Print every proof of a JSON file, step by step.

    Args:
        file: Output of `decide --json`, or the JSON twin of a brief.
        pack_archive: Folder of packs kept by `rules keep`, for proofs made with another pack.
        lang: Language of gists.
    """
    from coercivity.verbs.proofs import proof_texts

    for lines in proof_texts(file, by.law, archive=pack_archive, lang=lang):
        put(*lines)
    return 0


def verify(file: Path, *, by: LawOptions = PACKED_LAW, pack_archive: Path | None = None) -> int:
    """Read every proof of a file twice: made again, and by a second reader of the pack.

    Exit code: 0 when all stand; 1 when one fails; 3 when none fails and one was made with a pack that is not at hand.

    Args:
        file: Output of `decide --json`, or the JSON twin of a brief.
        pack_archive: Folder of packs kept by `rules keep`, for proofs made with another pack.
    """
    from coercivity.verbs.proofs import FAILS, OTHER_PACK, proof_verify

    words = {"": "stands", FAILS: "FAILS ", OTHER_PACK: "OTHER PACK"}
    found = proof_verify(file, by.law, archive=pack_archive)
    for entry in found:
        put(f"{words[entry.code]} {entry.hash}", *(f"    {fault}" for fault in entry.faults))
    codes = {entry.code for entry in found}
    return FAILED if FAILS in codes else CANNOT_TELL if OTHER_PACK in codes else 0
