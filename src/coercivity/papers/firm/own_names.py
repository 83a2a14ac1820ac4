"""Names that a company gave to its options and scenarios, in the language of a page.

Report data hold each name as typed, beside the Chinese names that the workbook gives. A Chinese page shows the Chinese
name; one that is typed only in other letters is put in quotation marks, so that it reads as a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar, cast

from coercivity.base.words import Lang
from coercivity.firm.company.model import Company

NamesZh = dict[str, dict[str, str]]
Body = TypeVar("Body")
_CHINESE, _WORD = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-z]{3}")
_OF_OPTION = re.compile(r"(Options \S+ of )(.+)", re.S)
# Keys under which report data hold such a name, or several, and the table of their Chinese names.
_OPTIONS, _SCENARIOS, _TEXTS, CLAUSES = "options", "scenarios", "texts", "clauses"
_TABLES = {
    "option": _OPTIONS,
    "options": _OPTIONS,
    "least_options": _OPTIONS,
    "fed_from_china": _OPTIONS,
    "names": _OPTIONS,
    "scenario": _SCENARIOS,
    "refused_in": _SCENARIOS,
    "what": _TEXTS,
    "said_by": _TEXTS,
    "basis": _TEXTS,
    "mixed_bases_accepted": _TEXTS,
}
_CODES = frozenset({"names"})  # grades and plants stand there too, which are codes: only a name of words is quoted


def names_of_stops(company: Company) -> NamesZh:
    """Returns the Chinese names in report data on line stops by the table that they are in and the name as typed.

    Args:
        company: The company.
    """
    options = {row.option: row.name_zh for row in company.options}
    scenarios = {row.scenario: row.name_zh for row in company.delays}
    texts = {row.what: row.what_zh for row in company.clauses}
    clauses = {row.clause: row.name_zh for row in company.clauses}
    return _given({_OPTIONS: options, _SCENARIOS: scenarios, _TEXTS: texts, CLAUSES: clauses})


def names_of_mix(company: Company) -> NamesZh:
    """Returns the Chinese names in report data on a mix by the table that they are in and the name as typed.

    Args:
        company: The company.
    """
    options = {row.option: row.name_zh for row in company.mix_options}
    scenarios = {row.scenario: row.name_zh for row in company.scenarios}
    texts = {row.value: row.value_zh for row in company.declarations}
    return _given({_OPTIONS: options, _SCENARIOS: scenarios, _TEXTS: texts})


def in_own_names(body: Body, lang: Lang, names: NamesZh | None = None) -> Body:
    """Returns report data with the names of the company as a page in a language shows them.

    Args:
        body: Report data on line stops or a mix, or a part of them. They are not changed; in English they are returned
            as they are.
        lang: Language of the page.
        names: Chinese names by table, if the report data do not hold them themselves.
    """
    if lang != "zh":
        return body
    own = names if names is not None else _own(body)
    return cast(Body, _shown(body, own))


def quoted(name: str) -> str:
    """Returns a name in Chinese quotation marks if it has a word in other letters and no Chinese character.

    Args:
        name: The name as typed. A code of one or two letters is not quoted.
    """
    return f"“{name}”" if _WORD.search(name) and not _CHINESE.search(name) and "“" not in name else name


def _given(tables: Mapping[str, Mapping[str, str]]) -> NamesZh:
    found = {table: {name: chinese for name, chinese in held.items() if chinese} for table, held in tables.items()}
    return {table: held for table, held in found.items() if held}


def _own(body: object) -> NamesZh:
    return cast(NamesZh, body.get("names_zh", {})) if isinstance(body, dict) else {}


def _shown(value: object, names: NamesZh) -> object:
    if isinstance(value, list):
        return [_shown(part, names) for part in value]
    if not isinstance(value, dict):
        return value
    stock = value.get("kind") == "stock"  # its name is a grade
    return {
        key: part if key == "names_zh" or (stock and key == "option") else _under(key, part, value, names)
        for key, part in value.items()
    }


def _under(key: str, part: object, beside: Mapping[str, object], names: NamesZh) -> object:
    if key == "missing" and isinstance(part, list):
        return [_cell(str(one), names) for one in part]
    table = _OPTIONS if key == "name" and beside.get("kind") == "option" else _TABLES.get(key)
    if table is None:
        return _shown(part, names)
    if isinstance(part, list):
        return [_named(key, one, table, names) if isinstance(one, str) else _shown(one, names) for one in part]
    return _named(key, part, table, names) if isinstance(part, str) else _shown(part, names)


def _cell(cell: str, names: NamesZh) -> str:
    """Returns a cell that is to be filled, such as `Options deals of second`, with the name of its row."""
    found = _OF_OPTION.fullmatch(cell)
    return cell if found is None else found[1] + _named("option", found[2], _OPTIONS, names)


def _named(key: str, name: str, table: str, names: NamesZh) -> str:
    found = names.get(table, {}).get(name)
    if found is not None:
        return found
    return name if key in _CODES and " " not in name else quoted(name)
