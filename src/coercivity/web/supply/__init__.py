"""The screen Supply: scenario against scenario, and the price of a clause.

It imports `verbs`, `base` and the root of `web`.
"""
