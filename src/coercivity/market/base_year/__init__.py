"""The balanced base year, and the check of the model against quoted prices and reported flows.

It imports the other folders of `market`; none of them imports it.
"""
