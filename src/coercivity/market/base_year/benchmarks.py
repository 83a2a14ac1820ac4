"""The reported figures that the base year is compared with, and the reasons for the differences."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from coercivity.base.errors import Faults
from coercivity.data.schema import Strict, Words, parse_as
from coercivity.data.textyaml import load_file
from coercivity.market.inputs.coefficients import ABROAD, CHINA, ELEMENTS, MAGNETS, METALS, NDFEB
from coercivity.market.run.scenarios.scenario import scenario_folder

BORDER = "border"
CAUSES_FILE = "base_causes.yaml"
PRICED = (*(f"ox_{e}" for e in ELEMENTS), *(f"met_{e}" for e in METALS if e != "Sm"))
_BLANK = "process_coefficients:CO053"
# Magnets have price lists and a unit value, but no price series: product, place, figure.
LISTED = (
    ("mag_none", CHINA, "process_coefficients:CO222"),
    ("mag_none", CHINA, f"process_coefficients:CO236 / {_BLANK}"),
    ("mag_Ce", CHINA, f"process_coefficients:CO235 / {_BLANK}"),
    ("mag_low", CHINA, f"process_coefficients:CO237 / {_BLANK}"),
    ("mag_low", CHINA, f"process_coefficients:CO238 / {_BLANK}"),
    ("mag_NdFeB", BORDER, "economics:E010"),
)
_OXIDE_KINDS, _OXIDE_BASE = ("separate", "refine", "finish", "recycle"), ("oxide", "recycled", "-surplus")
_MAGNET_KINDS = ("magnet", "more_magnet")
_OXIDES, _METAL_GOODS = tuple(f"ox_{e}" for e in ELEMENTS), (*(f"met_{e}" for e in METALS), "met_LaCe")


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A flow of the model and the figure that it is compared with.

    Attributes:
        id: Key of its name and reason in `base_causes.yaml`.
        kinds: Kinds of activity that produce or move it.
        base: Kinds of `base_flows` that add up to it; one with a minus sign is subtracted.
        ends: Regions of origin and destination; the same if it is produced and not moved.
        reported: Sum of products of rows, each `table:id`.
        of: Regions whose flow is the total, if the figure is a share.
    """

    id: str
    kinds: tuple[str, ...]
    base: tuple[str, ...]
    goods: tuple[str, ...]
    ends: tuple[tuple[str, ...], tuple[str, ...]]
    reported: str
    of: tuple[str, ...] = ()


def _made(name: str, good: str, region: str, reported: str) -> Benchmark:
    return Benchmark(name, _OXIDE_KINDS, _OXIDE_BASE, (good,), ((region,), (region,)), reported)


def _metal(name: str, good: str, reported: str) -> Benchmark:
    return Benchmark(name, ("metal",), ("metal",), (good,), ((CHINA,), (CHINA,)), reported)


def _magnets(name: str, goods: tuple[str, ...], region: str, reported: str) -> Benchmark:
    return Benchmark(name, _MAGNET_KINDS, ("magnet",), goods, ((region,), (region,)), reported)


def _sent(name: str, goods: tuple[str, ...], ends: tuple[tuple[str, ...], tuple[str, ...]], reported: str) -> Benchmark:
    kinds = ("oxide_trade", "metal_trade", "magnet_trade")
    return Benchmark(name, ("ship",), kinds, goods, ends, reported, of=ABROAD if name.startswith("share_") else ())


