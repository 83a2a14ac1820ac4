from __future__ import annotations

from pathlib import Path

import pytest

from coercivity.base.errors import CoercivityError
from coercivity.files.encodings import find_encoding

ZH = "编号,日期,品名,成分,数量\n" + "A1,2026-01-02,烧结钕铁硼磁体,镝 1.8 %,宁波磁材股份有限公司\n" * 9
ZH_BRIEF = "编号,数量\n钕铁硼,3\n"
ZH_RARE = "id,material,qty\n" + "".join(f"A{i},magnet,{i}\n" for i in range(50)) + "B1,氧化镝,5\n"
JA = "番号,日付,品名,数量\n" + "A1,2026-01-02,ネオジム焼結磁石,車載モーター\n" * 9
JA_BRIEF = "id,name\n1,磁石\n"
JA_HALF = "番号,品名,数量\n1,ﾈｵｼﾞﾑ磁石,5\n2,ﾓｰﾀｰ用,3\n"
TW = "編號,日期,品名,數量\n" + "A1,2026-01-02,釹鐵硼磁鐵,電動機製造\n" * 9
DE = "Nr;Menge;Empfänger\n" + "A1;1,5;Müller & Söhne GmbH, Köln\n" * 9
FR = "no;désignation;société\n1;aimant fritté;Énergie et Métaux\n2;été à Noël;Société générale\n"


@pytest.mark.parametrize(
    ("content", "written", "found"),
    [
        (ZH, "utf-8", "utf-8"), (ZH, "utf-8-sig", "utf-8"), (ZH, "utf-16", "utf-16-le"), (ZH, "utf-16-le", "utf-16-le"),
        (ZH, "utf-16-be", "utf-16-be"), (ZH, "gb18030", "gb18030"), (ZH, "gbk", "gb18030"), (ZH_BRIEF, "gb18030", "gb18030"),
        (ZH_BRIEF, "utf-8", "utf-8"), (ZH_RARE, "gb18030", "gb18030"), (ZH_RARE, "utf-8", "utf-8"), (JA, "cp932", "cp932"),
        (JA, "utf-8", "utf-8"), (JA_BRIEF, "cp932", "cp932"), (JA_HALF, "cp932", "cp932"), (TW, "big5", "big5"),
        (TW, "gb18030", "gb18030"), (DE, "cp1252", "cp1252"), (DE, "utf-8", "utf-8"), (FR, "cp1252", "cp1252"),
        ("id;firm\n1;Müller\n", "cp1252", "cp1252"), ("id,name\n1,magnet\n", "ascii", "utf-8"),
    ],
)  # fmt: skip
def test_encodings_are_told_apart(content: str, written: str, found: str, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content.encode(written))
    encoding = find_encoding(path)
    assert encoding.codec == found
    assert path.read_bytes()[encoding.skip :].decode(encoding.codec) == content


def test_the_last_resort_is_said(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(DE.encode("cp1252"))
    assert find_encoding(path).note.startswith("encoding Windows-1252, because no other fits")


@pytest.mark.parametrize(
    ("asked", "codec", "skip"), [("GBK", "gb18030", 0), ("utf_8", "utf-8", 3), ("Shift_JIS", "cp932", 0)]
)
def test_the_user_may_name_an_encoding(asked: str, codec: str, skip: int, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(ZH.encode("utf-8-sig"))
    encoding = find_encoding(path, asked)
    assert (encoding.codec, encoding.skip) == (codec, skip)


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("id\n1\n")
    with pytest.raises(CoercivityError) as caught:
        find_encoding(path, "gb18031")
    assert (caught.value.code, caught.value.faults[0].nearest[0]) == ("TABLE-ENCODING", "gb18030")
