"""Names to facts: screening of the packed party lists.

It imports `law` and what lies below; of `intake` only `composition`.
"""
