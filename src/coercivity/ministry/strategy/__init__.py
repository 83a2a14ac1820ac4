"""Which strategies win: levers of supply as a factorial, each combination at least cost in every scenario.

It imports `workbooks`, `ensemble`, `data` and `base`, and no other room of `ministry`.
"""
