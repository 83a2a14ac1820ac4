"""Reasons for a decision about a pair, offered by number, and who decides."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.requests import Request

from coercivity.web.view import View

SIGNER = "coercivity-signer"
MOST_BY, MOST_WHY = 120, 500
# By decision, in the order of their numbers; the words are `parties.why_KEY`.
REASONS: dict[str, tuple[str, ...]] = {
    "different": (
        "other_address", "other_country", "other_business", "other_owner", "other_number", "by_website", "by_register",
        "by_party", "other_person",
    ),
    "same": ("same_address", "same_number", "same_owner", "by_website", "by_register", "by_party"),
    "unsure": ("not_enough", "asked_party", "passed_on"),
}  # fmt: skip
SAYS = (*REASONS, "withdrawn")


def reason_choices(view: View, says: str) -> list[tuple[str, str]]:
    """Returns the reasons offered for a decision, as value and text, in the order of their numbers."""
    return [(f"{says}.{key}", view.w(f"parties.why_{key}")) for key in REASONS[says]]


def reason_of(view: View, says: str, chosen: str, own: str) -> str:
    """Returns the reason for a decision in a sentence; blank if none was given.

    Args:
        view: The page.
        says: The decision.
        chosen: Value of a reason that was offered; one for another decision does not count.
        own: The reason in the person's own words.
    """
    if says == "withdrawn":
        return own or view.w("parties.why_withdrawn")
    offered = dict(reason_choices(view, says)) if says in REASONS else {}
    parts = [part for part in (offered.get(chosen, ""), own) if part]
    if not parts and says == "unsure":
        parts = [view.w("parties.why_not_enough")]
    return view.signs.colon.join(parts)


def signer_of(request: Request) -> str:
    """Returns who decides in this browser; blank if nobody signed yet."""
    return unquote(request.cookies.get(SIGNER, ""))[:MOST_BY].strip()


def signer_cookie(by: str) -> str:
    """Returns a signer as the browser keeps it until it is closed."""
    return quote(by[:MOST_BY])
