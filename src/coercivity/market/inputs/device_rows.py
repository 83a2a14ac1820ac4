"""Rows of `lifetimes` by device: its life, and which share of its magnets is collected and extracted at its end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from coercivity.base.errors import Faults, nearest
from coercivity.market.inputs.figures import Figures


class DeviceRows(NamedTuple):
    """Rows of `lifetimes` of a device: its life, and which share is collected and extracted at its end."""

    life: str
    collection: str
    extraction: str


# By end use of `base_year`; those without rows of their own have those of the most similar device.
DEVICES = {
    "ev_traction": DeviceRows("L001", "L034", "L035"),
    "other_automotive": DeviceRows("L003", "L050", "L051"),
    "wind_onshore": DeviceRows("L004", "L036", "L037"),
    "wind_offshore": DeviceRows("L005", "L036", "L037"),
    "consumer_electronics": DeviceRows("L007", "L040", "L041"),
    "bonded_other": DeviceRows("L009", "L042", "L043"),
    "hvac_inverter_ac": DeviceRows("L010", "L044", "L045"),
    "ebikes_two_wheelers": DeviceRows("L011", "L046", "L047"),
    "power_tools_appliances": DeviceRows("L011", "L046", "L047"),
    "industrial_motors": DeviceRows("L012", "L048", "L049"),
    "industrial_robots": DeviceRows("L013", "L048", "L049"),
    "humanoid_service_robots": DeviceRows("L014", "L048", "L049"),
    "elevators": DeviceRows("L015", "L048", "L049"),
    "medical": DeviceRows("L016", "L048", "L049"),
    "defence_aerospace": DeviceRows("L017", "L052", "L053"),
}


def check_devices(end_uses: Iterable[str], figures: Figures) -> None:
    """Checks that every device has a life and rates of collection and extraction.

    Raises:
        CoercivityError: If one has none; one fault for each.
    """
    faults, rows = Faults(), figures.rows("lifetimes")
    for end_use in sorted(end_uses):
        named = DEVICES.get(end_use)
        if named is None:
            what = f"device {end_use!r} has no lifetime, so its old magnets would never leave use"
            add = "give it rows of `lifetimes` in market/inputs/device_rows.py"
            faults.add("NO-LIFETIME", what, where="world/base_year.csv", nearest=nearest(end_use, DEVICES), next=add)
            continue
        for key, columns in zip(named, (("shape", "scale_years"), ("value", "high"), ("value",)), strict=True):
            for column in columns:
                if not _positive(rows.get(key, {}).get(column, "")):
                    what = f"{column} of row {key} of device {end_use!r} must be above 0"
                    faults.add("ROW-FIGURE", what, where="world/lifetimes.csv", next="correct the row")
    faults.raise_if_any()


def _positive(text: str) -> bool:
    try:
        return float(text) > 0
    except ValueError:
        return False
