"""Detects the encoding of a text file from what decodes, and from how common the decoded characters are."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coercivity.base.errors import CoercivityError, nearest

SAMPLE = 1 << 20
_MOST_LINES = 2000
_LABELS = {
    "utf-8": "UTF-8", "utf-16-le": "UTF-16 LE", "utf-16-be": "UTF-16 BE", "gb18030": "GB18030",
    "cp932": "Shift-JIS", "big5": "Big5", "cp1252": "Windows-1252",
}  # fmt: skip
_ALIASES = {
    "utf-8": "utf-8", "utf8": "utf-8", "utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "gb18030": "gb18030", "gbk": "gb18030",
    "gb2312": "gb18030", "cp936": "gb18030", "shift-jis": "cp932", "sjis": "cp932", "cp932": "cp932",
    "big5": "big5", "cp950": "big5", "cp1252": "cp1252", "windows-1252": "cp1252", "latin-1": "cp1252",
    "iso-8859-1": "cp1252",
}  # fmt: skip
# The national character set whose first level contains the common ideographs, and the range of its lead bytes.
_LEVEL_ONE = {"gb18030": ("gb2312", 0xB0, 0xD7), "cp932": ("shift_jis", 0x88, 0x97), "big5": ("big5", 0xA4, 0xC6)}
_WORDS = {
    "gb18030": ("日期", "品名", "数量", "单位", "单价", "用户", "编号", "货币", "用途", "成分", "目的", "材料", "公司"),
    "cp932": ("日付", "品名", "数量", "単位", "単価", "用途", "番号", "成分", "通貨", "会社", "仕向", "材料"),
    "big5": ("日期", "品名", "數量", "單位", "單價", "用戶", "編號", "貨幣", "用途", "成分", "目的", "材料", "公司"),
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """A detected encoding.

    Attributes:
        codec: Name of the Python codec.
        skip: Bytes of the byte order mark.
        note: Note for the user.
    """

    codec: str
    skip: int
    note: str

    @property
    def wide(self) -> bool:
        """Whether every character takes at least two bytes, so that lines cannot be split at single bytes."""
        return self.codec.startswith("utf-16")


def label_of(codec: str) -> str:
    """Returns the common name of a codec."""
    return _LABELS[codec]


def find_encoding(path: Path, asked: str | None = None) -> Encoding:
    """Detects the encoding of a text file.

    Args:
        path: The file.
        asked: The encoding named by the user; a byte order mark is still skipped.

    Returns:
        The encoding.

    Raises:
        CoercivityError: If the named encoding is not supported, or the file is not text.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    marked = _by_mark(sample)
    if asked is not None:
        codec = _named(asked, path)
        skip = marked.skip if marked is not None and (marked.codec == codec or asked.lower() == "utf-16") else 0
        codec = marked.codec if marked is not None and asked.lower() == "utf-16" else codec
        return Encoding(codec, skip, f"encoding {label_of(codec)}, as specified")
    if marked is not None:
        return marked
    wide = _by_nulls(sample)
    if wide is not None:
        return wide
    _must_be_text(sample, path)
    telling = sample if not sample.isascii() else _first_telling(path)
    if telling.isascii():
        return Encoding("utf-8", 0, "encoding UTF-8")
    return _by_score(telling)


def encoding_of(content: bytes) -> str:
    """Returns the codec in which the beginning of a text without a byte order mark looks most like a language.

    Args:
        content: Bytes of a text that is not ASCII.
    """
    return _by_score(content[:SAMPLE] if not content[:SAMPLE].isascii() else _from_first_telling(content)).codec


def _from_first_telling(content: bytes) -> bytes:
    """Returns the content from the block with the first byte that is not ASCII."""
    for start in range(0, len(content), SAMPLE):
        if not content[start : start + SAMPLE].isascii():
            return content[content.rfind(b"\n", 0, start) + 1 :][: 2 * SAMPLE]
    return b""


def _named(asked: str, path: Path) -> str:
    """Returns the codec named by the user."""
    name = asked.strip().lower().replace("_", "-")
    if name in _ALIASES:
        return _ALIASES[name]
    raise CoercivityError.of(
        "TABLE-ENCODING",
        f"encoding {asked!r} is not supported",
        where=str(path),
        nearest=nearest(name, _ALIASES) or ("utf-8", "gb18030", "shift-jis", "cp1252"),
        next="use one of these, or save the file as UTF-8",
    )


def _by_mark(sample: bytes) -> Encoding | None:
    """Returns the encoding from the byte order mark."""
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if sample.startswith(mark):
            return Encoding(codec, len(mark), f"encoding {label_of(codec)}, from its byte order mark")
    return None


def _by_nulls(sample: bytes) -> Encoding | None:
    """Returns UTF-16 if the zero bytes are on one side of the pairs only."""
    if len(sample) < 4:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if max(even, odd) < 0.05 or min(even, odd) > 0.1 * max(even, odd):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    start = sample[: 1 << 16]
    if not {"\n", "\r"} & set(start.decode(codec, "replace")) and (b"\n" in start or b"\r" in start):
        return None  # single-byte line ends: a text with stray zero bytes
    return Encoding(codec, 0, f"encoding {label_of(codec)}, detected from its zero bytes")


