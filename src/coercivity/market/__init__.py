"""The market: goods, activities, regions as one linear programme a month; duals are prices and carry their clause.

Folders import in this order: inputs, network, program, run, results; base_year stands beside and is imported by none.
"""
