"""Rows of a table on their way to be decided: read, checked, and turned into columns of facts.

It imports `batches.plan`, `cases`, `intake`, `law`, `files` and what lies below.
"""