_PC, _TR = "processing_capacity", "trade"
_FROM_CHINA = ((CHINA,), ABROAD)
FLOWS = (
    _made("out_NdPr", "ox_NdPr", CHINA, f"{_PC}:PC086"),
    Benchmark("back_NdPr", ("recycle",), ("recycled",), ("ox_NdPr",), ((CHINA,), (CHINA,)), f"{_PC}:PC107"),
    _made("out_Dy", "ox_Dy", CHINA, f"{_PC}:PC090"),
    _made("out_Tb", "ox_Tb", CHINA, f"{_PC}:PC091"),
    _made("out_Gd", "ox_Gd", CHINA, f"12 x {_PC}:PC095 + {_PC}:PC108"),
    _made("out_HoLu", "ox_HoLu", CHINA, f"12 x {_PC}:PC096 + {_PC}:PC111"),
    _made("out_NdPr_SEA", "ox_NdPr", "SEA", f"{_PC}:PC133 + {_PC}:PC135 + {_PC}:PC137 + {_PC}:PC138"),
    _made("out_NdPr_NAM", "ox_NdPr", "NAM", f"{_PC}:PC155"),
    Benchmark(
        "ionic_feed",
        ("haul",),
        ("feed_trade",),
        ("feed:MYANMAR_IONIC",),
        (("MM-LA", "SEA"), (CHINA,)),
        "base_year:BY018 + base_year:BY023 + base_year:BY024",
    ),
    _sent("oxide_SEA_CN", ("ox_NdPr",), (("SEA",), (CHINA,)), f"{_TR}:TR149"),
    _metal("metal_NdPr", "met_NdPr", f"{_PC}:PC087"),
    _metal("metal_Tb", "met_Tb", f"{_PC}:PC092"),
    _magnets("magnets_CN", NDFEB, CHINA, f"{_PC}:PC072 x {_BLANK}"),
    _magnets("smco_CN", ("mag_SmCo",), CHINA, f"{_PC}:PC083 x process_coefficients:CO057"),
    _magnets("magnets_JP", NDFEB, "JP", "base_year:BY221 + base_year:BY227 + base_year:BY233"),
    _sent("magnets_out", MAGNETS, _FROM_CHINA, f"{_TR}:TR004"),
    _sent("share_EUR", MAGNETS, ((CHINA,), ("EUR",)), f"{_TR}:TR033 + {_TR}:TR038"),
    _sent("share_NAM", MAGNETS, ((CHINA,), ("NAM",)), f"{_TR}:TR034 + {_TR}:TR039"),
    _sent("share_KR", MAGNETS, ((CHINA,), ("KR",)), f"{_TR}:TR035"),
    _sent("share_SEA_ROW", MAGNETS, ((CHINA,), ("SEA", "ROW")), f"{_TR}:TR036 + {_TR}:TR041"),
    _sent("share_JP", MAGNETS, ((CHINA,), ("JP",)), f"{_TR}:TR037"),
    _sent("share_IN", MAGNETS, ((CHINA,), ("IN",)), f"{_TR}:TR040"),
    _sent("group_out", (*_OXIDES, *_METAL_GOODS), _FROM_CHINA, f"{_TR}:TR061"),
)


class Cause(Strict):
    """Name of a flow, and the reason for its difference."""

    name: Words
    cause: Words


class Causes(Strict):
    """`base_causes.yaml`: reasons for the differences between model and figures, in one sentence each.

    Attributes:
        prices: By product.
        flows: By id of the flow.
    """

    prices: dict[str, Words]
    flows: dict[str, Cause]


@lru_cache(maxsize=4)
def load_causes(folder: Path | None = None) -> Causes:
    """Returns the reasons for the differences between model and figures.

    Args:
        folder: Folder of the market data set; by default the built-in one.

    Raises:
        CoercivityError: With every error in the file, including products or flows without a reason.
    """
    faults = Faults()
    path = (folder or scenario_folder().parent) / CAUSES_FILE
    found = parse_as(Causes, load_file(path), name=CAUSES_FILE, faults=faults)
    if found is not None:
        wanted = {*PRICED, *(good for good, _, _ in LISTED)}
        missing = [*sorted(wanted - found.prices.keys()), *sorted({a.id for a in FLOWS} - found.flows.keys())]
        for name in missing:
            faults.add("BASE-CAUSE", f"no reason given for {name}", where=CAUSES_FILE, next="add one in en and zh")
    faults.raise_if_any()
    assert found is not None
    return found
