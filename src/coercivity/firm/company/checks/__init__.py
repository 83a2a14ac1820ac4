"""Checks across sheets: what blank cells leave open, and names that another sheet must have.

It imports `base`, and the cells, names and types of `firm.company`.
"""
