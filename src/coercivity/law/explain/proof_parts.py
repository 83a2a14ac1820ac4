"""What a proof holds, as plain data."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from coercivity.base.json_types import Json
from coercivity.law.rules.shown import StatusShown


class PackShown(TypedDict):
    """The law a proof was made with."""

    version: str
    hash: str


class ListsShown(TypedDict):
    """The party lists: those searched with their version, and the hash of those packed."""

    searched: dict[str, str]
    packed: str


class FactShown(TypedDict):
    """A fact with who said it."""

    fact: str
    value: Json
    said_by: str


class AboutShown(TypedDict):
    """What a step says of its provision, whatever the deal."""

    instrument: str
    provision: str
    ref: str
    effect: str
    ceiling: NotRequired[str]
    remains: NotRequired[str]


class StepShown(AboutShown):
    """What one rule in play was found to be: its status, its conditions as read, its part, the rules around it."""

    match: str
    role: str
    status: StatusShown
    item: NotRequired[dict[str, Json]]
    when: NotRequired[dict[str, Json]]
    bears_on: NotRequired[dict[str, str]]
    taken_out_by: NotRequired[list[str]]
    unless: NotRequired[list[str]]


class BranchShown(TypedDict):
    """What comes of one way of resolving what is unknown."""

    finding: str
    outcome: str
    bites: list[str]
    picks: NotRequired[dict[str, str]]
    perhaps_suspended: NotRequired[list[str]]
    suspended: NotRequired[list[str]]


class ProofContent(TypedDict):
    """What a proof says, before its hashes."""

    schema: str
    engine: str
    pack: PackShown
    on: str
    known: str
    assume: dict[str, str]
    verified_through: str
    instruments_used: list[str]
    lists: ListsShown
    facts: list[FactShown]
    missing: list[str]
    open_standing: list[str]
    steps: list[StepShown]
    branches: list[BranchShown]
    finding: str
    outcome: str
    interval: list[str]
    unverified: bool
    unread: NotRequired[list[str]]
    names: NotRequired[list[dict[str, Json]]]
    may_become: NotRequired[str]


class Proof(ProofContent):
    """A proof; `hash` is the decision hash, `ruling` the hash of its first half."""

    ruling: str
    hash: str
