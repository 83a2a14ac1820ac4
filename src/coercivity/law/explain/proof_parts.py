"""Contents of a proof as plain data."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from coercivity.base.json_types import Json
from coercivity.data.vouch import VouchShown
from coercivity.law.engine.screened import ScreenedShown
from coercivity.law.rules.shown import StatusShown


class PackShown(TypedDict):
    """The rulebook used for a proof; its jurisdiction if only the instruments of one were used."""

    version: str
    hash: str
    jurisdiction: NotRequired[str]


class ListHeld(TypedDict):
    """How complete a built-in list is, and as of which day; blank if that was not established."""

    completeness: str
    as_of: str


class ListsShown(TypedDict):
    """The party lists: the built-in ones with their hash, and what a person searched, when and in which version."""

    held: dict[str, ListHeld]
    searched: dict[str, str]
    packed: str
    search: NotRequired[dict[str, str]]


class FactShown(TypedDict):
    """A fact with its source."""

    fact: str
    value: Json
    said_by: str


class AboutShown(TypedDict):
    """The part of a step that depends only on the provision; `basis` only if its text was not read."""

    instrument: str
    provision: str
    ref: str
    effect: str
    ceiling: NotRequired[str]
    remains: NotRequired[str]
    basis: NotRequired[str]


class StepShown(AboutShown):
    """The result for one relevant rule: its status, its evaluated conditions, its role and the related rules."""

    match: str
    role: str
    status: StatusShown
    item: NotRequired[dict[str, Json]]
    when: NotRequired[dict[str, Json]]
    bears_on: NotRequired[dict[str, str]]
    taken_out_by: NotRequired[list[str]]
    unless: NotRequired[list[str]]


class BranchShown(TypedDict):
    """The result of one legal scenario."""

    finding: str
    outcome: str
    bites: list[str]
    picks: NotRequired[dict[str, str]]
    perhaps_suspended: NotRequired[list[str]]
    suspended: NotRequired[list[str]]


class ProofContent(TypedDict):
    """The content of a proof, before its hashes; the format before has no `screened`."""

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
    screened: NotRequired[ScreenedShown]
    unread: NotRequired[list[str]]
    names: NotRequired[list[dict[str, Json]]]
    vouches: NotRequired[list[VouchShown]]
    may_become: NotRequired[str]


class Proof(ProofContent):
    """A proof; `hash` is the decision hash, `ruling` the hash of its first half."""

    ruling: str
    hash: str
