"""One ruling per kind of row, assigned to its rows and hashed row by row.

It imports `batches.plan`, `batches.stage` and the packages below `batches`.
"""
