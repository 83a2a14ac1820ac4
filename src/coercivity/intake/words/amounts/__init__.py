"""What figures and codes in a text say: grades, shares, parameters of machines, days, and numbers of lists.

It imports `base`, `data`, `intake.composition`, and `folded` and `results` of `intake.words`.
"""
