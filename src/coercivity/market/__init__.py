"""The market model: products, activities and regions as one linear programme per month; its duals are prices.

It imports `permission` and the packages below. Its folders import in the order inputs, network, program, run, results.
None of them imports `base_year`.
"""
