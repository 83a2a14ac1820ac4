"""Policies of a scenario: what they add to the network, their limits and payments by month, and loading.

It imports `base`, `market.inputs`, `market.network`, `market.program` and `market.run.scenarios`.
"""