def _must_be_text(sample: bytes, path: Path) -> None:
    """Raises CoercivityError if the sample has many bytes that no text contains."""
    strange = sum(sample.count(byte) for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1a\x1b")
    if strange > 8 and strange > len(sample) * 0.05:
        raise CoercivityError.of(
            "TABLE-KIND",
            f"not a text file: {strange:,} of the first {len(sample):,} bytes are control characters",
            where=str(path),
            next="check that this is the right file; CSV, XLSX, Parquet and Arrow are supported",
        )


def _first_telling(path: Path) -> bytes:
    """Returns the first block with a non-ASCII byte, from the start of a line."""
    with path.open("rb") as file:
        while block := file.read(SAMPLE):
            if not block.isascii():
                return block[block.find(b"\n") + 1 :] + file.read(SAMPLE)
    return b""


def _by_score(sample: bytes) -> Encoding:
    """Returns the encoding in which the sample looks most like a language."""
    lines = [line for line in sample.replace(b"\r", b"\n").split(b"\n") if not line.isascii()]
    if len(lines) > 1 and len(sample) >= SAMPLE:
        lines.pop()  # it may be incomplete
    lines = lines[: _MOST_LINES // 2] + lines[_MOST_LINES // 2 :: max(1, len(lines) // _MOST_LINES)]
    if _decodable(lines, "utf-8")[1] >= 0.5:
        return Encoding("utf-8", 0, "encoding UTF-8")
    best, score = "", 0.0
    for codec in _LEVEL_ONE:
        text, share = _decodable(lines, codec)
        now = _asian(text, codec) * share if share >= 0.6 else 0.0
        if now > score:
            best, score = codec, now
    western = _western(lines)
    if best and score >= max(western, 0.45 if western > 0.2 else 0.15):
        return Encoding(best, 0, f"encoding {label_of(best)}")
    return Encoding(
        "cp1252", 0, "encoding Windows-1252, because no other fits; name the encoding if letters look wrong"
    )


def _decodable(lines: list[bytes], codec: str) -> tuple[str, float]:
    """Returns the lines that decode, as one text, and their share."""
    good = []
    for line in lines:
        try:
            good.append(line.decode(codec, "surrogatepass" if codec == "utf-8" else "strict"))
        except UnicodeDecodeError:
            continue
    return "\n".join(good), len(good) / max(1, len(lines))


@lru_cache(maxsize=65536)
def _weight(sign: str, codec: str) -> float:
    """Returns how strongly a character suggests an encoding."""
    code = ord(sign)
    if 0x3041 <= code <= 0x30FE:
        return 1.0 if codec == "cp932" else 0.2
    if 0xFF61 <= code <= 0xFF9F:
        return -0.3
    if 0x3000 <= code <= 0x303F or 0xFF01 <= code <= 0xFF5E:
        return 0.6
    if code in (0xB0, 0xB7, 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2026, 0x2103):
        return 0.4
    if 0x4E00 <= code <= 0x9FFF:
        if _is_common(sign, codec):
            return 1.0
        if _is_held(sign, codec):
            return 0.2
        return 0.5 if codec == "gb18030" and _is_common(sign, "big5") else -0.4
    return -0.5


def _is_held(sign: str, codec: str) -> bool:
    """Returns whether the national character set of an encoding contains a character."""
    try:
        return bool(sign.encode(_LEVEL_ONE[codec][0]))
    except UnicodeEncodeError:
        return False


def _is_common(sign: str, codec: str) -> bool:
    """Returns whether a character is in the first level of the national character set."""
    name, low, high = _LEVEL_ONE[codec]
    return _is_held(sign, codec) and low <= sign.encode(name)[0] <= high


def _asian(text: str, codec: str) -> float:
    """Scores how much a text looks like the language of an encoding: about 0 for noise, 1 or more for a table."""
    total = count = 0.0
    for sign in text:
        if sign > "\x7f":
            count += 1
            total += _weight(sign, codec)
    bonus = 0.1 * min(5, sum(word in text for word in _WORDS[codec]))
    return total / count + bonus if count else 0.0


def _western(lines: list[bytes]) -> float:
    """Returns the share of the high bytes that are Western letters or isolated characters."""
    alone = high = 0
    for line in lines:
        spaced = b" " + line + b" "
        for at in range(1, len(spaced) - 1):
            if spaced[at] < 0x80:
                continue
            high += 1
            if spaced[at - 1] < 0x80 and spaced[at + 1] < 0x80:
                alone += (
                    spaced[at] >= 0xC0
                    or spaced[at] in b"\x80\x85\x91\x92\x93\x94\x96\x97\x99\xa0\xb0\xb1\xb2\xb3\xb5\xbd"
                )
    return alone / high if high else 0.0
