"""Prices by month and scenario of contracts and spot purchases, and where their indices come from.

It imports `firm.mix.model`, `firm.mix.arrivals`, `firm.company` and `base`.
"""
