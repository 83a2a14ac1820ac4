"""The Data screen: tables of the packs, their sources, quality and age.

It imports `verbs`, `base` and the root of `web`.
"""
