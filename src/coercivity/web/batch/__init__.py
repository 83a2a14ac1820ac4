"""The Batch screen: upload a table, map its columns, decide its rows and download the results.

It imports `verbs`, `base` and the root of `web`.
"""
