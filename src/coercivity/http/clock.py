"""The only clock of the HTTP API: today's date, to refuse a statement that is signed in the future."""

from __future__ import annotations

import datetime as dt


def today() -> str:
    """Returns today's date, YYYY-MM-DD."""
    return dt.date.today().isoformat()
