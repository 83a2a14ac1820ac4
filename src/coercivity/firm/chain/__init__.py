"""The licence clock as a chain of stages, from the signature to the arrival of the goods.

It imports `firm.company` and `base`, and no other room of `firm`.
"""
