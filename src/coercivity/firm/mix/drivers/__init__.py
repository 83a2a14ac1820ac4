"""Scenarios of a mix from draws of the market: series, a small file of them, shares let out.

It imports `ensemble`, `firm.company` and `firm.mix`.
"""
