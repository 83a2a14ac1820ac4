"""Kinds of documents and the facts that name end uses, from the pack."""

from __future__ import annotations

from functools import lru_cache

from coercivity.base.errors import Faults
from coercivity.data.catalogue import FactCatalogue, load_catalogue
from coercivity.data.schema import Plain, Strict, Words, parse_as
from coercivity.data.textyaml import load_file
from coercivity.law.rules.jurisdictions.names import abroad_folder

NAME = "papers.yaml"


class PaperKinds(Strict):
    """The content of `papers.yaml`.

    Attributes:
        kinds: Kinds of documents with their names.
        uses: Facts of which a value is an end use.
        parts: Values that can be a part of what any other value names.
        kinds_of_use: Kind of use that a yes to a fact means.
        general: Words that say the kind of use and nothing more.
        not_known: Words of a cell that leave open what it asks.
    """

    kinds: dict[str, Words]
    uses: list[Plain]
    parts: list[Plain]
    kinds_of_use: dict[str, Plain]
    general: list[Plain]
    not_known: list[Plain]


@lru_cache(maxsize=1)
def paper_kinds() -> PaperKinds:
    """Returns the content of the pack, read once.

    Raises:
        CoercivityError: With every error of the file.
    """
    faults = Faults()
    found = parse_as(PaperKinds, load_file(abroad_folder().parent / NAME), name=NAME, faults=faults)
    faults.raise_if_any()
    assert found is not None
    return found


@lru_cache(maxsize=1)
def facts_of_uses() -> FactCatalogue:
    """Returns the facts of other jurisdictions, some of which name end uses.

    Raises:
        CoercivityError: With every error of the catalogue.
    """
    faults = Faults()
    found = load_catalogue(abroad_folder() / "facts", party_sets={}, parties={}, faults=faults)
    faults.raise_if_any()
    return found
