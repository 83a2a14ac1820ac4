"""Characters that are invisible, look like others, or are not read."""

from __future__ import annotations

import hashlib
import sys

import pytest

from coercivity.intake.parties.scripts.characters import UNREADABLE, look_alikes, shown, unread_signs

# One digest for all code points under every Python: 3.11 has Unicode 14.0, 3.13 has 15.1.
ALL_SIGNS = "843c1d3280fa92458d0f8ad596129d07cd970ce6091c76549b0cf1b39f852c4b"


@pytest.mark.parametrize(
    "sign",
    [
        "\xad",
        "͏",
        "\u061c",
        "ᅟ",
        "ᅠ",
        "឴",
        "\u180e",
        "\u200b",
        "\u200d",
        "\u2060",
        "\u2065",
        "ㅤ",
        "️",
        "\ufeff",
        "ﾠ",
        "\ufff3",
        "\U000e0061",
        "󠇯",
    ],
    ids=ascii,
)
def test_what_is_not_shown_is_dropped(sign: str) -> None:
    """Default_Ignorable_Code_Point, the reserved ones included."""
    assert shown(f"Lock{sign}heed") == "Lockheed"


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("ʟᴏᴄᴋ", "lock"),
        ("Łødź", "Lodz"),
        ("ɑɡı", "agi"),
        ("МР", "MP"),
        ("Ꮇꓑ", "MP"),
        ("ⲔⲢ", "KP"),
        ("🇱🅞", "LO"),
        ("ｌ", "l"),
    ],
)
def test_what_looks_like_latin_is_read_as_that(text: str, latin: str) -> None:
    """By the names of Unicode, and by a table of shapes for other alphabets."""
    assert look_alikes(shown(text)) == latin


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Siеmens", "е"),
        ("ООО", "О"),
        ("한화", "한화"),
        ("Siemens AG", ""),
        ("Müller Łódź Þór", ""),
        ("トヨタ自動車", ""),
        ("寧波々〇", ""),
        ("K\u02bbung", ""),
        ("\U0001e030", UNREADABLE),
        ("\U0002ebf0", UNREADABLE),
        ("\ue000", "\ue000"),
    ],
)
def test_letters_of_other_scripts_are_told(text: str, letters: str) -> None:
    """Latin letters, Chinese signs and kana are compared; a sign of a newer Unicode or of private use is none of them."""
    assert unread_signs(shown(text)) == letters


def test_every_version_of_python_reads_every_sign_alike() -> None:
    """What a newer Unicode gave a meaning is no sign that is read."""
    digest = hashlib.sha256()
    for code in range(sys.maxunicode + 1):
        text = shown(f"a{chr(code)}b")
        digest.update(ascii((code, text, look_alikes(text), unread_signs(text))).encode())
    assert digest.hexdigest() == ALL_SIGNS
