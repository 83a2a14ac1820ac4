"""A person's check as the browser keeps it: one statement in a cookie, so that it counts for that user only."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import NamedTuple

from coercivity.base.errors import CoercivityError
from coercivity.verbs.law import Law
from coercivity.verbs.serving.models import VouchSent
from coercivity.verbs.serving.served import served_law
from coercivity.verbs.serving.vouches import law_of

COOKIE = "coercivity-vouch"
KEPT_S = 180 * 24 * 3600
MOST_COOKIE = 3_800  # browsers keep about 4,000 bytes


class Vouched(NamedTuple):
    """The statement of the user of a page.

    Attributes:
        sent: The statement; empty if there is none.
        own: The rulebook with it; None for that of the server.
        stale: A statement is kept that no longer counts, such as one older than the last check of a newer rulebook.
    """

    sent: tuple[VouchSent, ...] = ()
    own: Law | None = None
    stale: bool = False

    @property
    def law(self) -> Law:
        """The rulebook with the statement, if any."""
        return self.own or served_law()


NOTHING_VOUCHED = Vouched()


def vouched_by(cookies: Mapping[str, str]) -> Vouched:
    """Returns the statement that a browser keeps; a damaged one or one that no longer counts is marked, not used."""
    text = cookies.get(COOKIE, "")
    if not text:
        return NOTHING_VOUCHED
    try:
        sent = (VouchSent.model_validate(json.loads(base64.urlsafe_b64decode(text.encode()))),)
        return Vouched(sent, law_of(sent))
    except (ValueError, binascii.Error, RecursionError, CoercivityError):
        return Vouched(stale=True)


def cookie_of(sent: VouchSent) -> str:
    """Returns a statement as a browser keeps it."""
    text = json.dumps(sent.model_dump(), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode()
