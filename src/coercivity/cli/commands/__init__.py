"""One module for each group of commands.

It imports `verbs`, `base` and the root of `cli`.
"""
