"""What is asked of one run, and the key of its answer."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields

from pydantic import BaseModel

from coercivity.base.days import Day
from coercivity.base.json_types import Json
from coercivity.base.months import Month
from coercivity.law.rules.rulebook import Rulebook
from coercivity.market.run.observed import ObservedAsked
from coercivity.market.run.result_key import OBSERVED, key_of
from coercivity.market.run.runs import RunAsked
from coercivity.market.run.scenarios.scenario import Scenario
from coercivity.market.run.simulate import BEGIN, Lifted


@dataclass(frozen=True, slots=True)
class RunQuestion:
    """A question about one run.

    Attributes:
        run: Scenario and legal scenario.
        first: First month of the tables.
        last: Last month of the run.
        known: Information cut-off; None if each month uses the notices published by then.
        lifted: A clause that is lifted.
        compared_from: First month of the sums by which runs are compared; None if they are not needed.
        tables: Whether the tables are needed.
        observed: The observations from which it starts; None if it has none.
    """

    run: RunAsked
    first: Month
    last: Month
    known: Day | None = None
    lifted: Lifted | None = None
    compared_from: Month | None = None
    tables: bool = True
    observed: ObservedAsked | None = None

    @property
    def begin(self) -> Month:
        """First month of the run."""
        return min(self.first, BEGIN)

    def key(self, book: Rulebook) -> str:
        """Returns the key of the answer.

        Args:
            book: The rulebook of the run.
        """
        parts: dict[str, Json] = {
            "law": [book.content_hash, book.known_through.isoformat()],
            "scenario": _plain(self.run.scenario),
            "branch": [self.run.branch, self.run.assume],
            "months": [self.first, self.last, self.compared_from],
            "known": self.known.isoformat() if self.known is not None else None,
            "lifted": [self.lifted.clause, self.lifted.month] if self.lifted is not None else None,
            "tables": self.tables,
        }
        if self.observed is None:
            return key_of("run", parts)
        return key_of("run", {**parts, "observed": self.observed.plain()}, *OBSERVED)


def scenario_text(scenario: Scenario) -> str:
    """Returns a scenario as text, the same for the same content."""
    return json.dumps(_plain(scenario), sort_keys=True)


def _plain(scenario: Scenario) -> dict[str, Json]:
    """Returns a scenario as plain data."""
    return {each.name: _value(getattr(scenario, each.name)) for each in fields(scenario)}


def _value(value: object) -> Json:
    if isinstance(value, BaseModel):
        return {name: _value(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, (list, tuple)):
        return [_value(entry) for entry in value]
    if isinstance(value, dict):
        return {str(name): _value(value[name]) for name in sorted(value)}
    if isinstance(value, Day):
        return value.isoformat()
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    raise TypeError(f"{type(value).__name__} is not plain data")
