"""The changes of a workbook that the Mix screen tries, as fields of a form and in the address."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from coercivity.verbs.mix_sections import limit_name
from coercivity.verbs.serving.firms.mixes import MixShape
from coercivity.verbs.serving.firms.what_if import WhatIf
from coercivity.web.view import View

FILE, DAY, WEIGHT, LEVEL, WITHOUT, APART, LIMIT = "file", "day", "weight", "level", "without", "apart", "limit."
MOST_TYPED = 40  # characters of a number
MOST_NAMED = 200


@dataclass(frozen=True, slots=True)
class LimitField:
    """A limit that can be changed.

    Attributes:
        field: Its name in the form.
        label: What it is, with its unit.
        now: Its value in the workbook; blank if it has none.
        value: What was typed.
    """

    field: str
    label: str
    now: str
    value: str


@dataclass(frozen=True, slots=True)
class TickField:
    """An option that can be left out, or a grade that can be taken as independent."""

    name: str
    told: str
    ticked: bool


def asked_changes(view: View) -> WhatIf:
    """Returns the changes that an address asks for."""
    limits = {
        key.removeprefix(LIMIT): value[:MOST_TYPED]
        for key, value in view.query
        if key.startswith(LIMIT) and key != LIMIT
    }
    return WhatIf(
        weight=view.get(WEIGHT)[:MOST_TYPED],
        level=view.get(LEVEL)[:MOST_TYPED],
        limits=tuple(sorted(limits.items())),
        without=_several(view, WITHOUT),
        apart=_several(view, APART),
    )


def limit_fields(view: View, shape: MixShape) -> list[LimitField]:
    """Returns a field for each limit that the workbook has or could have."""
    typed = dict(asked_changes(view).limits)
    return [
        LimitField(LIMIT + name, limit_name(name, view.lang), now, typed.get(name, "")) for name, now in shape.limits
    ]


def option_fields(view: View, shape: MixShape) -> list[TickField]:
    """Returns a field for each option of the workbook; a tick leaves it out."""
    out = asked_changes(view).without
    return [
        TickField(each.option, view.w(f"mix.kind_{each.kind.replace(' ', '_')}"), each.option in out)
        for each in shape.options
    ]


def grade_fields(view: View, shape: MixShape) -> list[TickField]:
    """Returns a field for each grade; a tick takes it as independent of the others."""
    apart = asked_changes(view).apart
    return [TickField(grade, "", grade in apart) for grade in shape.grades]


def kept_fields(view: View) -> list[tuple[str, str]]:
    """Returns the fields that name the workbook and its changes, for another form and for addresses of files."""
    return [(key, value) for key, value in view.query if _is_own(key)] + (
        [("lang", view.lang)] if view.get("lang") else []
    )


def address(view: View, path: str) -> str:
    """Returns the address of a file of the same result."""
    return f"{path}?{urlencode(kept_fields(view))}"


def _is_own(key: str) -> bool:
    return key in (FILE, DAY, WEIGHT, LEVEL, WITHOUT, APART) or key.startswith(LIMIT)


def _several(view: View, name: str) -> tuple[str, ...]:
    return tuple(sorted({value for key, value in view.query if key == name}))[:MOST_NAMED]
