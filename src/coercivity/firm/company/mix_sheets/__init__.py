"""Rows of the sheets that a mix is chosen from: grades, use by month, scenarios of stops, limits and options.

It imports `firm.company` and `base`.
"""
