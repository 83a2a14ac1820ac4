"""The form of a batch as its address states it: column mapping, compliance declarations and dates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from coercivity.base.errors import CoercivityError, Fault, brief_value
from coercivity.base.words import plain
from coercivity.verbs.facts import catalogue
from coercivity.verbs.serving.look import READ_BY, look
from coercivity.verbs.serving.places import Places, Upload
from coercivity.verbs.table_look import (
    BatchAsked,
    ColumnMap,
    TableLook,
    check_batch,
    likeliest_roles,
    map_of,
    offered_claims,
    options_as_dict,
    packed_claims,
    proposal,
    role_names,
    text_of_map,
    text_of_standing,
)
from coercivity.web.fact_words import fact_label, value_label
from coercivity.web.view import View
from coercivity.web.words import screen_words

UNUSED = "-"
BY_ROUTE = "by_route"
OPTIONS = ("dates", "decimal", "unit", "piece_mass_kg")
MAP_FIELDS = ("set", "act", *OPTIONS)
EXTRA_FORMATS = ("xlsx", "parquet")
NOT_NAMED = "not named"
LONGEST_QUESTION = 58


@dataclass(frozen=True, slots=True)
class ColumnField:
    """A table column on the mapping form.

    Attributes:
        place: Position, counted from 0.
        name: Name in the table.
        role: Field or fact that it is mapped to; `-` if ignored.
        sample: First cells.
        because: Why the column is ignored although its name suggests a role.
        faults: Faults of the column.
        likeliest: The ten likeliest roles of a column whose name says too little.
    """

    place: int
    name: str
    role: str
    sample: tuple[str, ...]
    because: str
    faults: tuple[Fault, ...] = ()
    likeliest: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The name without characters that reverse or hide text."""
        return plain(brief_value(self.name))


@dataclass(frozen=True, slots=True)
class BatchForm:
    """All settings of a batch run.

    Attributes:
        look: The table.
        columns: Its columns.
        options: Options for reading cells.
        act: Transaction type of every row, or `by_route` to infer it from the route.
        constants: Other facts with one value for all rows.
        claims: Where the compliance declarations come from: none, packed or file.
        chosen: Facts of the packed declarations that are ticked.
        said_by: Who makes the declarations.
        said_on: Day of the declarations and of the search of the lists.
        day: `row` if each row has its own date, `all` if one date applies to all rows.
        on: Date for all rows.
        read_by: Import settings of the table.
        formats: Output formats in addition to CSV.
        faults: All faults of the form.
        asked: The same settings as the request of a run.
    """

    look: TableLook
    columns: tuple[ColumnField, ...]
    options: dict[str, str]
    act: str
    constants: dict[str, str]
    claims: str
    chosen: frozenset[str]
    said_by: str
    said_on: str
    day: str
    on: str
    read_by: dict[str, str]
    formats: tuple[str, ...]
    faults: tuple[Fault, ...]
    asked: BatchAsked

    def at(self, name: str) -> tuple[Fault, ...]:
        """Returns the faults of a field other than a column: on, known, assume or an option."""
        return tuple(f for f in self.faults if f.where == name or f.what.startswith(f"{name}: "))


def read_by_of(view: View) -> dict[str, str]:
    """Returns the import settings in the address."""
    return {name: view.get(name) for name in READ_BY if view.get(name)}


def form_of(view: View, places: Places, upload: Upload) -> BatchForm:
    """Returns the form that an address describes, with all its faults.

    Raises:
        CoercivityError: If the table cannot be read.
    """
    read_by = read_by_of(view)
    found = look(places, upload, read_by)
    suggested, faults = proposal(found), list[Fault]()
    base = _map_sent(view, places, faults) or suggested
    columns = _columns(view, found, base, suggested)
    roles = [column.role for column in columns]
    told, typed = options_as_dict(base.options), _typed(view)
    form = BatchForm(
        look=found,
        columns=columns,
        options={name: view.get(name, "" if typed else told.get(name, "")).replace(UNUSED, "") for name in OPTIONS},
        act=view.get("act", BY_ROUTE if typed else base.constants.get("act", BY_ROUTE)),
        constants={name: text for name, text in base.constants.items() if name != "act" and name not in roles},
        claims=view.get("claims", "file" if view.get("standing") else "none"),
        chosen=frozenset(v for k, v in view.query if k == "s")
        if view.get("said")
        else frozenset(packed_claims().facts),
        said_by=view.get("said_by"),
        said_on=view.get("said_on", "" if view.get("said") else view.today),
        day=view.get("day", "row" if "on" in roles else "all"),
        on=view.on,
        read_by=read_by,
        formats=tuple(name for name in EXTRA_FORMATS if ("formats", name) in view.query),
        faults=(),
        asked=BatchAsked(),
    )
    return _checked(view, places, form, faults)


def _typed(view: View) -> bool:
    """Whether the address contains the choices of the form instead of leaving them to the column names."""
    return view.get("set") == "map"


def _map_sent(view: View, places: Places, faults: list[Fault]) -> ColumnMap | None:
    """The mapping from an uploaded file; adds its faults to the list instead of raising them."""
    if not view.get("map"):
        return None
    try:
        return map_of(text_of(places, view.get("map")))
    except CoercivityError as error:
        faults += error.faults
        return None


