"""The best mix of stock, second sources, freight, recycling, leaner grades and filing ahead, in two stages.

It imports `firm.company` and `base`, and no other room of `firm`.
"""
