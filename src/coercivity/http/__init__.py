"""The HTTP interface over `verbs`: limits, problems, jobs, and one module for each group of addresses.

It imports `verbs` and `base`.
"""