def _columns(view: View, found: TableLook, base: ColumnMap, suggested: ColumnMap) -> tuple[ColumnField, ...]:
    typed = _typed(view)
    return tuple(
        ColumnField(
            place,
            name,
            view.get(f"c{place}", UNUSED) if typed else base.columns.get(name, UNUSED),
            tuple(row[place] for row in found.sample),
            suggested.because.get(name, ""),
            likeliest=() if name in suggested.columns else likeliest_roles(found, place),
        )
        for place, name in enumerate(found.columns)
    )


def _checked(view: View, places: Places, form: BatchForm, faults: list[Fault]) -> BatchForm:
    roles = {column.name: column.role for column in form.columns if column.role != UNUSED}
    constants = form.constants | ({} if "act" in roles.values() else {"act": form.act})
    standing = ""
    try:
        standing = _standing(view, places, form)
    except CoercivityError as error:
        faults += error.faults
    asked = BatchAsked(
        mapping=text_of_map(roles, constants, form.options),
        standing=standing,
        on=form.on if form.day == "all" else None,
        known=view.known or None,
        assume=view.assume or None,
        formats=("csv", *form.formats),
    )
    try:
        check_batch(form.look, asked)
    except CoercivityError as error:
        faults += error.faults
    shared = {role for role, times in Counter(column.role for column in form.columns).items() if times > 1}
    columns = tuple(replace(column, faults=tuple(_faults_at(column, faults, shared))) for column in form.columns)
    return replace(form, columns=columns, faults=tuple(dict.fromkeys(faults)), asked=asked)


def _standing(view: View, places: Places, form: BatchForm) -> str:
    if form.claims == "file":
        if not view.get("standing"):
            raise CoercivityError.of("UPLOAD-FORM", "no standing.yaml received", next="choose a file, then press Check")
        return text_of(places, view.get("standing"))
    if form.claims != "packed":
        return ""
    packed = packed_claims()
    facts = {name: value for name, value in offered_claims().items() if name in form.chosen}
    lists = packed.lists if "party_sets" in facts else ()
    block = replace(packed, facts=facts, lists=lists, said_by=form.said_by or NOT_NAMED, said_on=form.said_on)
    return text_of_standing(block)


def text_of(places: Places, upload_id: str) -> str:
    """Returns the text of a small uploaded file.

    Raises:
        CoercivityError: If there is no such upload.
    """
    return places.upload(upload_id).path.read_bytes()[: 2 * 2**20].decode("utf-8-sig", errors="replace")


def _faults_at(column: ColumnField, faults: Iterable[Fault], shared: Collection[str]) -> Iterable[Fault]:
    """The faults of one column; columns mapped to the same field share the fault."""
    named = repr(brief_value(column.name))
    for fault in faults:
        twice = fault.code == "MAP-TWICE" and f" are mapped to {column.role}: " in fault.what
        if twice or (fault.code in ("MAP-ROLE", "MAP-COLUMN", "COLUMN-TWICE") and named in fault.what):
            yield fault


def role_choices(view: View) -> list[tuple[str, list[tuple[str, str]]]]:
    """Returns the choices for a column in groups: table fields, then facts with their questions."""
    roles = [(name, _choice(view, name, view.w(f"batch.role_{name}"))) for name in role_names()]
    facts = [(name, _choice(view, name, _fact(view, name))) for name in catalogue()]
    return [(view.w("batch.roles"), roles), (view.w("batch.facts"), [f for f in facts if f[0] not in role_names()])]


def _choice(view: View, name: str, text: str) -> str:
    """The text of a choice, in English with the name that a mapping file uses."""
    return text if view.lang == "zh" else f"{text} · {name}"


def _fact(view: View, name: str) -> str:
    """A fact by a noun where it is a usual column of a table, or by its question."""
    noun = screen_words().get(f"batch.fact_{name}")
    return view.t(noun) if noun is not None else _short(fact_label(view, name))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_QUESTION else f"{text[: LONGEST_QUESTION - 1]}…"


def likeliest_choices(view: View, column: ColumnField) -> list[tuple[str, str]]:
    """Returns the ten likeliest roles of a column as choices; none if its name says what it is."""
    return [
        (name, _choice(view, name, view.w(f"batch.role_{name}") if name in role_names() else _fact(view, name)))
        for name in column.likeliest
    ]


def act_choices(view: View) -> list[tuple[str, str]]:
    """Returns the transaction types, with the inference from the route first."""
    labels = {value: _short(value_label(view, "act", value)) for value in catalogue()["act"].values}
    return [
        (BY_ROUTE, view.w("batch.by_route")),
        *((value, _choice(view, value, text)) for value, text in labels.items()),
    ]


def claim_rows(view: View) -> list[dict[str, str]]:
    """Returns the declarations that can be made for all rows, as questions with the declared answer."""
    return [
        {"fact": name, "question": fact_label(view, name), "answer": _answer(view, name, value)}
        for name, value in offered_claims().items()
    ]


def _answer(view: View, name: str, value: object) -> str:
    nothing = catalogue()[name].type == "share" and value == "0"
    return view.w("batch.zero_share") if nothing else value_label(view, name, value)
