"""The form of a scenario as an address states it, with the errors of each field beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.errors import Fault
from coercivity.verbs.scenario_form.checks import scenario_faults
from coercivity.verbs.scenario_form.draft import HEAD, REST, WITHOUT, Draft, blank_draft, numbers_of, split
from coercivity.verbs.scenario_form.fields import (
    BY_LIST,
    ENTRIES,
    LISTS,
    MOST_ENTRIES,
    EntryForm,
    FormField,
    field_name,
    offered,
)
from coercivity.verbs.scenario_form.reach import unreached
from coercivity.verbs.scenarios import felt_clauses
from coercivity.web.supply.own.chosen import unreached_text
from coercivity.web.view import View
from coercivity.web.words import screen_words

DROP = "drop"
MOST_SIGNS, MOST_REST = 2000, 8000
_FIELD = re.compile(r"((?:policies\.)?[a-z_]+)\.(\d{1,2})\.([a-z_]+)")
_ORE = re.compile(r"(mine|unregistered):([A-Za-z_]+)(?::([A-Z-]+))?")


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of an entry.

    Attributes:
        name: Its name in the form.
        label: What it holds, with its unit.
        kind: text, number, month, choice or several.
        value: What was typed.
        options: Choices: value and text.
        chosen: Values chosen, where there may be several.
        faults: Its errors.
        notes: What else to know of it.
        needed: Whether it may not be blank.
    """

    name: str
    label: str
    kind: str
    value: str
    options: Sequence[tuple[str, str]]
    chosen: Sequence[str]
    faults: Sequence[Fault]
    notes: Sequence[str]
    needed: bool


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """An entry of a list; `blank` if nothing is typed in it yet."""

    name: str
    title: str
    fields: Sequence[ShownField]
    faults: Sequence[Fault]
    blank: bool


@dataclass(frozen=True, slots=True)
class ShownList:
    """A list of entries of one kind, the blank one last."""

    name: str
    title: str
    about: str
    entries: Sequence[ShownEntry]

    @property
    def filled(self) -> int:
        """Number of entries that are not blank."""
        return sum(not entry.blank for entry in self.entries)


@dataclass(frozen=True, slots=True)
class OwnForm:
    """The form of a scenario.

    Attributes:
        draft: Content of the form.
        lists: Lists of entries.
        at: Errors of the fields outside the lists, by field; those without a field under a blank name.
        links: Field and title of each error, in the order of the form.
        clauses: Clauses that can be removed: id and name.
        removed: Ids of the clauses and instruments that are removed.
        other_removed: Those of them that are not offered as a box to tick.
        unreached: What it says of entries that no month of the run reaches.
        blank: Whether nothing is typed.
        faults: All errors.
    """

    draft: Draft
    lists: Sequence[ShownList]
    at: Mapping[str, Sequence[Fault]]
    links: Sequence[tuple[str, str]]
    clauses: Sequence[tuple[str, str]]
    removed: Sequence[str]
    other_removed: str
    unreached: Sequence[str]
    blank: bool
    faults: Sequence[Fault]


