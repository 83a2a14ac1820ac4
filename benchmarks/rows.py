"""Writes a large Parquet file of deals: many rows, few distinct cases, as a stream of row groups.

`python benchmarks/rows.py OUT.parquet --rows 100000000 --distinct 0.05` writes twelve columns as in an ERP
extract: a unique `id`, and eleven from one of `rows * distinct` cases that all differ in decisive facts. Each row selects
its case by its number, so any part of the file can be generated separately, and the same arguments give the same
rows. Memory contains the cases (eight bytes each, temporarily several copies) and a few row groups.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

ROW_GROUP = 1_000_000
WORD = 2**64
DAYS, FIRST = 730, "2025-01-01"
COLUMNS = (
    *("id", "date", "material", "composition", "hs", "quantity", "unit"),
    *("from", "to", "end_user", "end_use", "origin"),
)
# material, customs code, unit, head of the composition, its last share in steps of 0.1 from a first one, times drawn
MATERIALS = (
    ("Sintered NdFeB magnet", "8505111000", "kg", "Dy 1.8 %, Nd+Pr", 27.5, 6),
    ("Sintered NdFeB magnet", "8505111000", "kg", "Dy 0.6 %, Tb 0.2 %, Nd+Pr", 27.5, 4),
    ("Sintered NdFeB magnet", "8505111000", "kg", "Dy 0 %, Tb 0 %, Nd+Pr", 28.5, 6),
    ("Bonded NdFeB magnet", "8505111000", "kg", "Dy 0 %, Tb 0 %, Nd+Pr", 24.5, 4),
    ("SmCo magnet", "8505111000", "kg", "Co 50.5 %, Sm", 23.5, 3),
    ("Ferrite magnet", "8505190000", "kg", "Sr 8.5 %, Fe", 58.5, 5),
    ("NdFeB magnet powder", "7202991200", "kg", "Dy 0 %, Tb 0 %, Nd+Pr", 27.0, 2),
    ("NdPr metal", "2805302900", "kg", "Pr 24.5 %, Nd", 72.5, 3),
    ("Dysprosium oxide", "2846901500", "kg", "Dy2O3", 97.5, 2),
    ("Terbium metal", "2805301300", "kg", "Tb", 97.5, 1),
    ("Dysprosium-iron alloy", "7202999100", "kg", "Dy 79.5 %, Fe", 18.0, 2),
    ("Lanthanum carbonate", "2846909990", "kg", "La", 44.0, 2),
    ("Yttrium oxide", "2846901100", "kg", "Y2O3", 97.5, 2),
    ("Electric motor", "8501520000", "pcs", "Dy 0.1 %, Nd+Pr", 1.0, 4),
    ("Rotor with magnets", "8503009090", "pcs", "Dy 0.2 %, Nd+Pr", 3.0, 4),
)
STEPS = 20  # compositions a line of `MATERIALS`
FROM = {"CN": 15, "VN": 2, "DE": 1, "JP": 1, "MY": 1}
TO = (
    *("DE", "US", "JP", "KR", "FR", "IT", "ES", "PL", "CZ", "HU", "SK", "AT", "SE"),
    *("GB", "MX", "CA", "BR", "IN", "TH", "ID", "TR", "NL", "CH", "FI", "SG"),
)
ORIGIN = {"CN": 8, "AU": 1, "VN": 1}
USERS = [
    *(f"Motor Works {number:03} GmbH" for number in range(200)),
    *(f"电机制造{number:03}有限公司" for number in range(200)),
]
USES = (
    *(
        "traction motors, passenger cars",
        "wiper motors, passenger cars",
        "window lift motors",
        "electric power steering",
    ),
    *("servo motors for machine tools", "compressors for air conditioners", "elevator drives"),
    *(
        "loudspeakers, home audio",
        "wind turbine generators",
        "pumps for heating systems",
        "power tools",
        "washing machines",
    ),
)


def things() -> pl.DataFrame:
    """Returns the goods traded, one row per composition: material, composition, HS code, unit and weight."""
    import polars as pl

    rows = [
        (name, f"{head} {first + step / 10:.1f} %", hs, unit, weight)
        for name, hs, unit, head, first, weight in MATERIALS
        for step in range(STEPS)
    ]
    return pl.DataFrame(rows, schema=["material", "composition", "hs", "unit", "weight"], orient="row")


def tables() -> dict[str, tuple[int, list[int]]]:
    """Returns, in the order of the digits of a case, how many values a column has and which of them are used."""

    def times(weights: list[int]) -> list[int]:
        return [place for place, weight in enumerate(weights) for _ in range(weight)]

    weights = things()["weight"].to_list()
    return {
        "date": (DAYS, times([1] * DAYS)),
        "thing": (len(weights), times(weights)),
        "from": (len(FROM), times([*FROM.values()])),
        "to": (len(TO), times([1] * len(TO))),
        "end_user": (len(USERS), times([1] * len(USERS))),
        "end_use": (len(USES), times([1] * len(USES))),
        "origin": (len(ORIGIN), times([*ORIGIN.values()])),
    }


def mixed(numbers: pl.Expr, key: int) -> pl.Expr:
    """Returns well distributed 64-bit numbers, one for each number and key (the finaliser of SplitMix64)."""
    import polars as pl

    def times(value: pl.Expr, factor: int) -> pl.Expr:
        return value * pl.lit(factor, dtype=pl.UInt64)

    def shifted(value: pl.Expr, bits: int) -> pl.Expr:
        return value ^ (value // pl.lit(1 << bits, dtype=pl.UInt64))

    state = times(numbers.cast(pl.UInt64), 0x9E3779B97F4A7C15)
    state += pl.lit((key + 1) * 0xD1B54A32D192ED03 % WORD, dtype=pl.UInt64)
    state = times(shifted(state, 30), 0xBF58476D1CE4E5B9)
    state = times(shifted(state, 27), 0x94D049BB133111EB)
    return shifted(state, 31)


def cases(count: int, key: int) -> pl.Series:
    """Returns distinct cases, each as one number whose digits are its values.

    A few too many are generated, and repeats removed.
    """
    import polars as pl

    columns = tables()
    drawn, found = 0, pl.Series("case", [], dtype=pl.UInt64)
    while len(found) < count:
        more = max(1_000, (count - len(found)) * 11 // 10)
        numbers, number = pl.int_range(drawn, drawn + more, dtype=pl.UInt64, eager=True).to_frame("n"), pl.col("n")
        case = pl.lit(0, dtype=pl.UInt64)
        for place, (size, pool) in enumerate(columns.values(), 1):
            picks = mixed(number, key * 16 + place) % len(pool)
            digits = pl.lit(pl.Series(pool, dtype=pl.UInt64)).gather(picks)
            case = case * size + digits
        fresh = numbers.select(case=case).to_series()
        found, drawn = pl.concat([found, fresh]).unique(maintain_order=True), drawn + more
    return found.head(count)


def row_groups(rows: int, distinct: float, key: int = 3) -> Iterator[pl.DataFrame]:
    """Yields the rows as frames of `ROW_GROUP` rows, in order."""
    import polars as pl

    pool = cases(max(1, round(rows * distinct)), key)
    words = _words()
    for start in range(0, rows, ROW_GROUP):
        frame = pl.select(id=pl.int_range(start, min(start + ROW_GROUP, rows), dtype=pl.Int64))
        picks = frame.select(mixed(pl.col("id"), key * 16) % len(pool)).to_series()
        yield frame.with_columns(case=pool.gather(picks)).select(**_decoded(words))


def _words() -> dict[str, pl.Series]:
    """Returns the meaning of a digit, by column."""
    import polars as pl

    thing = things()
    first = pl.Series([FIRST]).str.to_date()
    return {
        "date": pl.select(pl.date_range(pl.lit(first[0]), pl.lit(first[0]).dt.offset_by(f"{DAYS - 1}d"))).to_series(),
        **{name: thing[name] for name in ("material", "composition", "hs", "unit")},
        "from": pl.Series([*FROM]),
        "to": pl.Series(TO),
        "end_user": pl.Series(USERS),
        "end_use": pl.Series(USES),
        "origin": pl.Series([*ORIGIN]),
    }


def _decoded(words: dict[str, pl.Series]) -> dict[str, pl.Expr]:
    """Returns the twelve columns from `id` and `case`; the quantity follows from the case too."""
    import polars as pl

    digits, left = {}, pl.col("case")
    for name, (size, _) in reversed(tables().items()):
        digits[name], left = left % size, left // size
    found = {"id": pl.col("id"), "quantity": (mixed(pl.col("case"), 1) % 400 + 1).cast(pl.Int64) * 5}
    for name, values in words.items():
        digit = digits["thing" if name in ("material", "composition", "hs", "unit") else name]
        found[name] = pl.lit(values).gather(digit)
    return {name: found[name] for name in COLUMNS}


def write(out: Path, rows: int, distinct: float, key: int = 3) -> None:
    """Writes the rows to one file, a row group at a time."""
    from polars.io.plugins import register_io_source

    frames = row_groups(rows, distinct, key)
    first = next(frames)

    def source(*_: object) -> Iterator[pl.DataFrame]:
        yield first
        yield from frames

    lazy = register_io_source(source, schema=first.schema)
    lazy.sink_parquet(out, row_group_size=ROW_GROUP, compression="zstd", compression_level=1, engine="streaming")


def main() -> None:
    """Reads the command line and writes the file."""
    import resource

    parser = argparse.ArgumentParser(description="Writes a large Parquet file of deals.")
    parser.add_argument("out", type=Path, nargs="?", metavar="OUT.parquet")
    parser.add_argument("--rows", type=int, default=100_000_000)
    parser.add_argument("--distinct", type=float, default=0.05, help="distinct cases as a share of the rows")
    parser.add_argument("--key", type=int, default=3)
    told = parser.parse_args()
    if told.out is None:
        print("no file was named, so none is written: python benchmarks/rows.py OUT.parquet --rows 100000000")
        return
    begun = time.perf_counter()
    write(told.out, told.rows, told.distinct, told.key)
    spent = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20 if sys.platform != "darwin" else 1 << 30)
    size = told.out.stat().st_size / 1e9
    print(f"{told.rows:,} rows in {spent:.0f} s, {size:.2f} GB, at most {peak:.2f} GB of memory: {told.out}")


if __name__ == "__main__":
    main()
