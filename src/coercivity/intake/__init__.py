"""Converts words to facts: cells of a table, compositions, goods and parties, as people write them.

It imports `law`, `files`, `data` and `base`, and never `practice` or `cases`.
"""
