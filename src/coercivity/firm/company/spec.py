"""What the sheets of a company's workbook are called and what their columns hold, read from data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from coercivity.workbooks.spec import BookForm, ColumnSpec, SheetSpec, column_of, load_form, load_words


@lru_cache(maxsize=1)
def company_form() -> BookForm:
    """Returns the form of a company's workbook."""
    return load_form(
        __package__,
        describes="a company",
        template="coercivity firm template --out firm.xlsx",
        docs="docs/firm.md",
        apart=("plan", "最优组合"),
    )


def sheet_specs() -> Mapping[str, SheetSpec]:
    """Returns the sheets by key, in the order of the template."""
    return company_form().sheets


def setting_specs() -> Mapping[str, ColumnSpec]:
    """Returns the single values of the sheet of settings by key."""
    return company_form().settings


@lru_cache(maxsize=1)
def quick_specs() -> Mapping[str, ColumnSpec]:
    """Returns the values with which a company can begin, by key; `also` holds an example of each."""
    return {key: column_of(key, raw) for key, raw in load_words(__package__, "quick.yaml").items()}
