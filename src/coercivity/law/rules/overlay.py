"""User-supplied notices: a user's own instrument added to the rulebook, one YAML file, checked like the pack, no code.

The file has the form of an `instrument.yaml`, plus `changes`: its effects on other instruments (a suspension
extended, an early resumption, an end), and `vouch`: a person's statement of having looked for other notices. A file
with nothing but such a statement needs only an id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from coercivity.base.days import Day
from coercivity.base.errors import CoercivityError, Faults, brief_value, nearest
from coercivity.data.input import Input, read_text
from coercivity.data.schema import Plain, Strict, parse_as
from coercivity.data.textyaml import TextMap, load_text
from coercivity.data.vouch import Vouch, faults_of_vouch
from coercivity.law.rules.model import CHINA, Event, Instrument

STATED = "stated by the author of the overlay"
_OWN = ("changes", "vouch")
_STATEMENT = {"id", "jurisdiction", "vouch"}
_FORMER = "checked_through"


class Change(Strict):
    """Effects of a user-supplied notice on other instruments.

    Attributes:
        instruments: Ids, aliases or numbers of the instruments changed.
        events: The events added to each of them.
    """

    instruments: list[str]
    events: list[Event]


class _Changes(Strict):
    changes: list[Change] = []
    vouch: Vouch | None = None


class _Statement(Strict):
    id: Plain
    jurisdiction: Plain = CHINA
    vouch: Vouch


@dataclass(frozen=True, slots=True)
class OverlayFile:
    """A user-supplied notice as read: its name, text and hash."""

    name: str
    text: str

    @property
    def hash(self) -> str:
        """SHA-256 over the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Overlay:
    """A checked user-supplied notice, or a person's statement of having looked for notices, or both.

    Attributes:
        instrument: The notice; None if the file is a statement only.
        vouch: The statement; None if the file contains none.
        jurisdiction: Whose law it is about.
    """

    file: OverlayFile
    id: str
    instrument: Instrument | None
    changes: tuple[Change, ...]
    vouch: Vouch | None
    jurisdiction: str = CHINA

    @property
    def published(self) -> Day | None:
        """Publication date of the notice."""
        if self.instrument is None:
            return None
        days = [event.published for event in self.events if event.published is not None]
        return min([self.instrument.published, *days] if self.instrument.published else days)

    @property
    def events(self) -> list[Event]:
        """Its own events and those it adds to other instruments."""
        own = self.instrument.events if self.instrument is not None else []
        return [*own, *(event for change in self.changes for event in change.events)]


def read_overlays(sources: Sequence[Input]) -> tuple[OverlayFile, ...]:
    """Returns the texts of user-supplied notices, each a file or uploaded content.

    Raises:
        CoercivityError: If a file is missing, empty, too large or not UTF-8.
    """
    return tuple(OverlayFile(source.name, read_text(source)) for source in sources)


def jurisdiction_of(file: OverlayFile) -> str:
    """Returns whose law a user-supplied notice is about; China for a file whose form is wrong, as its loading says."""
    try:
        raw = load_text(file.text, name=file.name)
    except CoercivityError:
        return CHINA
    code = raw.get("jurisdiction", CHINA) if isinstance(raw, TextMap) else CHINA
    return code if isinstance(code, str) else CHINA


def parse_overlay(file: OverlayFile, verified_through: Day, faults: Faults) -> Overlay | None:
    """Returns a user-supplied notice, or None after adding all faults of its form.

    Args:
        file: The file.
        verified_through: Last check of the rulebook; a statement may not be for an earlier day.
        faults: Receives the faults.
    """
    raw = load_text(file.text, name=file.name)
    if not isinstance(raw, TextMap):
        faults.add("OVERLAY", "an instrument is expected: id, type, issuer, number, ...", where=f"{file.name}:1")
        return None
    if _FORMER in raw:
        _refuse_former(raw, file.name, faults)
        return None
    found = _statement(file, raw, faults) if set(raw) <= _STATEMENT else _notice(file, raw, faults)
    if found is not None and found.vouch is not None:
        held = raw["vouch"]
        wrong = [
            replace(fault, where=f"{file.name}:{held.key_lines[key]}")
            for key, fault in faults_of_vouch(found.vouch, verified_through)
        ]
        faults.items += wrong
        return None if wrong else found
    return found


def _refuse_former(raw: TextMap, name: str, faults: Faults) -> None:
    """Refuses a check by nobody in particular; it used to confirm how suspensions ended too, which it cannot."""
    what = f"{_FORMER} does not say who looked; it is replaced by a `vouch` with through, by, signed_on and note"
    command = f"coercivity rules vouch --through {brief_value(raw[_FORMER])} --by 'your name' --note 'sources'"
    step = f"write it with `{command}`, or remove the key"
    faults.add("VOUCH-FORMER", what, where=f"{name}:{raw.key_lines[_FORMER]}", next=step)


