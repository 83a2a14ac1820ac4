"""The base year reconciled, and the model held against what was quoted and reported of it.

It imports the other folders of `market`; none of them imports it.
"""
