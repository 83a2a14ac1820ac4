"""Law packs kept by their hash, each with what was laid over it, so that an old proof can be verified for ever.

A folder of the archive is named by the hash that stands in proofs; `law` in it is the pack, `overlays` what was laid
over it, in order.
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
    """Keeps a law under its hash and returns the folder; one that is kept already stays as it is.

    Args:
        archive: Folder of the archive; it is made where there is none.
        law: Which law is kept.

    Raises:
        CoercivityError: When the law cannot be read, the folder cannot be written or holds something else.
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
    """Returns the law that is kept under a hash; nothing where none is.

    Args:
        archive: Folder of the archive.
        pack_hash: The hash that stands in a proof; text of others, so it is never taken for a path.

    Raises:
        CoercivityError: When what is kept does not have the hash any more, or this program cannot read it.
    """
    if not _HASH.fullmatch(pack_hash) or not (archive / pack_hash / PACK).is_dir():
        return None
    folder = archive / pack_hash
    law = Law(folder / PACK, tuple(sorted((folder / OVERLAYS).glob("*"))))
    if law.book().content_hash != pack_hash:
        what = "the pack kept here does not have the hash of its name, so it was changed"
        raise CoercivityError.of("PACK-ARCHIVE", what, where=folder.as_posix(), next="keep it again from its source")
    return law
