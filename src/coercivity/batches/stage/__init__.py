"""Rows of a table before they are decided: read, checked and converted to columns of facts.

It imports `batches.plan`, `cases`, `intake`, `law`, `files` and the packages below them.
"""
