"""The Parties screen: screen names against the lists, and decide pairs of names.

It imports `verbs`, `base` and the root of `web`.
"""
