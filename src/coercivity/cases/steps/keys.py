"""Keys of a file of deals that are none of ours but look as if one was meant."""

from __future__ import annotations

from coercivity.base.errors import nearest


def likely(key: str, known: tuple[str, ...], meant: tuple[str, ...], most: int) -> tuple[tuple[str, ...], str]:
    """Returns the names most like a key that is none of ours, and what to do; other keys are notes."""
    if key in known:
        return (), ""
    if nearest(key.lower(), ("jurisdiction",)):
        return (), "name the jurisdictions with --jurisdiction"
    return nearest(key, meant, most=most), ""
