"""A ZIP file of CSV files is read as the folder would be; a hostile one is refused, and nothing of it is unpacked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.data.input import Content
from coercivity.firm.company.sources import company_of
from coercivity.firm.company.write.rows import company_hash
from coercivity.firm.company.write.texts import company_csv
from coercivity.workbooks import csv_archive
from tests.unit.firm.company.books import ALPENMOTOR, told

FILES = {name: text.encode() for name, text in company_csv(company_of(ALPENMOTOR)).items()}


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def why(content: bytes) -> str:
    with pytest.raises(CoercivityError) as found:
        company_of(Content("mine.zip", content))
    (fault,) = found.value.faults
    assert (fault.code, fault.where) == ("FILE-FORM", "mine.zip")
    return fault.what


@pytest.mark.parametrize("around", ["", "company/", "a/b/"])
def test_it_is_read_as_the_folder_would_be(around: str, tmp_path: Path) -> None:
    content = zipped({f"{around}{name}": text for name, text in FILES.items()} | {f"{around}.DS_Store": b"\0"})
    path = tmp_path / "mine.ZIP"
    path.write_bytes(content)
    for source in (path, Content("mine.zip", content)):
        assert company_hash(company_of(source)) == company_hash(company_of(ALPENMOTOR))


def test_faults_have_the_place_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.zip"
    path.write_bytes(zipped({**FILES, "stock.csv": FILES["stock.csv"].replace(b",", b";")}))
    assert told(path)[0][0] == "stock.csv"


@pytest.mark.parametrize("name", ["../stock.csv", "/etc/stock.csv", "a/../../stock.csv", "C:\\stock.csv"])
def test_a_name_that_leads_out_is_refused(name: str) -> None:
    assert why(zipped({name: b"x"})).endswith("leads out of it")


def test_a_bomb_is_refused_before_it_is_whole_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """16 MiB at most are unpacked of an archive that says it holds less."""
    content = zipped({"stock.csv": b"0" * (csv_archive.MOST_BYTES + 1)})
    assert len(content) < 2**15
    assert "unpacks to more than 16 MiB" in why(content)
    monkeypatch.setattr(csv_archive, "MOST_BYTES", 2**20)
    assert "unpacks to more than 1 MiB" in why(zipped({"stock.csv": b"0" * 2**19, "use.csv": b"0" * 2**19 + b"0"}))


def test_too_many_files_two_of_one_name_and_no_archive_are_refused() -> None:
    assert "more than 200 files" in why(zipped({f"{n}.csv": b"x" for n in range(201)}))
    assert "two files called use.csv" in why(zipped({"a/use.csv": b"x", "b/use.csv": b"x"}))
    assert "no ZIP file" in why(b"plant,part\n")
    assert "damaged" in why(zipped(FILES)[:-40])


def test_one_with_a_password_is_refused() -> None:
    content = bytearray(zipped({"use.csv": b"x"}))
    content[6] |= 1  # of the member, and of its entry in the table of contents
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert why(bytes(content)) == "the archive is password-protected"


def test_one_without_csv_files_says_so() -> None:
    with pytest.raises(CoercivityError, match="the archive has no CSV files"):
        company_of(Content("mine.zip", zipped({"readme.txt": b"x"})))


def test_a_chinese_name_without_its_flag_is_a_sheet() -> None:
    """An old packer on a Chinese computer writes GBK and says nothing of it."""
    plain = zipped({"XXXX.csv": FILES["stock.csv"], **{n: t for n, t in FILES.items() if n != "stock.csv"}})
    assert "库存".encode("gbk") not in plain
    named = plain.replace(b"XXXX.csv", "库存".encode("gbk") + b".csv")
    assert company_hash(company_of(Content("mine.zip", named))) == company_hash(company_of(ALPENMOTOR))
