"""The answers of `POST /api/decide` under several jurisdictions as models, for the description of the API."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from coercivity.http.answers import DealAnswer, InLanguages, LotTold, OutcomeWord, Told


class ScenarioTold(Told):
    """The result in one scenario of what became of a rule."""

    scenario: Annotated[dict[str, str], Field(description="The value supposed, by scenario")]
    outcome: OutcomeWord
    finding: str
    hash: str


class JurisdictionAnswer(Told):
    """The answer of one jurisdiction."""

    jurisdiction: str
    name: InLanguages
    obligations: Annotated[list[str], Field(description="Ids of the clauses of which an obligation follows")]
    open_obligations: Annotated[
        dict[str, list[str]], Field(description="Clauses of which one may follow, with the facts that would settle it")
    ]
    scenarios: list[ScenarioTold]
    answer: DealAnswer


class ConflictTold(Told):
    """Where Chinese law and another one conflict; `sure` if everything that it depends on is decided."""

    id: str
    kind: Literal["clash", "squeeze", "friction"]
    sure: bool
    title: InLanguages
    clauses: list[str]
    ask: Annotated[dict[str, str], Field(description="The next question, by language")]
    never: Annotated[dict[str, str], Field(description="What not to do, by language")]
    both: Annotated[dict[str, str], Field(description="That both cannot be satisfied on this route, if certain")]


class JurisdictionsAnswer(Told):
    """The answers to one deal, the most restrictive first."""

    id: str
    title: str
    outcome: OutcomeWord
    conflicts: list[ConflictTold]
    papers: list[LotTold] = []
    jurisdictions: list[JurisdictionAnswer]


class TextJurisdictions(Told):
    """The answers to each deal of a text."""

    id: str
    outcome: OutcomeWord
    deals: list[JurisdictionsAnswer]