def typed_draft(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Returns the content of the form in the names and values of an address; those of no field are left out.

    Args:
        pairs: Names and values, of which one name can have several.
    """
    held: defaultdict[str, list[str]] = defaultdict(list)
    dropped = ""
    for name, value in pairs:
        if name == DROP:
            dropped = value
        elif value.strip() and (name in HEAD or name == REST or _is_field(name)):
            held[name].append(value.strip()[: MOST_REST if name == REST else MOST_SIGNS])
    draft = blank_draft() | {
        name: (", ".join(values) if _several(name) else values[-1]) for name, values in held.items()
    }
    return {name: value for name, value in draft.items() if not (dropped and name.startswith(dropped + LISTS))}


def _is_field(name: str) -> bool:
    return (found := _FIELD.fullmatch(name)) is not None and int(found[2]) < MOST_ENTRIES and _field(name) is not None


def _field(name: str) -> FormField | None:
    found = _FIELD.fullmatch(name)
    form = BY_LIST.get(found[1]) if found is not None else None
    return next((each for each in form.fields if found and each.name == found[3]), None) if form is not None else None


def _several(name: str) -> bool:
    form = _field(name)
    return name == WITHOUT or (form is not None and form.kind == "several")


def own_form(view: View, draft: Draft, months: Mapping[str, str]) -> OwnForm:
    """Returns the form for a content, with every error beside its field.

    Args:
        view: Parsed page address.
        draft: Content of the form.
        months: First and last month of the run as `from` and `to`.
    """
    blank = not any(value.strip() for value in draft.values())
    faults = [] if blank else scenario_faults(draft)
    out = unreached(draft, months["from"], months["to"])
    at: defaultdict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        at[fault.where or ""].append(fault)
    notes = {each.field: unreached_text(view, each) for each in out}
    lists = [_list(view, form, draft, at, notes) for form in ENTRIES]
    clauses = [(each["id"], each["short_zh" if view.lang == "zh" else "short"]) for each in felt_clauses()]
    removed = split(draft.get(WITHOUT, ""))
    others = ", ".join(name for name in removed if name not in dict(clauses))
    shown = {*HEAD, REST, *(f.name for held in lists for entry in held.entries for f in entry.fields)}
    entries = {entry.name: f"{entry.title}" for held in lists for entry in held.entries}
    lost = {name: found for name, found in at.items() if name not in shown and name not in entries}
    head = {name: at[name] for name in (*HEAD, REST) if name in at} | {"": [each for f in lost.values() for each in f]}
    links = [(name, _title(view, name, entries)) for name in at if name not in lost]
    return OwnForm(
        draft, lists, head, links, clauses, removed, others, [unreached_text(view, each) for each in out], blank, faults
    )


def _title(view: View, name: str, entries: Mapping[str, str]) -> str:
    if name in entries:
        return entries[name]
    entry, _, field = name.rpartition(LISTS)
    if entry in entries:
        return f"{entries[entry]}{view.signs.comma}{_label(view, entry.rpartition(LISTS)[0], field)}"
    return view.w(f"own.h_{name}")


def _list(
    view: View, form: EntryForm, draft: Draft, at: Mapping[str, list[Fault]], notes: Mapping[str, str]
) -> ShownList:
    numbers = numbers_of(draft, form.list)
    following = numbers[-1] + 1 if numbers else 0
    more = [following] if following < MOST_ENTRIES else []
    title = view.w(f"own.list_{form.short}")
    entries = []
    for number in (*numbers, *more):
        name = form.list + LISTS + str(number)
        fields = [_shown(view, form, number, each, draft, at, notes) for each in form.fields]
        entries.append(
            ShownEntry(name, view.w("own.entry", title, number + 1), fields, at.get(name, ()), number not in numbers)
        )
    return ShownList(form.list, title, view.w(f"own.about_{form.short}"), entries)


def _shown(
    view: View,
    form: EntryForm,
    number: int,
    field: FormField,
    draft: Draft,
    at: Mapping[str, list[Fault]],
    notes: Mapping[str, str],
) -> ShownField:
    name = field_name(form.list, number, field.name)
    value = draft.get(name, "")
    options = _options(view, field, draft) if field.choices else []
    chosen = split(value) if field.kind == "several" else [value]
    options += [(each, each) for each in chosen if each and each not in dict(options) and options]
    note = [notes[name]] if name in notes else []
    label = _label(view, form.list, field.name)
    return ShownField(name, label, field.kind, value, options, chosen, at.get(name, ()), note, field.needed)


def _label(view: View, place: str, field: str) -> str:
    own = f"own.f_{place.rpartition(LISTS)[2]}_{field}"
    return view.w(own if own in screen_words() else f"own.f_{field}")


def _options(view: View, field: FormField, draft: Draft) -> list[tuple[str, str]]:
    held = list(offered(view.lang)[field.choices])
    if field.choices == "capacities":
        regions = dict(offered(view.lang)["places"])
        held = [(name, _capacity(view, name, regions)) for name, _ in held]
        return sorted(held, key=lambda pair: pair[1])
    if field.choices == "stages":
        return [(name, view.w(f"supply.stage_{name}")) for name, _ in held]
    if field.choices == "regions_or_all":
        return [(name, text or view.w("supply.every")) for name, text in held]
    if field.choices in ("floor_kinds", "support_kinds", "mandated", "dependence"):
        return [(name, view.w(f"own.c_{name}")) for name, _ in held]
    if field.choices == "plants":
        own = (draft.get(field_name("plants", number, "id"), "") for number in numbers_of(draft, "plants"))
        held += [(name, name) for name in own if name]
    return held


def _capacity(view: View, name: str, regions: Mapping[str, str]) -> str:
    """Returns the name of a capacity in words: what it makes, and where."""
    kind, _, place = name.partition(":")
    what = view.w(f"own.k_{kind}")
    ore, _, region = place.partition(":")
    if region:
        return f"{what}{view.signs.colon}{view.w(f'own.ore_{ore}')}{view.signs.comma}{regions.get(region, region)}"
    return f"{what}{view.signs.colon}{regions.get(place, place)}"
