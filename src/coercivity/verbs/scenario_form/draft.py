"""A scenario as the content of a form: from a scenario file, and back to one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from coercivity.base.errors import CoercivityError
from coercivity.data.textyaml import TextMap, load_text
from coercivity.verbs.scenario_form.emitter import Emitter, Path
from coercivity.verbs.scenario_form.fields import BY_LIST, ENTRIES, LISTS, MOST_ENTRIES, EntryForm, field_name

Draft = Mapping[str, str]
Plain = str | list["Plain"] | dict[str, "Plain"]

FILE = "scenario.yaml"
TITLES = ("title", "about")
REST, WITHOUT, ASSUME, INHERITS, ID = "rest", "without", "assume", "inherits", "id"
HEAD = (ID, "title", "title_zh", "about", "about_zh", INHERITS, ASSUME, WITHOUT)
ZH, WORDS = "_zh", "reason"
_COMMAS = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True, slots=True)
class Written:
    """A scenario file as the form writes it.

    Attributes:
        text: The file.
        fields: Name of the field of the form that each line holds.
        entries: Name of the entry of the form that begins in a line.
        paths: Name of a field or an entry of the form by its place in the file, such as `policies.support.0.amount`.
    """

    text: str
    fields: Mapping[int, str]
    entries: Mapping[int, str]
    paths: Mapping[str, str]


def blank_draft() -> dict[str, str]:
    """Returns the content of an empty form."""
    return dict.fromkeys((*HEAD, REST), "")


def numbers_of(draft: Draft, place: str) -> list[int]:
    """Returns the positions of the entries of a list that have any content.

    Args:
        draft: Content of the form.
        place: List in the file, such as `policies.support`.
    """
    begin, found = place + LISTS, set()
    for name, value in draft.items():
        number, _, _ = name.removeprefix(begin).partition(LISTS)
        if name.startswith(begin) and value.strip() and number.isascii() and number.isdigit():
            found.add(int(number))
    return sorted(found)


def draft_of(text: str, name: str = FILE) -> dict[str, str]:
    """Returns the content of the form for a scenario file; what the form has no fields for is kept as `rest`.

    Args:
        text: The file.
        name: Its name in messages.

    Raises:
        CoercivityError: If it is not YAML, or not a mapping of keys and values.
    """
    content = load_text(text, name=name)
    if not isinstance(content, TextMap):
        what = "not a mapping of keys and values"
        raise CoercivityError.of("SCENARIO", what, where=f"{name}:1", next="see docs/scenarios.md")
    draft, rest = blank_draft(), dict[str, object](content)
    for key in (ID, INHERITS):
        if isinstance(rest.get(key), str):
            draft[key] = str(rest.pop(key))
    for key in TITLES:
        words = rest.get(key)
        if isinstance(words, dict) and set(words) <= {"en", "zh"} and _texts(words):
            draft[key], draft[key + ZH] = str(words.get("en", "")), str(words.get("zh", ""))
            del rest[key]
    _law(rest, draft)
    for entry in ENTRIES:
        _taken(entry, rest, draft)
    if rest.get("policies") == {}:
        del rest["policies"]
    draft[REST] = "\n".join(Emitter().block(rest)) if rest else ""
    return draft


def _texts(words: Mapping[object, object]) -> bool:
    return all(isinstance(each, str) for each in words.values())


def _law(rest: dict[str, object], draft: dict[str, str]) -> None:
    law = rest.get("law")
    if not isinstance(law, dict) or not set(law) <= {ASSUME, WITHOUT}:
        return
    assume, without = law.get(ASSUME, ""), law.get(WITHOUT, [])
    if isinstance(assume, str) and isinstance(without, list) and all(isinstance(each, str) for each in without):
        draft[ASSUME], draft[WITHOUT] = assume, ", ".join(without)
        del rest["law"]


def _taken(entry: EntryForm, rest: dict[str, object], draft: dict[str, str]) -> None:
    """Moves a list of the file into the fields of the form, if they can hold all of it."""
    above, _, key = entry.list.rpartition(LISTS)
    holder = rest.get(above) if above else rest
    entries = holder.get(key) if isinstance(holder, dict) else None
    if not isinstance(entries, list):
        return
    read = [_fields(entry, each) for each in entries]
    if len(read) > MOST_ENTRIES or any(each is None for each in read):
        return
    for number, each in enumerate(read):
        for name, value in (each or {}).items():
            draft[field_name(entry.list, number, name)] = value
    if above:
        rest[above] = {name: value for name, value in dict(rest[above]).items() if name != key}  # type: ignore[call-overload] # it is a mapping
    else:
        del rest[key]


def _fields(entry: EntryForm, content: object) -> dict[str, str] | None:
    """Returns an entry as fields; None if the form has no field for a part of it."""
    kinds = {each.name: each.kind for each in entry.fields}
    found: dict[str, str] = {}
    if not isinstance(content, dict) or not content:
        return None
    for name, value in content.items():
        if name == WORDS and isinstance(value, dict) and set(value) <= {"en", "zh"} and _texts(value):
            found[WORDS], found[WORDS + ZH] = value.get("en", ""), value.get("zh", "")
        elif name not in kinds or name.endswith(ZH):
            usual = {"unit": "M USD" if entry.short == "support" else "USD/kg", "origin": "CN"}
            if usual.get(name) != value:
                return None
        elif kinds[name] == "several" and isinstance(value, list) and all(isinstance(each, str) for each in value):
            found[name] = ", ".join(value)
        elif isinstance(value, str):
            found[name] = value
        else:
            return None
    return found


def split(text: str) -> list[str]:
    """Returns the names in a text that lists several."""
    return list(dict.fromkeys(each for each in _COMMAS.split(text) if each))


def written(draft: Draft) -> Written:
    """Returns the scenario file that a form writes.

    Args:
        draft: Content of the form.

    Raises:
        CoercivityError: If `rest` is not YAML, or not a mapping of keys and values.
    """
    content: dict[str, Plain] = {}
    for key in (ID, *TITLES, INHERITS):
        _head(key, draft, content)
    law: dict[str, Plain] = {}
    if draft.get(ASSUME, "").strip():
        law[ASSUME] = draft[ASSUME].strip()
    if split(draft.get(WITHOUT, "")):
        law[WITHOUT] = [*split(draft[WITHOUT])]
    if law:
        content["law"] = law
    shown: dict[Path, str] = {}
    for entry in ENTRIES:
        _entries(entry, draft, content, shown)
    own = dict(content)
    for key, value in _rest(draft).items():
        before = content.get(key)
        content[key] = {**before, **value} if isinstance(before, dict) and isinstance(value, dict) else value
    emitter = Emitter()
    lines = emitter.block(content)
    fields = {line: _field_at(path, shown, own) for path, line in emitter.lines.items()}
    begun = {emitter.lines[path]: name for path, name in shown.items() if isinstance(path[-1], int)}
    paths = {LISTS.join(map(str, path)): name for path, name in shown.items()}
    named = {line: name for line, name in fields.items() if name}
    return Written("\n".join(lines) + "\n", named, begun, paths)


def _head(key: str, draft: Draft, content: dict[str, Plain]) -> None:
    value = draft.get(key, "").strip()
    if key in TITLES:
        zh = draft.get(key + ZH, "").strip()
        if not value and not zh and key != TITLES[0]:  # without a description the title describes it
            value, zh = (draft.get(name, "").strip() for name in (TITLES[0], TITLES[0] + ZH))
        words: dict[str, Plain] = {"en": value or zh, **({"zh": zh} if zh else {})}
        if words["en"]:
            content[key] = words
    elif value:
        content[key] = value


def _rest(draft: Draft) -> dict[str, Plain]:
    text = draft.get(REST, "")
    if not text.strip():
        return {}
    found = load_text(text, name=REST)
    if not isinstance(found, TextMap):
        what = "not a mapping of keys and values"
        raise CoercivityError.of("SCENARIO", what, where=f"{REST}:1", next="see docs/scenarios.md")
    return dict(found)


def _entries(entry: EntryForm, draft: Draft, content: dict[str, Plain], shown: dict[Path, str]) -> None:
    above, _, key = entry.list.rpartition(LISTS)
    made: list[Plain] = []
    for number in numbers_of(draft, entry.list):
        path: Path = (*([above] if above else []), key, len(made))
        one: dict[str, Plain] = {}
        shown[path] = entry.list + LISTS + str(number)
        for each in entry.fields:
            value = draft.get(field_name(entry.list, number, each.name), "").strip()
            if each.name == entry.named and not value:
                value = f"{draft.get(ID, '').strip() or 'own'}-{key.replace('_', '-')}-{number + 1}"
            if not value or each.name.endswith(ZH):
                continue
            shown[*path, each.name] = field_name(entry.list, number, each.name)
            zh = draft.get(field_name(entry.list, number, each.name + ZH), "").strip()
            if each.kind == "several":
                one[each.name] = [*split(value)]
            elif each.name == WORDS:
                one[each.name] = {"en": value, **({"zh": zh} if zh else {})}
            else:
                one[each.name] = value
        made.append(one)
    if not made:
        return
    if above:
        held = content.setdefault(above, {})
        assert isinstance(held, dict)
        held[key] = made
    else:
        content[key] = made


def _field_at(path: Path, shown: Mapping[Path, str], own: Mapping[str, Plain]) -> str:
    """Returns the field that a part of the file comes from: the nearest one above it, or the rest."""
    for end in range(len(path), 0, -1):
        if path[:end] in shown:
            return shown[path[:end]]
    first = str(path[0])
    if first == "law" and first in own and len(path) > 1:
        return str(path[1])
    if first in TITLES and first in own:
        return first + ZH if path[1:] == ("zh",) else first
    if first in (ID, INHERITS) and first in own:
        return first
    inside = LISTS.join(map(str, path[:2]))
    return REST if first not in own or (first == "policies" and len(path) > 1 and inside not in BY_LIST) else ""
