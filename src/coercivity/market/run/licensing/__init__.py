"""What a run needs of licensing: cells, practice, files of plants, customs holds, and the desk without the market.

It imports `market.program`, `market.network`, `market.inputs`, `permission` and `practice`.
"""
