"""The composition of an item, as far as a text or a table states it.

It imports `base`, `data` and `law.rules`, no other folder of `intake`.
"""
