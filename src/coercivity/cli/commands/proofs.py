"""`coercivity proof`."""

from __future__ import annotations

from pathlib import Path

from coercivity.base.words import Lang
from coercivity.cli.options import PARTY_LAW, PartyLawOptions
from coercivity.cli.out import put

FAILED, CANNOT_TELL = 1, 3


def show(
    file: Path,
    *,
    by: PartyLawOptions = PARTY_LAW,
    pack_archive: Path | None = None,
    lang: Lang = "en",
) -> int:
    """Print every audit trail in a JSON file, step by step.

    Args:
        file: Output of `decide --json`, or the JSON file of a report.
        pack_archive: Folder of rulebooks archived with `rules keep`, for results made with another rulebook.
        lang: Language of the rule summaries: en or zh.
    """
    from coercivity.verbs.proofs import proof_texts

    for lines in proof_texts(file, by.law, archive=pack_archive, lang=lang):
        put(*lines)
    return 0


def verify(file: Path, *, by: PartyLawOptions = PARTY_LAW, pack_archive: Path | None = None) -> int:
    """Verify every audit trail in a file: by recomputing it, and with an independent implementation.

    Exit code: 0 when all are verified; 1 when one fails; 3 when none fails but one was made with a rulebook that is not
    available.

    Args:
        file: Output of `decide --json`, or the JSON file of a report.
        pack_archive: Folder of rulebooks archived with `rules keep`, for results made with another rulebook.
    """
    from coercivity.verbs.proofs import FAILS, OTHER_PACK, proof_verify

    words = {"": "verified (recomputed, and checked independently)", FAILS: "FAILED  ", OTHER_PACK: "OTHER RULEBOOK"}
    found = proof_verify(file, by.law, archive=pack_archive)
    for entry in found:
        put(f"{words[entry.code]} {entry.hash}", *(f"    {fault}" for fault in entry.faults))
    codes = {entry.code for entry in found}
    return FAILED if FAILS in codes else CANNOT_TELL if OTHER_PACK in codes else 0
