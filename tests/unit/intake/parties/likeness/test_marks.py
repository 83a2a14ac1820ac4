"""Two names side by side: what differs is marked, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coercivity.intake.parties.likeness.marks import spans


def marked(written: str, listed: str) -> tuple[str, str]:
    """Both names with what differs in square brackets."""
    found = []
    for side in spans(written, listed):
        found.append("".join(one.text if one.same else f"[{one.text}]" for one in side))
    return found[0], found[1]


@pytest.mark.parametrize(
    ("written", "listed", "left", "right"),
    [
        ("Exampel Works Ltd", "Example Works Ltd", "Exampe[l] Works Ltd", "Examp[l]e Works Ltd"),
        ("EXAMPLE WORKS", "Example Works", "EXAMPLE WORKS", "Example Works"),
        (
            "Lokheed Martin",
            "Lockheed Martin Missiles and Fire Control",
            "Lokheed Martin",
            "Lo[c]kheed Martin [Missiles] [and] [Fire] [Control]",
        ),
        ("Martin, Lockheed", "Lockheed Martin Corporation", "Martin, Lockheed", "Lockheed Martin [Corporation]"),
        ("Example Sys.", "Example Systems Engineering", "Example Sys.", "Example Sys[tems] [Engineering]"),
        ("洛克西德·马丁公司", "洛克希德·马丁公司", "洛克[西]德·马丁公司", "洛克[希]德·马丁公司"),
        ("萊茵金屬", "莱茵金属", "萊茵金屬", "莱茵金属"),
    ],
)
def test_what_differs_is_marked(written: str, listed: str, left: str, right: str) -> None:
    """Letters in names that are nearly the same, whole words in others, signs in Chinese."""
    assert marked(written, listed) == (left, right)


@given(st.text(max_size=30), st.text(max_size=30))
def test_the_parts_make_up_the_whole(written: str, listed: str) -> None:
    """Whatever the texts are, nothing is lost, and equal texts are not marked."""
    left, right = spans(written, listed)
    assert "".join(one.text for one in left) == written
    assert "".join(one.text for one in right) == listed
    assert all(one.same for side in spans(written, written) for one in side)
