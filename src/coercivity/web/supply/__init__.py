"""The Supply screen: comparing scenarios, and the cost of a clause.

It imports `verbs`, `base` and the root of `web`.
"""
