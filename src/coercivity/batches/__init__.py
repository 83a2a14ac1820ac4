"""A table of any size: staged, each kind of row judged once, each row hashed by itself, written, resumed.

It imports `cases`, `intake`, `law`, `files` and what lies below.
"""
