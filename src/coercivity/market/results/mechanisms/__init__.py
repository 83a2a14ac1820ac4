"""Tables of contracts, recycling, designs, projects and policies of a run.

It imports `market.run`, `market.program`, `market.network` and `market.inputs`.
"""
