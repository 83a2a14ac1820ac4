"""What would change the choice of a mix, and what it is worth to know a legal fact in time.

It imports `firm.mix` and `base`.
"""
