"""Figures with their sources: coefficients, months, base flows.

It imports `data` and `base`, no other folder of `market`.
"""
