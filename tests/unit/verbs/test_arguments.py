"""Values of `--assume`: each instrument once, and an extension that extends."""

from __future__ import annotations

import pytest

from coercivity.base.days import parse_day
from coercivity.base.errors import Fault, Faults
from coercivity.cases.arguments import assumptions, clocks, pausable
from coercivity.law.rules.rulebook import Rulebook


def told(book: Rulebook, text: str, known: str = "2026-10-05") -> list[Fault]:
    """The faults of a text."""
    faults = Faults()
    assumptions(book, text, faults, known=parse_day(known))
    return faults.items


@pytest.mark.parametrize(
    "text",
    [
        "62=lapsed,62=extended:2027-01-10",
        "62=lapsed,62=lapsed",
        "62=lapsed,62/2025=extended:2027-01-10",
        "mofcom-2025-62=lapsed,2025/62=lapsed",
        "lapsed,62=extended:2027-01-10",
        "62=extended:2027-01-10,lapsed",
        "lapsed,extended:2027-01-10",
    ],
)
def test_an_instrument_is_picked_once(book: Rulebook, text: str) -> None:
    """Neither of two picks wins: under the same name, under another one, or through a pick for all."""
    (fault,) = told(book, text)
    assert fault.code == "ASSUME"
    assert "mofcom-2025-62" in fault.what or text.startswith("lapsed,extended")
    assert text.split(",", maxsplit=1)[0] in fault.what


@pytest.mark.parametrize("text", ["62=lapsed, 61=extended:2027-01-10", "lapsed", "extended:2027-01-10", "62=lapsed,"])
def test_different_instruments_may_be_picked(book: Rulebook, text: str) -> None:
    """One each, or one for all."""
    assert not told(book, text)


def test_an_extension_that_ends_before_the_pause_is_refused(book: Rulebook) -> None:
    """62/2025 is paused through 2026-11-10 as it is; that day itself extends by nothing and is no contradiction."""
    (fault,) = told(book, "62=extended:2026-11-09")
    assert fault.code == "ASSUME"
    assert "mofcom-2025-62 is suspended until and including 2026-11-10" in fault.what
    assert not told(book, "62=extended:2026-11-10")


def test_an_extension_of_all_must_fit_all(book: Rulebook) -> None:
    """46/2024 is paused longer than the others, through 2026-11-27, and is named."""
    (fault,) = told(book, "extended:2026-11-20")
    assert "mofcom-2024-46 is suspended until and including 2026-11-27" in fault.what
    assert "mofcom-2025-62" not in fault.what


def test_the_pause_that_is_extended_is_the_one_known_then(book: Rulebook) -> None:
    """21/2025 was paused three times; in June 2025 the first pause was known, through 2025-08-11."""
    assert not told(book, "21/2025=extended:2025-09-30", known="2025-06-01")
    assert "2025-08-11" in told(book, "21/2025=extended:2025-07-01", known="2025-06-01")[0].what
    assert "2026-11-10" in told(book, "21/2025=extended:2025-09-30", known="2025-12-01")[0].what


def test_the_day_of_knowledge_comes_from_the_clocks(book: Rulebook) -> None:
    """Without `--known` it is the earlier of the day of the act and the last check."""
    for on, known, count in (("2025-06-01", None, 0), ("2025-12-01", None, 1), ("2025-12-01", "2025-06-01", 0)):
        faults = Faults()
        clocks(book, on, known, "21/2025=extended:2025-09-30", faults)
        assert len(faults.items) == count


def test_only_what_was_paused_can_be_picked(book: Rulebook) -> None:
    """18/2025 was never paused, so that a branch picked for it would change nothing."""
    assert "mofcom-gac-2025-18" not in pausable(book)
    assert [fault.code for fault in told(book, "18/2025=lapsed")] == ["INSTRUMENT"]
