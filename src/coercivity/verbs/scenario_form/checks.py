"""Every error of a scenario that a form describes, each with its field."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from coercivity.base.errors import CoercivityError, Fault, brief_value, nearest
from coercivity.cases.arguments import PACKED
from coercivity.data.textyaml import TextMap, load_text
from coercivity.files.write.whole import write_file
from coercivity.market.run.scenarios.scenario import packed_scenarios, read_scenario
from coercivity.market.run.simulate import capacities
from coercivity.verbs.scenario_form.draft import FILE, INHERITS, REST, Draft, Written, written
from coercivity.verbs.scenario_form.fields import BY_LIST, FIRST, LISTS, PUBLISHED, FormField, field_name

MOST_BYTES = 2**16
MOST_FAULTS = 200
_LINE = re.compile(rf"{re.escape(FILE)}:(\d+)")
_REST_LINE = re.compile(rf"{REST}:(\d+)")
_PLACE = re.compile(r"(?:required key ')?([a-z_]+(?:\.[a-z_0-9]+)+)(?:'|:)")
_HEAD = re.compile(r"required key '(id|title|about)' is missing")
MISSING = "a value is missing"
_ROUNDS = 3  # an error of form hides the others of its entry, which the next round finds
_SAID = (
    ("the end ", "to"),
    ("published in", PUBLISHED),
    ("unit ", "amount"),
    ("amount of", "amount"),
    ("grants and", "amount"),
    ("offtake ", "tonnes_a_year"),
    ("tonnes a year", "tonnes_a_year"),
    ("price of", "price"),
    ("a delay of", "months"),
    ("kind of support", "kind"),
    ("grant ", "rate"),
    ("border floor", "upside"),
    ("no producer", "region"),
    ("plants: id", "id"),
    ("the release of", "release_to"),
    ("floors ", FIRST),
    ("stockpile .* no release_tonnes", "release_tonnes_a_month"),
    ("stockpile .* empty", "opening_tonnes"),
    ("stockpile ", "release_from"),
    ("delay .* no region", "region"),
    ("delay .* no stage", "stage"),
    ("delay ", "plant"),
    ("plant .* starts in", "start"),
)


def check_parent(content: object) -> None:
    """Refuses a scenario from a form or an upload that inherits from anything but a built-in one, such as a file.

    Args:
        content: The file as read.

    Raises:
        CoercivityError: If it does.
    """
    parent = content.get(INHERITS) if isinstance(content, TextMap) else None
    packed = packed_scenarios()
    if isinstance(parent, str) and parent and parent not in packed:
        what = f"scenario {parent[:60]!r} not found"
        near = nearest(parent[:80], packed) or packed
        step = "inherit from a built-in scenario"
        raise CoercivityError.of("SCENARIO-UNKNOWN", what, where=INHERITS, nearest=near, next=step)


def scenario_faults(draft: Draft) -> list[Fault]:
    """Returns every error of the scenario of a form; `where` names the field, the entry or `rest`.

    Args:
        draft: Content of the form.
    """
    found: dict[tuple[str, str], Fault] = {}
    now, repaired = dict(draft), set[str]()
    for _ in range(_ROUNDS):
        new = [fault for fault in _faults(now) if not _repaired(fault.where or "", repaired, now)]
        for fault in new:
            found.setdefault((fault.where or "", fault.what), fault)
        mended = {name: value for fault in new for name, value in _mended(fault, now)}
        if not mended:
            break
        now |= mended
        repaired |= mended.keys()
    return list(found.values())[:MOST_FAULTS]


def _repaired(where: str, repaired: set[str], draft: Draft) -> bool:
    """Returns whether a fault is due to a value that was put in place of one at fault."""
    return where in repaired or any(name.startswith(where + LISTS) for name in repaired if where)


def _mended(fault: Fault, draft: Draft) -> Iterator[tuple[str, str]]:
    """Yields the field at fault with a value without an error, if the fault is one of its form."""
    where = fault.where or ""
    form = _form_of(where)
    if form is not None and fault.code in ("VALUE", "KEY-MISSING"):
        yield where, form.neutral
    elif where in ("id", "title") and fault.code == "KEY-MISSING":
        yield where, "own"


def _form_of(name: str) -> FormField | None:
    place, _, key = name.rpartition(LISTS)
    entry = BY_LIST.get(place.rpartition(LISTS)[0])
    return next((each for each in entry.fields if each.name == key), None) if entry is not None else None


def _faults(draft: Draft) -> list[Fault]:
    try:
        made = written(draft)
    except CoercivityError as error:
        return [replace(fault, where=REST) for fault in error.faults]
    size = len(made.text.encode())
    if size > MOST_BYTES:
        what = f"the scenario has {size:,} bytes; at most {MOST_BYTES:,} are accepted"
        return [Fault("HTTP-SIZE", what, REST, next="split it, or run the file with `coercivity outlook`")]
    found = _own_faults(draft)
    try:
        check_parent(load_text(made.text, name=FILE))
    except CoercivityError as error:
        found += error.faults
        made = written({**draft, INHERITS: ""})
    try:
        check_scenario_text(made.text)
    except CoercivityError as error:
        found += [_placed(fault, made) for fault in error.faults]
    return [fault for fault in found if fault.where != "about"]  # it is missing where the title is, which is told


def check_scenario_text(text: str) -> None:
    """Checks the text of a scenario file as a run would; the places of its errors are lines.

    Args:
        text: The file.

    Raises:
        CoercivityError: With every error in it.
    """
    check_parent(load_text(text, name=FILE))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        write_file(path, text.encode())
        read_scenario(str(path), capacities(), PACKED.book())


def _own_faults(draft: Draft) -> list[Fault]:
    name = draft.get("id", "").strip()
    if name in packed_scenarios():
        what = f"id {brief_value(name)!r} is that of a built-in scenario"
        return [Fault("SCENARIO", what, "id", next="give it another id")]
    return []


def _placed(fault: Fault, made: Written) -> Fault:
    """Returns a fault of the file as one of the form: the place is a field, and the text does not repeat it."""
    where, what = fault.where or "", fault.what
    if (head := _HEAD.match(what)) is not None:
        return replace(fault, where=head[1], what=MISSING)
    told = _PLACE.match(what)
    if told is not None and (name := _by_path(told[1], made.paths)) is not None:
        text = MISSING if fault.code == "KEY-MISSING" else what[told.end() :].strip() or what
        return replace(fault, where=name, what=text)
    line = _LINE.match(where)
    if line is None:
        return replace(fault, where=REST if _REST_LINE.match(where) else where)
    number = int(line[1])
    entry = made.entries.get(number)
    if entry is not None:
        return replace(fault, where=_inside(entry, what, made.paths))
    return replace(fault, where=made.fields.get(number, REST))


def _by_path(dotted: str, paths: Mapping[str, str]) -> str | None:
    """Returns the field at a place of the file; the entry above it gives the name of one that is missing."""
    if dotted in paths:
        return paths[dotted]
    above, _, key = dotted.rpartition(LISTS)
    if above in paths and _form_of(field_name(paths[above].rpartition(LISTS)[0], 0, key)) is not None:
        return paths[above] + LISTS + key
    return paths.get(above)


def _inside(entry: str, what: str, paths: Mapping[str, str]) -> str:
    """Returns the field of an entry that a text names first; the entry itself if it names none."""
    form = BY_LIST[entry.rpartition(LISTS)[0]]
    names = [each.name for each in form.fields]
    first = what.split(" ", 1)[0].rstrip(":")
    if first == "good" and "goods" in names:
        first = "goods"
    if first in names and first != form.named:
        return entry + LISTS + first
    for told, name in _SAID:
        if re.match(told, what) and name in names:
            return entry + LISTS + name
    tonnes = [name for name in names if "tonnes" in name or name == "capacity"]
    if "is not a valid quantity" in what and tonnes:
        return entry + LISTS + tonnes[0]
    return entry
