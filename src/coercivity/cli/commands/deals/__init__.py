"""Commands on files of deals.

It imports `verbs`, `base` and, of `cli`, options and output.
"""
