"""Scenario files: their form, their checks, and what they inherit.

It imports `market.program`, `market.inputs`, `market.run.licensing` and `data`.
"""
