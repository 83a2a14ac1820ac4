"""Statements of persons who looked for newer notices, as a server receives them, and the rulebook with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coercivity.base.errors import CoercivityError, Fault
from coercivity.cases.arguments import PACKED, Law
from coercivity.data.input import Content
from coercivity.verbs.serving.models import VouchSent
from coercivity.verbs.vouch import vouch

WHERE = "vouches"


def law_of(sent: Sequence[VouchSent], today: str | None = None) -> Law:
    """Returns the built-in rulebook with the statements of a request.

    Args:
        sent: The statements.
        today: Today's date; a statement signed later is refused. None if the request was accepted before.

    Raises:
        CoercivityError: With every fault of the statements.
    """
    if not sent:
        return PACKED
    files: list[Content] = []
    faults: list[Fault] = []
    for number, one in enumerate(sent):
        try:
            files.append(vouch(through=one.through, by=one.by, note=one.note, signed_on=one.signed_on, today=today))
        except CoercivityError as error:
            faults += [replace(fault, where=f"{WHERE}[{number}].{fault.where}") for fault in error.faults]
    if faults:
        raise CoercivityError(faults)
    law = Law(None, tuple({file.name: file for file in files}.values()))  # a statement sent twice counts once
    law.book()
    return law
