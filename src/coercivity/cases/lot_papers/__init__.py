"""Documents of a lot and what they say of it; two that name different end uses are refused.

It imports `intake`, `law`, `data` and the packages below them.
"""
