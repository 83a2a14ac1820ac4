"""The tables of the packs as a data package: CSV files and their description.

It imports `papers.shared`, `data` and `base`.
"""
