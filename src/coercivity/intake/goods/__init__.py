"""What kind of thing a text names: material, part, use, tariff code.

It imports `base`, `data` and `law.rules`, no other folder of `intake`.
"""
