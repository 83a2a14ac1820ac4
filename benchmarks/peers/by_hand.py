"""The twelve rules written by hand in Polars, as an expert in both would who needs nothing else.

Three-valued: a missing fact is null, and `&`, `|` and `~` of Polars follow Kleene logic. The frame has one column per
fact, with one boolean column for each element, magnet family and party list. It does not return clauses, audit trails or
missing facts, and covers only the dates written here.

Run as `python -m benchmarks.peers.by_hand`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from benchmarks._twelve import Drawn

if TYPE_CHECKING:
    import polars as pl

WORDS = (
    "act",
    "form",
    "goods_kind",
    "material_function",
    "alloy_system",
    "target_system",
    "from",
    "to",
    "origin",
    "exporter_nationality",
    "exporter_place",
    "technology_origin",
)
FLAGS = ("physical_blend", "calcined", "to_zone")
SETS = {
    "elements": ("Sm", "Gd", "Tb", "Dy", "Lu", "Sc", "Y", "Ho"),
    "magnet_type": ("NdFeB", "SmCo"),
    "party_sets": ("cl-2026-11", "uel-2025-10"),
}
RULES = (
    "a11-list",
    "faq-5-functional",
    "a18-1c902",
    "a18-1c903",
    "a18-1c904",
    "a18-1c905",
    "a18-1c906",
    "a18-1c907",
    "a18-1c908",
    "a57-1c909",
    "a58-3a001",
    "uel-2025-10-list",
)
OUTCOMES = ("PROCEED", "UNKNOWN", "LICENCE", "STOP")

ALLOYS = {
    "Sm": ["SmCo", "SmFe", "SmNi", "SmAl", "SmMg"],
    "Gd": ["GdMg", "GdAl"],
    "Tb": ["TbCo", "TbCoFe"],
    "Dy": ["DyFe", "TbDyFe"],
    "Lu": ["YbLu"],
    "Sc": ["ScAl", "ScMg", "ScCu"],
    "Y": ["YAl", "YMg", "YNi", "YCu", "YFe"],
    "Ho": ["HoCu", "MgHo", "HoFe"],
}
TARGETS = {
    "Sm": ["Sm", "SmCo", "SmFe"],
    "Gd": ["Gd", "GdFe", "GdCo"],
    "Tb": ["Tb", "TbCo"],
    "Dy": ["Dy", "TbDyFe"],
    "Lu": ["Lu"],
    "Sc": ["Sc"],
    "Y": ["Y", "YAl", "YZr"],
    "Ho": ["Ho", "HoCu"],
}
MAGNETS = {"Sm": "SmCo", "Tb": "NdFeB", "Dy": "NdFeB"}
MAGNETIC = ["magnet", "magnet_powder"]


def prepare(drawn: Sequence[Drawn]) -> pl.DataFrame:
    """Returns the facts of the deals as a frame; a missing fact is null. Not timed."""
    import polars as pl

    contexts = [entry.context for entry in drawn]
    columns: dict[str, Any] = {"on": pl.Series([entry.on for entry in drawn], dtype=pl.Date)}
    for name in WORDS:
        values = [context.get(name) for context in contexts]
        columns[name] = pl.Series(values, dtype=pl.Enum(sorted({value for value in values if value is not None})))
    for name in FLAGS:
        columns[name] = pl.Series([context.get(name) for context in contexts], dtype=pl.Boolean)
    columns["energy_density"] = pl.Series([context.get("energy_density") for context in contexts], dtype=pl.Float64)
    for fact, members in SETS.items():
        for member in members:
            holds = [None if (held := context.get(fact)) is None else member in held for context in contexts]
            columns[member] = pl.Series(holds, dtype=pl.Boolean)
    return pl.DataFrame(columns)


def run(state: pl.DataFrame) -> pl.DataFrame:
    """Returns one row per deal: `outcome`, and `rules`, the list of matching rules (including suspended ones)."""
    found = state.lazy().select(**_rules()).select(outcome=_outcome(), mask=_mask()).collect()
    return found.select("outcome", rules=_lists(found["mask"]))


def outcomes(result: pl.DataFrame) -> list[str]:
    """Returns the outcome of each deal, in order."""
    return result["outcome"].cast(str).to_list()


def rules(result: pl.DataFrame) -> list[list[str]]:
    """Returns the matching rules of each deal, in the order of the rulebook."""
    found: list[list[str]] = result["rules"].to_list()
    return found


def _rules() -> dict[str, pl.Expr]:
    """Returns for each rule id whether it matches, and `paused`, whether the two later ones are suspended."""
    import polars as pl

    on, form, goods_kind = pl.col("on"), pl.col("form"), pl.col("goods_kind")
    functional = (
        (on >= date(2025, 9, 16))
        & form.is_in(["compound", "mixture", "functional_material", "other_material"])
        & ((_is("goods_kind", "catalyst") & pl.col("calcined")) | (goods_kind == "phosphor"))
    )
    stands = functional.fill_null(False)  # an exclusion that nobody established takes nothing out
    paused = on.is_between(date(2025, 11, 7), date(2026, 11, 10))
    listed = {number: _material(element) for number, element in enumerate(ALLOYS, 902)}
    holmium = listed.pop(909) | (pl.col("Ho") & (form.is_in(MAGNETIC) | _functional_holmium()))
    cell = _is("form", "other_material") & _is("goods_kind", "lithium_ion_cell") & (pl.col("energy_density") >= 300)
    april, november = on >= date(2025, 4, 4), on >= date(2025, 11, 8)
    goods = _goods_leave()
    in_april = {f"a18-1c{number}": april & item for number, item in listed.items()}
    controlled = pl.any_horizontal(
        pl.any_horizontal(*in_april.values()) & ~stands, november & ~paused & (holmium | cell)
    )
    rest = {
        "a57-1c909": november & holmium & goods,
        "a58-3a001": november & cell & goods,
        "uel-2025-10-list": (on >= date(2025, 10, 9)) & pl.col("uel-2025-10") & _chinese_side(),
        "a11-list": (on >= date(2026, 2, 24)) & pl.col("cl-2026-11") & (_leaves() | _origin_abroad()) & controlled,
        "faq-5-functional": functional & pl.any_horizontal(*in_april.values()) & goods,
        "paused": paused,
        "screened": pl.all_horizontal(pl.col(SETS["party_sets"]).is_not_null()),
    }
    return {**{name: rule & goods & ~stands for name, rule in in_april.items()}, **rest}


def _is(fact: str, value: str) -> pl.Expr:
    import polars as pl

    return pl.col(fact) == value


def _material(element: str) -> pl.Expr:
    """Returns the condition on the material that the entry of an element describes."""
    import polars as pl

    form = pl.col("form")
    kinds = [
        form.is_in(["metal", "oxide", "compound"]),
        _is("form", "mixture") & pl.col("physical_blend"),
        _is("form", "alloy") & pl.col("alloy_system").is_in(ALLOYS[element]),
        _is("form", "target") & pl.col("target_system").is_in(TARGETS[element]),
    ]
    if element in MAGNETS:
        kinds.append(form.is_in(MAGNETIC) & pl.col(MAGNETS[element]))
    return pl.col(element) & pl.any_horizontal(*kinds)


def _functional_holmium() -> pl.Expr:
    import polars as pl

    functions = ["crystal", "magnetic_refrigeration", "magnetostrictive"]
    return _is("form", "functional_material") & pl.col("material_function").is_in(functions)


def _leaves() -> pl.Expr:
    import polars as pl

    acts = ["goods", "technology", "service", "assistance", "reexport"]
    return pl.col("act").is_in(acts) & _is("from", "CN") & ((pl.col("to") != "CN") | pl.col("to_zone"))


def _goods_leave() -> pl.Expr:
    """Returns the condition that goods leave China; unknown if an item accompanies another act."""
    import polars as pl

    things = pl.when(pl.col("act").is_in(["goods", "reexport"])).then(True)
    return things & ~pl.col("form").is_in(["technology", "none"]) & _leaves()


def _origin_abroad() -> pl.Expr:
    import polars as pl

    abroad = (pl.col("from") != "CN") & (pl.col("to") != "CN")
    chinese = _is("origin", "CN")
    return (
        (_is("act", "reexport") & chinese)
        | (_is("act", "goods") & abroad & chinese)
        | (_is("act", "technology") & abroad & _is("technology_origin", "CN"))
    )


def _chinese_side() -> pl.Expr:
    import polars as pl

    return pl.any_horizontal(*(_is(n, "CN") for n in ("from", "to", "exporter_nationality", "exporter_place")))


def _outcome() -> pl.Expr:
    """Returns STOP and LICENCE if a rule is certain, PROCEED if none is possible and parties were screened, else UNKNOWN."""
    import polars as pl

    stop = pl.col("a11-list") | pl.col("uel-2025-10-list")
    april = pl.any_horizontal(*(f"a18-1c{number}" for number in range(902, 909)))
    licence = april | (~pl.col("paused") & (pl.col("a57-1c909") | pl.col("a58-3a001")))
    text = pl.when(stop).then(pl.lit("STOP")).when(licence).then(pl.lit("LICENCE"))
    is_open = (stop | licence).is_null() | ~pl.col("screened")
    return text.when(is_open).then(pl.lit("UNKNOWN")).otherwise(pl.lit("PROCEED"))


def _mask() -> pl.Expr:
    """Returns the matching rules as bits of a number; few values differ."""
    import polars as pl

    bits = [pl.col(name).fill_null(False).cast(pl.UInt16) * (1 << place) for place, name in enumerate(RULES)]
    return pl.sum_horizontal(*bits)


def _lists(masks: pl.Series) -> pl.Series:
    """Returns the list of rules for each number, built once per value."""
    import polars as pl

    few = masks.unique(maintain_order=True)
    lists = [[name for place, name in enumerate(RULES) if mask >> place & 1] for mask in few]
    places = masks.replace_strict(few, range(len(few)), return_dtype=pl.UInt32)
    return pl.Series("rules", lists, dtype=pl.List(pl.String)).gather(places)


def main() -> None:
    """Compares with coercivity deal by deal, then measures."""
    from benchmarks.peers._measure import report, report_open

    report("Polars, by hand", prepare, run, outcomes, rules)
    report_open("Polars, by hand", prepare, run, outcomes)


if __name__ == "__main__":
    main()
