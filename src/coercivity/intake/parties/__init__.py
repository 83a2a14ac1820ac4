"""Converts names to facts: screening against the built-in restricted-party lists.

It imports `law` and the packages below it; of `intake` only `composition`.
"""
