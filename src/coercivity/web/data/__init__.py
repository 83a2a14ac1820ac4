"""The screen Data: tables of the packs, sources, quality, age.

It imports `verbs`, `base` and the root of `web`.
"""
