"""The fields of the form of a scenario: which lists of a scenario file it writes, and what each field may hold."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from coercivity.base.words import say
from coercivity.market.inputs.coefficients import ABROAD, ELEMENTS, USES, USING
from coercivity.market.inputs.figures import Figures
from coercivity.market.run.scenarios.check import GOODS, STAGES
from coercivity.market.run.scenarios.form import PER_YEAR
from coercivity.market.run.simulate import capacities
from coercivity.verbs.outlook_data import outlook_words

Kind = Literal["text", "number", "month", "choice", "several"]
Text = Mapping[str, str]

LISTS = "."  # between the parts of the name of a field
MOST_ENTRIES = 24  # of one kind
FIRST, LAST, PUBLISHED = "from", "to", "published"


class FormField(NamedTuple):
    """A field of an entry.

    Attributes:
        name: Key in the file; `reason_zh` is the Chinese text of `reason`.
        kind: What it may hold.
        choices: List of choices of a field that offers some.
        neutral: A value without an error, in whose place the other fields are checked.
        needed: Whether the file must have it.
    """

    name: str
    kind: Kind = "text"
    choices: str = ""
    neutral: str = "x"
    needed: bool = False


class EntryForm(NamedTuple):
    """A list of a scenario file whose entries the form has.

    Attributes:
        list: Place in the file, such as `policies.support`.
        fields: Fields of an entry.
        named: Key of the name of an entry that the form gives where it is blank; empty if entries have none.
    """

    list: str
    fields: tuple[FormField, ...]
    named: str = ""

    @property
    def short(self) -> str:
        """The last part of its place."""
        return self.list.rpartition(LISTS)[2]


def _number(name: str, neutral: str = "0", *, needed: bool = False) -> FormField:
    return FormField(name, "number", "", neutral, needed)


def _choice(name: str, choices: str, neutral: str, *, needed: bool = True) -> FormField:
    return FormField(name, "choice", choices, neutral, needed)


def _months(*, published: bool = True) -> tuple[FormField, ...]:
    names = (FIRST, LAST, PUBLISHED) if published else (FIRST, LAST)
    return tuple(FormField(name, "month", "", "") for name in names)


_SHARE, _PAYER = _number("share", "0.5", needed=True), FormField("payer")
_ID, _NAME = FormField("id"), FormField("name")

ENTRIES: tuple[EntryForm, ...] = (
    EntryForm(
        "shocks",
        (_choice("capacity", "capacities", "mine:MYANMAR_IONIC:MM-LA"), _SHARE, *_months(published=False),
         FormField("reason", needed=True), FormField("reason_zh")),
    ),
    EntryForm(
        "demand",
        (_choice("use", "uses", "wind"), _choice("region", "regions_or_all", "EUR", needed=False), _SHARE, *_months()),
    ),
    EntryForm(
        "quotas",
        (FormField("goods", "several", "goods", "ox_Dy", needed=True), _number("tonnes_a_month", "1", needed=True),
         FormField("clause", needed=True), *_months(), _NAME),
        "name",
    ),
    EntryForm(
        "duties",
        (FormField("goods", "several", "goods", "ox_Dy", needed=True), _SHARE, FormField("clause", needed=True),
         *_months()),
    ),
    EntryForm(
        "plants",
        (FormField("id", needed=True), _choice("region", "regions", "EUR"), _choice("stage", "stages", "magnet"),
         _number("capacity", "1", needed=True), _choice("unit", "units", "t/yr"),
         FormField("start", "month", "", "2030-01", needed=True), FormField("decided", "month", "", ""),
         _choice("dependence", "dependence", "0", needed=False)),
    ),
    EntryForm(
        "policies.price_floors",
        (_choice("kind", "floor_kinds", "contract_for_difference", needed=False),
         _choice("good", "goods", "ox_NdPr"), _choice("region", "regions", "NAM"), _number("price", "1", needed=True),
         _number("tonnes_a_year"), _number("upside"), _PAYER, *_months(), _ID),
        "id",
    ),
    EntryForm(
        "policies.stockpiles",
        (_choice("good", "goods", "ox_Dy"), _choice("region", "regions", "EUR"), _number("buy_tonnes_a_month", "1"),
         _number("at_most", "1", needed=True), _number("opening_tonnes"), *_months(),
         FormField("release_from", "month", "", ""), FormField("release_to", "month", "", ""),
         _number("release_tonnes_a_month"), _number("release_above"), _PAYER, _ID),
        "id",
    ),
    EntryForm(
        "policies.support",
        (_choice("kind", "support_kinds", "grant"), _choice("plant", "plants", "caremag-heavy"),
         _number("amount", "1", needed=True), _number("rate"), _PAYER, *_months(), _ID),
        "id",
    ),
    EntryForm(
        "policies.offtakes",
        (_choice("plant", "plants", "caremag-heavy"), _number("tonnes_a_year", "1", needed=True),
         _number("price", "1", needed=True), _PAYER, *_months(), _ID),
        "id",
    ),
    EntryForm(
        "policies.delays",
        (_choice("plant", "plants", "caremag-heavy", needed=False), _choice("stage", "stages", "magnet", needed=False),
         _choice("region", "regions_or_all", "EUR", needed=False), _number("months", "1", needed=True), _ID),
        "id",
    ),
    EntryForm(
        "policies.mandates",
        (_choice("region", "regions", "EUR"), _choice("element", "mandated", "Dy"), _SHARE, _number("pay"),
         *_months(), _ID),
        "id",
    ),
    EntryForm("policies.scrap_bans", (_choice("region", "regions", "EUR"), *_months(), _ID), "id"),
)  # fmt: skip
BY_LIST = {entry.list: entry for entry in ENTRIES}
_PLAIN = {
    "units": tuple(PER_YEAR),
    "dependence": ("0", "1", "2", "3"),
    "mandated": ("NdPr", "Dy", "Tb"),
    "floor_kinds": ("contract_for_difference", "border"),
    "support_kinds": ("grant", "loan"),
}


@lru_cache(maxsize=4)
def offered(lang: Literal["en", "zh"]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Returns the choices of every list of choices: value in the file, and text in a language; both where it is a name.

    Args:
        lang: Language of the texts.
    """
    words = outlook_words()

    def named(group: Mapping[str, Text], names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        return tuple((name, say(group[name], lang) if name in group else name) for name in names)

    uses = (*USES, *(f"nonmagnet_{each}" for each in ELEMENTS))
    regions = named(words["regions"], ABROAD)
    found = {name: tuple((each, each) for each in held) for name, held in _PLAIN.items()}
    return {
        **found,
        "places": tuple((name, say(text, lang)) for name, text in words["regions"].items()),
        "capacities": tuple((name, name) for name in sorted(capacities())),
        "goods": named(words["goods"], GOODS),
        "regions": regions,
        "regions_or_all": (("all", ""), *named(words["regions"], tuple(USING))),
        "stages": tuple((name, name) for name in STAGES),
        "uses": named(words["uses"], uses),
        "plants": tuple((each.id, f"{each.name} ({say(words['regions'][each.region], lang)})") for each in plants()),
    }


class OfferedPlant(NamedTuple):
    """A plant outside China in the table.

    Attributes:
        name: Name of the site, as its owners call it.
    """

    id: str
    name: str
    region: str
    stage: str


@lru_cache(maxsize=1)
def plants() -> tuple[OfferedPlant, ...]:
    """Returns the plants of the table that are in the model, by name."""
    rows = Figures().rows("plants")
    held = [
        OfferedPlant(key, row["name"], row["model_region"], row["model_stage"])
        for key, row in rows.items()
        if row["in_model"] == "1" and row["model_region"] in outlook_words()["regions"]
    ]
    return tuple(sorted(held, key=lambda each: (each.name, each.id)))


def field_name(place: str, number: int, name: str) -> str:
    """Returns the name of a field of the form: list, position and key, such as `policies.support.0.amount`."""
    return LISTS.join((place, str(number), name))
