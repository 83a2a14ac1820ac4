"""Products, activities, demand, trade and stocks, and the costs calibrated to the base year.

It imports `market.inputs` and what lies below `market`.
"""
