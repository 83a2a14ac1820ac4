"""`coercivity facts`."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from coercivity.base.words import Lang, say
from coercivity.cli.options import PACKED_LAW, LawOptions
from coercivity.cli.out import put, put_json
from coercivity.cli.show import said

if TYPE_CHECKING:
    from coercivity.verbs.facts import FactEntry

LABELS = {
    "benign": "answer that triggers no rule",
    "derived": "derived",
    "synonyms": "also called",
    "value_synonyms": "synonyms of values",
}
MOST_VALUES = 100  # longer value lists are ids that are documented elsewhere
HEAD = """# Facts

All facts a deal can state, in the order in which the forms ask for them. A fact that is not given is unknown; "no" is
never assumed. The value `unknown` marks a fact as open and overrides a compliance declaration. Shares are fractions
(0.1 percent is 0.001), dates are YYYY-MM-DD, sets are complete lists: an unlisted value is not included. A number can
be a range, `[low, high]`. Generated from the rulebook by `coercivity facts --format markdown`.

A case file:

```yaml
standing:
  said_by: the exporter
  said_on: transaction date
  screened: {lists: [control_list, watch_list, unreliable_entity_list, countermeasures], version: parties.csv}
  facts: {party_sets: [], military_user: false, military_use: false, wmd_use: false, knowledge: none, notice: false}
cases:
- id: my-1
  title: Magnets with dysprosium to Germany
  date: '2025-08-15'
  facts: {act: goods, form: magnet, magnet_type: [NdFeB], elements: [Nd, Pr, Dy], from: CN, to: DE}
  expected: {finding: licence_required, outcome: LICENCE}
```
"""


def facts(
    name: str | None = None,
    *,
    jurisdiction: str | None = None,
    format: Literal["text", "markdown", "json"] = "text",
    by: LawOptions = PACKED_LAW,
    lang: Lang = "en",
) -> int:
    """Print all facts, or one fact.

    Args:
        name: Name of a fact. Default: all facts.
        jurisdiction: Print the facts that the rules of another jurisdiction ask for, e.g. US.
        format: text, markdown (the documentation page) or json.
        lang: Language of questions and meanings: en, zh, or ja where there is a translation.
    """
    from coercivity.verbs.facts import countries, fact, facts_of_jurisdiction
    from coercivity.verbs.facts import facts as all_facts

    if name is not None:
        found = [fact(name, by.law)]
    else:
        found = facts_of_jurisdiction(jurisdiction) if jurisdiction else all_facts(by.law)
    if format == "json":
        put_json(found)
    elif format == "markdown":
        put(*"\n".join(_page(found, lang, countries(by.law))).split("\n"))
    else:
        for entry in found:
            put(*_lines(entry, lang, whole=name is not None))
        if name is None:
            hint = (
                "`coercivity facts NAME` prints one fact with all its values; --format markdown prints the whole page."
            )
            put("", said(hint, lang))
    return 0


def _lines(entry: FactEntry, lang: Lang, *, whole: bool) -> Iterator[str]:
    unit = f" [{entry['unit']}]" if entry["unit"] else ""
    standing = f"  {said('compliance declaration', lang)}" if entry["standing"] else ""
    yield f"{entry['name']}  {entry['type']}{unit}{standing}"
    yield f"    {say(entry['question'], lang)}"
    values = list(entry["values"])
    if not whole:
        shown = ", ".join(values)
        yield from textwrap.wrap(
            shown, 108, initial_indent="    ", subsequent_indent="    ", max_lines=3, placeholder=" ..."
        )
        return
    yield from textwrap.wrap(say(entry["help"], lang), 108, initial_indent="    ", subsequent_indent="    ")
    for value in values:
        meaning = say(entry["values"][value], lang)
        yield f"    {meaning if meaning.startswith(f'{value}:') else f'{value}: {meaning}'}"
    if entry["note"]:
        yield f"    {said('note', lang)}: {say(entry['note'], lang)}"
    for key, name in LABELS.items():
        if entry.get(key) not in (None, "", [], {}):
            yield f"    {said(name, lang)}: {_plain(entry.get(key))}"
    if entry["asked_by"]:
        count = len(entry["asked_by"])
        yield f"    {said(f'used by {count} clauses' if count > 1 else 'used by 1 clause', lang)}"
    yield f"    {said('example', lang)}: {entry['name']}: {_plain(entry['example'])}"


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} = {text}" for key, text in value.items())
    return f"[{', '.join(value)}]" if isinstance(value, list) else str(value)


def _page(entries: list[FactEntry], lang: Lang, codes: Mapping[str, str]) -> Iterator[str]:
    yield HEAD
    yield "| fact | type | unit | declaration | question |\n| --- | --- | --- | --- | --- |"
    for entry in entries:
        standing = "yes" if entry["standing"] else ""
        name, question = entry["name"], say(entry["question"], lang)
        yield f"| [{name}](#{name}) | {entry['type']} | {entry['unit']} | {standing} | {question} |"
    for entry in entries:
        yield from _section(entry, lang)
    yield "\n## Country codes\n"
    yield ", ".join(f"{code} {name}" for code, name in codes.items())


def _section(entry: FactEntry, lang: Lang) -> Iterator[str]:
    yield f"\n## {entry['name']}\n"
    questions = " / ".join(entry["question"][key] for key in ("en", "zh", "ja") if key in entry["question"])
    yield f"{questions}\n"
    unit = f", {entry['unit']}" if entry["unit"] else ""
    yield f"- type: {entry['type']}{unit}"
    if entry["standing"]:
        yield f"- compliance declaration; the answer that triggers no rule: `{_plain(entry.get('benign', ''))}`"
    for key, also in LABELS.items():
        if entry.get(key) and key != "benign":
            yield f"- {also}: {_plain(entry.get(key))}"
    yield f"- example: `{entry['name']}: {_plain(entry['example'])}`"
    if entry["asked_by"]:
        yield f"- used by: {', '.join(f'`{name}`' for name in entry['asked_by'])}"
    if entry["help"]:
        yield f"\n{say(entry['help'], lang)}"
    if entry["note"]:
        yield f"\n{say(entry['note'], lang)}"
    if 0 < len(entry["values"]) <= MOST_VALUES:
        yield "\n| value | meaning | 中文 |\n| --- | --- | --- |"
        for value, words in entry["values"].items():
            yield f"| `{value}` | {words.get('en', '')} | {words.get('zh', '')} |"
    if entry["open"]:
        yield "\nThe list in the law is open: anything not named here is `other`."
