"""The market model: products, activities and regions as one linear programme per month; its duals are prices.

It imports `permission` and the packages below; its folders import in this order: inputs, network, program, run, results.
None of them imports `base_year`.
"""
