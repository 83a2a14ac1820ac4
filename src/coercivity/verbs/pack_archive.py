"""Rulebooks archived by hash, with the user-supplied notices added to them, so that old proofs can be verified.

A folder of the archive is named by the hash stated in proofs; `law` in it is the rulebook, `overlays` the notices
added to it, in order.
"""

from __future__ import annotations

import re
from pathlib import Path

from coercivity.base.errors import CoercivityError
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.input import read_bytes
from coercivity.files.write.lock import held
from coercivity.files.write.whole_set import write_set

PACK, OVERLAYS = "law", "overlays"
_HASH = re.compile(r"[0-9a-f]{64}")


def keep_law(archive: Path, law: Law = PACKED) -> Path:
    """Archives a rulebook under its hash and returns the folder; an existing folder is left unchanged.

    Args:
        archive: Archive folder; created if it does not exist.
        law: The rulebook to archive.

    Raises:
        CoercivityError: If the rulebook cannot be read, or the folder cannot be written or contains something else.
    """
    book = law.book()
    folder = archive / book.content_hash
    if kept_law(archive, book.content_hash) is not None:
        return folder
    paths = [path for path in sorted(book.folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts]
    files = {f"{PACK}/{path.relative_to(book.folder).as_posix()}": path.read_bytes() for path in paths}
    laid = {f"{OVERLAYS}/{rank:02}-{source.name}": read_bytes(source) for rank, source in enumerate(law.overlays)}
    with held(folder):
        write_set(folder, files | laid)
    return folder


def kept_law(archive: Path, pack_hash: str) -> Law | None:
    """Returns the rulebook archived under a hash; None if there is none.

    Args:
        archive: Archive folder.
        pack_hash: The hash stated in a proof; it is untrusted text and never used as a path.

    Raises:
        CoercivityError: If the archived rulebook no longer has that hash, or this program cannot read it.
    """
    if not _HASH.fullmatch(pack_hash) or not (archive / pack_hash / PACK).is_dir():
        return None
    folder = archive / pack_hash
    law = Law(folder / PACK, tuple(sorted((folder / OVERLAYS).glob("*"))))
    if law.book().content_hash != pack_hash:
        what = "the archived rulebook does not match the hash in its name; it was changed"
        raise CoercivityError.of("PACK-ARCHIVE", what, where=folder.as_posix(), next="archive it again from its source")
    return law
