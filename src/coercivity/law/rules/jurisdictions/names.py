"""Names of the jurisdictions of a rulebook, and the choice of the instruments of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from coercivity.base.errors import Argument, Faults, brief_value, nearest
from coercivity.data.schema import Words, parse_as
from coercivity.data.textyaml import load_file
from coercivity.law.rules.model import CHINA, Instrument
from coercivity.law.rules.overlay import Overlay

NAMES = "jurisdictions.yaml"
ABROAD = "abroad"
CHINESE: Mapping[str, Words] = {CHINA: Words(en="China", zh="中国")}
JURISDICTION = Argument("jurisdiction")


def abroad_folder() -> Path:
    """Returns the folder of the built-in rulebook on other jurisdictions.

    It lies apart from that on China, whose content and hash it leaves as they are.
    """
    return Path(str(files("coercivity"))) / "packs" / ABROAD / "law"


def read_names(raw: Any, faults: Faults) -> Mapping[str, Words]:
    """Returns the jurisdictions of a rulebook with their names.

    Args:
        raw: Content of `jurisdictions.yaml`; None if the rulebook has none, and is of China alone.
        faults: Collects every fault of the file.
    """
    if raw is None:
        return CHINESE
    if not isinstance(raw, dict):
        faults.add("JURISDICTION", "expected a mapping of codes to names", where=NAMES)
        return CHINESE
    found = {code: parse_as(Words, names, name=f"{NAMES}, {code}", faults=faults) for code, names in raw.items()}
    return {code: names for code, names in found.items() if names is not None}


def of_one(
    instruments: Mapping[str, Instrument], known: Mapping[str, Words], wanted: str, faults: Faults
) -> dict[str, Instrument]:
    """Returns the instruments of one jurisdiction; a jurisdiction that is not known is a fault.

    Args:
        instruments: All instruments of a rulebook.
        known: Its jurisdictions.
        wanted: The jurisdiction; blank for all of them.
        faults: Collects every fault found.
    """
    for one in instruments.values():
        if one.jurisdiction not in known:
            unknown(one.jurisdiction, known, f"{one.id}/instrument.yaml, jurisdiction", faults)
    if wanted and wanted not in known:
        unknown(wanted, known, NAMES, faults)
    return {name: one for name, one in instruments.items() if not wanted or one.jurisdiction == wanted}


def notices_of_one(overlays: Iterable[Overlay], known: Mapping[str, Words], wanted: str, faults: Faults) -> None:
    """Adds a fault for every user-supplied notice about the law of another jurisdiction than that of a rulebook.

    Args:
        overlays: The notices.
        known: Jurisdictions of the rulebook.
        wanted: The jurisdiction chosen; blank for all of them.
        faults: Collects every fault found.
    """
    for one in overlays:
        code = one.jurisdiction
        if code in known and wanted in ("", code):
            continue
        if code not in (every := {**CHINESE, **read_names(load_file(abroad_folder() / NAMES), faults)}):
            unknown(code, every, one.file.name, faults)
            continue
        what = f"the notice is about the law of {code}, the rulebook about that of {wanted or ', '.join(known)}"
        step = f"use it with `decide --jurisdiction {CHINA},{code}`" if code != CHINA else "leave it out"
        faults.add("OVERLAY-JURISDICTION", what, where=one.file.name, next=step)


def unknown(code: str, known: Mapping[str, Words], where: str | Argument, faults: Faults) -> None:
    """Adds the fault of a jurisdiction that does not exist, with those most like it."""
    words = {name.casefold(): one for one, names in known.items() for name in names.as_dict().values()}
    close = [*nearest(code.strip().upper(), known), *(words[word] for word in nearest(code.strip().casefold(), words))]
    faults.add(
        "JURISDICTION",
        f"jurisdiction {brief_value(code)!r} not found",
        where=where,
        nearest=tuple(dict.fromkeys(close)),
        next="one of: " + ", ".join(known),
    )
