"""The twelve rules of `benchmarks/_twelve.py` in other engines.

Each module offers `prepare(drawn) -> state`, which is not timed, `run(state) -> result`, which is, and
`outcomes(result) -> list[str]` and `rules(result) -> list[list[str]]`, which read the answers in the order of the deals.
`by_hand` needs polars only and is three-valued; `openfisca_twelve` imports OpenFisca-Core and numpy when it is imported;
`zen_twelve` imports zen-engine when an engine is made, and has `two_processes(drawn)` besides.
"""
