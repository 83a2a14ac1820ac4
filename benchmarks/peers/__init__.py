"""The twelve rules of `benchmarks/_twelve.py` in other engines.

Each module has `prepare(drawn) -> state`, which is not timed, `run(state) -> result`, which is timed, and
`outcomes(result) -> list[str]` and `rules(result) -> list[list[str]]`, which return the answers in the order of the deals.
`by_hand` needs only polars and is three-valued; `openfisca_twelve` imports OpenFisca-Core and numpy on import;
`zen_twelve` imports zen-engine when it creates an engine, and also has `two_processes(drawn)`.
"""
