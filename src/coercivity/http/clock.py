"""The only clock of the HTTP API: to refuse a statement that is signed in the future, and to date a judgement."""

from __future__ import annotations

import datetime as dt


def today() -> str:
    """Returns today's date, YYYY-MM-DD."""
    return dt.date.today().isoformat()


def now() -> str:
    """Returns the time in UTC, as judgements state it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
