"""User-supplied notices: a user's own instrument added to the rulebook, one YAML file, checked like the pack, no code.

The file has the form of an `instrument.yaml`, plus `changes`: its effects on other instruments (a suspension
extended, an early resumption, an end), and `checked_through`: the date to which its author checked for other notices.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coercivity.base.days import Day
from coercivity.base.errors import Faults, nearest
from coercivity.data.input import Input, read_text
from coercivity.data.schema import DayText, Strict, parse_as
from coercivity.data.textyaml import TextMap, load_text
from coercivity.law.rules.model import Event, Instrument

STATED = "stated by the author of the overlay"
_OWN = ("changes", "checked_through")


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
    checked_through: DayText | None = None


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
    """A checked user-supplied notice.

    Attributes:
        checked_through: Date to which its author states that nothing else was published.
    """

    file: OverlayFile
    instrument: Instrument
    changes: tuple[Change, ...]
    checked_through: Day | None

    @property
    def published(self) -> Day:
        """Publication date."""
        days = [event.published for event in self.events if event.published is not None]
        return min([self.instrument.published, *days] if self.instrument.published else days)

    @property
    def events(self) -> list[Event]:
        """Its own events and those it adds to other instruments."""
        return [*self.instrument.events, *(event for change in self.changes for event in change.events)]


def read_overlays(sources: Sequence[Input]) -> tuple[OverlayFile, ...]:
    """Returns the texts of user-supplied notices, each a file or uploaded content.

    Raises:
        CoercivityError: If a file is missing, empty, too large or not UTF-8.
    """
    return tuple(OverlayFile(source.name, read_text(source)) for source in sources)


def parse_overlay(file: OverlayFile, faults: Faults) -> Overlay | None:
    """Returns a user-supplied notice, or None after adding all faults of its form."""
    raw = load_text(file.text, name=file.name)
    if not isinstance(raw, TextMap):
        faults.add("OVERLAY", "an instrument is expected: id, type, issuer, number, ...", where=f"{file.name}:1")
        return None
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
    return Overlay(file, instrument, tuple(changes.changes), changes.checked_through)


def _copy(raw: TextMap) -> TextMap:
    found = TextMap(raw.line)
    found.update(raw)
    found.key_lines = dict(raw.key_lines)
    return found


def _fill_head(head: TextMap, raw: TextMap, published: str) -> None:
    """Fills in the keys a user-supplied notice may omit: the file states them elsewhere, or its kind implies them."""
    defaults: Mapping[str, object] = {
        "verified_through": raw.get("checked_through", published),
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
    for overlay in overlays:
        own = overlay.instrument
        if own.id in names:
            faults.add("OVERLAY-ID", f"an instrument named {own.id!r} already exists", where=overlay.file.name)
            continue
        found[own.id] = own
        names.update(dict.fromkeys((own.id, *own.aliases), own.id))
        for change in overlay.changes:
            for name in change.instruments:
                if name not in names:
                    close = nearest(name, list(names))
                    what = f"instrument {name!r} not found: it cannot be changed"
                    faults.add("OVERLAY-REF", what, where=overlay.file.name, nearest=close)
                    continue
                found[names[name]] = _changed(found[names[name]], change, overlay)
    checked = max((o.checked_through for o in overlays if o.checked_through), default=None)
    if checked is not None:
        found = {name: _checked(instrument, checked) for name, instrument in found.items()}
    return found


def _changed(instrument: Instrument, change: Change, overlay: Overlay) -> Instrument:
    """An instrument changed by another counts as verified on the publication date of the change."""
    seen = max(instrument.verified_through, overlay.published)
    return instrument.model_copy(update={"events": [*instrument.events, *change.events], "verified_through": seen})


def _checked(instrument: Instrument, day: Day) -> Instrument:
    if instrument.verified_through >= day:
        return instrument
    return instrument.model_copy(update={"verified_through": day, "verified_basis": STATED})
