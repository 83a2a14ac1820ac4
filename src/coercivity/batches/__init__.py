"""A table of any size: staged, each kind of row decided once, each row hashed on its own, written, resumed.

It imports `cases`, `intake`, `law`, `files` and the packages below them.
"""
