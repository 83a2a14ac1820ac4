"""Statements of persons who looked for newer notices, as a server receives them, and the rulebook with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from coercivity.base.errors import CoercivityError, Fault, Faults
from coercivity.cases.arguments import Law
from coercivity.data.input import Content
from coercivity.verbs.serving.models import FilesSent, VouchSent
from coercivity.verbs.serving.served import served_law, started_with_judgements
from coercivity.verbs.vouch import vouch

WHERE = "vouches"


def law_of(sent: Sequence[VouchSent], today: str | None = None, *, parties: FilesSent | None = None) -> Law:
    """Returns the rulebook of the server with the statements and the files of a request.

    Args:
        sent: The statements.
        today: Today's date; a statement signed later is refused. None if the request was accepted before.
        parties: Lists, judgements and ownership of the request, beside those of the server.

    Raises:
        CoercivityError: With every fault of the statements or the files.
    """
    law = served_law() if parties is None else _with_files(served_law(), parties)
    if not sent:
        return law
    files: list[Content] = []
    faults: list[Fault] = []
    for number, one in enumerate(sent):
        try:
            files.append(vouch(through=one.through, by=one.by, note=one.note, signed_on=one.signed_on, today=today))
        except CoercivityError as error:
            faults += [replace(fault, where=f"{WHERE}[{number}].{fault.where}") for fault in error.faults]
    if faults:
        raise CoercivityError(faults)
    law = replace(law, overlays=tuple({file.name: file for file in files}.values()))  # sent twice, it counts once
    law.book()
    return law


def _with_files(law: Law, sent: FilesSent) -> Law:
    """Returns a rulebook with the files of a request; they replace none of the server."""
    if not sent.lists and not sent.judgements and sent.ownership is None:
        return law
    faults = Faults()
    for name, own, theirs in (
        ("judgements", law.judgements if started_with_judgements() else None, sent.judgements),
        ("ownership", law.ownership, sent.ownership),
    ):
        if own is not None and theirs:
            what = f"the server was started with a file of {name}, which a request cannot replace"
            faults.add("ARGUMENT", what, where=name, next=f"omit {name}")
    faults.raise_if_any()
    judgements = Content.of("judgements.jsonl", sent.judgements) if sent.judgements else law.judgements
    ownership = law.ownership if sent.ownership is None else sent.ownership.content
    held = replace(
        law, lists=(*law.lists, *(one.content for one in sent.lists)), judgements=judgements, ownership=ownership
    )
    held.book()
    return held
