"""What a run needs of licensing: cells, the desk in practice, files of plants, customs holds, the desk without the market.

It imports `market.program`, `market.network`, `market.inputs`, `permission` and `practice`.
"""
