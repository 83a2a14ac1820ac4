"""The screen Batch: a table dropped, its columns named, its rows decided, its answers taken along.

It imports `verbs`, `base` and the root of `web`.
"""
