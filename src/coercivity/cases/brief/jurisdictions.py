"""Cases that ask for other jurisdictions too: their codes, and facts that only these ask for."""

from __future__ import annotations

import copy
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from coercivity.cases.lot_papers.kinds import facts_of_uses
from coercivity.data.catalogue import FactCatalogue
from coercivity.data.textyaml import file_in, load_file
from coercivity.law.engine.decide import Deal
from coercivity.law.rules.rulebook import Rulebook

CASE_FILE, JURISDICTIONS = "case.yaml", "jurisdictions"


def asks_abroad(folder: Path) -> bool:
    """Returns whether the case of a folder has the key `jurisdictions`."""
    path = file_in(folder, CASE_FILE)
    content = load_file(path) if path.is_file() else None
    return isinstance(content, dict) and JURISDICTIONS in content


@lru_cache(maxsize=4)
def with_facts_abroad(china: Rulebook) -> Rulebook:
    """Returns the rulebook on China with the facts of other jurisdictions; no rule of it reads more than before."""
    own, other = china.catalogue, facts_of_uses()
    specs = [*own.values(), *(spec for name, spec in other.items() if name not in own)]
    found = copy.copy(china)
    object.__setattr__(found, "catalogue", FactCatalogue(specs, own.countries))
    return found


def in_china(china: Rulebook, deal: Deal) -> Deal:
    """Returns a deal without the facts that only other jurisdictions ask for."""
    names = [name for name in deal.facts if name in china.catalogue]
    said_by = {name: deal.said_by[name] for name in names if name in deal.said_by}
    return replace(deal, facts={name: deal.facts[name] for name in names}, said_by=said_by)
