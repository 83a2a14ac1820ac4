"""A ZIP file with one CSV file a sheet, read in memory: a folder as people send it. Nothing is written to the disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from coercivity.base.errors import CoercivityError, brief_value
from coercivity.data.input import Content, Input, place_of, read_bytes
from coercivity.workbooks.spec import BookForm

MOST_MEMBERS, MOST_BYTES = 200, 16 * 2**20  # of all members together, unpacked
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
_UTF_8 = 0x800  # flag of a member whose name is UTF-8
_ENCRYPTED = 0x1
_OF_MACS = "__MACOSX"
_AGAIN = "make a ZIP file of the CSV files alone, without a password"


def csv_members(source: Input, form: BookForm) -> dict[str, Content]:
    """Returns the files of an archive by their plain name; a folder around them is passed over, as are hidden files.

    Args:
        source: The archive.
        form: The form that is expected.

    Raises:
        CoercivityError: If it is damaged, protected or too large once unpacked, names a place outside of it, or has two
            files of one name.
    """
    where, found, size = place_of(source), dict[str, Content](), 0
    try:
        with zipfile.ZipFile(io.BytesIO(read_bytes(source))) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > MOST_MEMBERS:
                raise _refused(where, f"the archive has more than {MOST_MEMBERS} files")
            for member in members:
                path = _path_of(member, where, form)
                if path.parts[0] == _OF_MACS or path.name.startswith("."):
                    continue
                if member.flag_bits & _ENCRYPTED:
                    raise _refused(where, "the archive is password-protected")
                if path.name in found:
                    raise _refused(where, f"the archive has two files called {brief_value(path.name)}")
                with archive.open(member) as file:  # reads one byte over the limit, whatever the archive says of itself
                    content = file.read(MOST_BYTES - size + 1)
                size += len(content)
                if size > MOST_BYTES:
                    raise _refused(where, f"the archive unpacks to more than {MOST_BYTES // 2**20} MiB")
                found[path.name] = Content(path.name, content)
    except _DAMAGED:
        raise _refused(where, "the archive is truncated or damaged, or no ZIP file") from None
    return dict(sorted(found.items()))


def _path_of(member: zipfile.ZipInfo, where: str, form: BookForm) -> PurePosixPath:
    path = PurePosixPath(_name_of(member, form))
    if path.is_absolute() or ".." in path.parts or "\\" in str(path) or ":" in str(path) or not path.parts:
        raise _refused(where, f"the name {brief_value(str(path))} in the archive leads out of it")
    return path


def _name_of(member: zipfile.ZipInfo, form: BookForm) -> str:
    """Returns the name of a member; without a flag it is taken for UTF-8 or GBK where that names a sheet."""
    if member.flag_bits & _UTF_8 or member.filename.isascii():
        return member.filename
    for encoding in ("utf-8", "gbk"):
        try:
            name = member.orig_filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
        if form.spec_of(PurePosixPath(name).stem) is not None:
            return name
    return member.filename


def _refused(where: str, what: str) -> CoercivityError:
    return CoercivityError.of("FILE-FORM", what, where=where, next=_AGAIN)
