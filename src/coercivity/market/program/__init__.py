"""The linear programme: built once, updated month by month, solved, and explained if infeasible.

It imports `market.network`, `market.inputs` and what lies below `market`.
"""
