"""What a place is to a deal, from the words beside it."""

from __future__ import annotations

from typing import Literal

Relation = Literal["from", "to", "at", "people_from", "recipient", "origin", "via", "plain"]
