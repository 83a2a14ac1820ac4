"""Case folders offered by the Company and Report screens, and uploaded ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from coercivity.base.errors import CoercivityError, Fault
from coercivity.base.examples import example_folder
from coercivity.base.words import say
from coercivity.verbs.brief import case_head
from coercivity.verbs.company import has_company
from coercivity.verbs.serving.forms import kept_case
from coercivity.verbs.serving.places import CASE_FILES, Places
from coercivity.verbs.serving.problems import RefusedError, faults_of, status_of
from coercivity.web.view import View, page, view_of
from coercivity.web.work import SEE_OTHER

MOST_HEAD_BYTES = 256 * 1024  # size limit for reading case.yaml when cases are listed
FIELDS = ("on", "known", "assume")  # form fields that share their name with the place of a fault


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """A case folder that can be chosen.

    Attributes:
        name: Name used in addresses.
        title: Title.
        about: Description; empty if case.yaml cannot be read.
        invented: Whether the case is fictitious.
        has_firm: Whether it contains company data.
        kind: example, opened (given when the server was started) or sent (uploaded).
    """

    name: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    invented: bool
    has_firm: bool
    kind: str


def choices(places: Places, picked: str) -> list[CaseChoice]:
    """Returns all case folders that can be chosen, examples last.

    Args:
        places: Folders of the server.
        picked: Case named in the address; it may be an uploaded one.
    """
    held = dict(places.cases())
    sent = picked and picked not in held
    found = [_choice(name, folder, _kind(folder)) for name, folder in held.items()]
    found.sort(key=lambda choice: (choice.kind == "example", choice.name))
    if sent:
        try:
            found.insert(0, _choice(picked, places.case(picked), "sent"))
        except CoercivityError:  # reported when the case itself is opened
            return found
    return found


def options(view: View, found: list[CaseChoice]) -> list[tuple[str, str]]:
    """Returns the names and labels for the drop-down list."""
    return [(choice.name, _called(view, choice)) for choice in found]


async def take_case(request: Request, screen: str, template: str, **context: Any) -> Response:
    """Stores the uploaded files of a case folder and redirects to the screen that shows it.

    Args:
        request: Request with the files.
        screen: Address of the screen.
        template: Template that shows the faults of the files.
        **context: Other template values.
    """
    view = view_of(request)
    try:
        case = await kept_case(request)
    except (CoercivityError, RefusedError) as error:
        faults = faults_of(error)
        status = error.status if isinstance(error, RefusedError) else status_of(faults, in_address=False)
        return page(view, template, status=status, faults=faults, fault_at=("files",), **context)
    return RedirectResponse(view.url(screen, case=case), SEE_OTHER)


def fields_at(faults: tuple[Fault, ...]) -> tuple[str, ...]:
    """Returns the form fields at fault, as far as they are known."""
    absent = any(fault.code == "EXAMPLE-UNKNOWN" for fault in faults)
    return (*(fault.where for fault in faults if fault.where in FIELDS), *(("case",) if absent else ()))


def _called(view: View, choice: CaseChoice) -> str:
    title = say(choice.title, view.lang)
    return title if choice.kind != "sent" else f"{title} ({choice.name[:8]})"


def _kind(folder: Path) -> str:
    return "example" if folder.parent == example_folder() else "opened"


def _choice(name: str, folder: Path, kind: str) -> CaseChoice:
    unread = CaseChoice(name, {"en": name}, {}, invented=False, has_firm=has_company(folder), kind=kind)
    try:
        if (folder / CASE_FILES[0]).stat().st_size > MOST_HEAD_BYTES:
            return unread
        head = case_head(folder)
    except (CoercivityError, OSError):
        return unread
    title, about, has_firm = head.title.as_dict(), head.about.as_dict(), has_company(folder)
    return CaseChoice(name, title, about, invented=head.invented, has_firm=has_firm, kind=kind)
