"""A run lists its own assumptions, not those of another run in the same process."""

from __future__ import annotations

from coercivity.verbs.outlook import outlook


def test_the_same_question_gives_the_same_bytes_whatever_was_asked_before() -> None:
    """The rows that a result rests on used to be remembered by the packed world, over all runs of a process."""
    before = outlook("no-controls", first="2024-10", last="2024-11")
    outlook("controls-back", first="2025-04", last="2025-05")
    after = outlook("no-controls", first="2024-10", last="2024-11")
    assert after.json == before.json
    assert after.html == before.html
