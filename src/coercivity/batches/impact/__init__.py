"""What a draft notice would change for the rows of a table: each row judged with and without it, in one pass.

It imports `batches.judge`, `batches.stage`, `batches.plan` and `batches.run`, and the packages below `batches`.
"""
