"""The kind of item that a text names: material, part, use, HS code.

It imports `base`, `data` and `law.rules`, no other folder of `intake`.
"""
