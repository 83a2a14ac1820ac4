"""What public money should buy: projects valued over legal paths, cost by instrument, best sets under a budget.

It imports `workbooks`, `data` and `base`, and no other room of `ministry`.
"""
