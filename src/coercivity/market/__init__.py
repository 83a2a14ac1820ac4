"""The market: goods, activities, regions as one linear programme a month; duals are prices and carry their clause.

It imports `permission` and what lies below; its folders import in this order: inputs, network, program, run, results.
`base_year` stands beside them, and none of them imports it.
"""