def _statement(file: OverlayFile, raw: TextMap, faults: Faults) -> Overlay | None:
    """Returns a file that holds a statement only."""
    found = parse_as(_Statement, raw, name=file.name, faults=faults)
    return None if found is None else Overlay(file, found.id, None, (), found.vouch, found.jurisdiction)


def _notice(file: OverlayFile, raw: TextMap, faults: Faults) -> Overlay | None:
    own, head = _copy(raw), _copy(raw)
    for key in list(own):
        if key not in _OWN:
            del own[key]
    for key in _OWN:
        head.pop(key, None)
    published = raw.get("published")
    if not isinstance(published, str):
        what = "key 'published' is missing: an instrument counts only from its publication date"
        faults.add("KEY-MISSING", what, where=f"{file.name}:{raw.line}", next="add it")
        return None
    _fill_head(head, raw, published)
    for change in own.get("changes", []) if isinstance(own.get("changes"), list) else []:
        for event in change.get("events", []) if isinstance(change, dict) else []:
            _fill_event(event, str(raw.get("id", "")), published)
    for event in head["events"] if isinstance(head["events"], list) else []:
        _fill_event(event, str(raw.get("id", "")), published)
    instrument = parse_as(Instrument, head, name=file.name, faults=faults)
    changes = parse_as(_Changes, own, name=file.name, faults=faults)
    if instrument is None or changes is None:
        return None
    return Overlay(file, instrument.id, instrument, tuple(changes.changes), changes.vouch, instrument.jurisdiction)


def _copy(raw: TextMap) -> TextMap:
    found = TextMap(raw.line)
    found.update(raw)
    found.key_lines = dict(raw.key_lines)
    return found


def _fill_head(head: TextMap, raw: TextMap, published: str) -> None:
    """Fills in the keys a user-supplied notice may omit: the file states them elsewhere, or its kind implies them."""
    defaults: Mapping[str, object] = {
        "verified_through": published,
        "verified_basis": STATED,
        "confidence": "low",
        "events": [],
        "provisions": [],
    }
    for key, value in defaults.items():
        _default(head, key, value)


def _fill_event(event: object, overlay_id: str, published: str) -> None:
    if isinstance(event, TextMap):
        for key, value in (("by", overlay_id), ("published", published), ("scope", "all")):
            _default(event, key, value)


def _default(content: TextMap, key: str, value: object) -> None:
    if key not in content:
        content[key] = value
        content.key_lines[key] = content.line


def laid_over(
    instruments: Mapping[str, Instrument], overlays: Sequence[Overlay], known_names: Mapping[str, str], faults: Faults
) -> dict[str, Instrument]:
    """Returns the instruments with user-supplied notices applied.

    Args:
        instruments: Instruments of the pack.
        overlays: In order; a later one may change an earlier one.
        known_names: Instrument ids by id, alias and number.
        faults: Receives every name that is not found or already exists.
    """
    found, names = dict(instruments), dict(known_names)
    taken = set[str]()
    for overlay in overlays:
        own = overlay.instrument
        if overlay.id in names or overlay.id in taken:
            what = f"an instrument or a statement named {overlay.id!r} already exists"
            faults.add("OVERLAY-ID", what, where=overlay.file.name, next="give each file once, under an id of its own")
            continue
        taken.add(overlay.id)
        if own is None:
            continue
        found[own.id] = own
        names.update(dict.fromkeys((own.id, *own.aliases), own.id))
        for change in overlay.changes:
            if not change.events:
                what = f"the change to {', '.join(change.instruments[:3])} names no event, so it says nothing"
                step = "add its `events`, or leave the change out"
                faults.add("OVERLAY-EVENTS", what, where=overlay.file.name, next=step)
            for name in change.instruments:
                if name not in names:
                    close = nearest(name, list(names))
                    what = f"instrument {name!r} not found: it cannot be changed"
                    faults.add("OVERLAY-REF", what, where=overlay.file.name, nearest=close)
                    continue
                found[names[name]] = _changed(found[names[name]], change, overlay)
    return found


def _changed(instrument: Instrument, change: Change, overlay: Overlay) -> Instrument:
    """An instrument changed by another counts as verified on the publication date of the change."""
    seen = max(instrument.verified_through, overlay.published or Day.min)
    return instrument.model_copy(update={"events": [*instrument.events, *change.events], "verified_through": seen})
