"""What kind of thing a text names: material, part, use, tariff code.

It imports `base`, `data` and `intake.composition`.
"""
