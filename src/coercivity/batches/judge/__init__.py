"""One ruling for each kind of row, handed out to its rows and hashed row by row.

It imports `batches.plan`, `batches.stage` and what lies below `batches`.
"""
