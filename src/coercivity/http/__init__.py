"""The HTTP API: limits on requests, and one module for each group of addresses.

It imports `verbs` and `base`.
"""
