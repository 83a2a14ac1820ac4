"""The HTTP interface: how a request may arrive, and one module for each group of addresses.

It imports `verbs` and `base`.
"""
