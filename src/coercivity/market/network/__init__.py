"""Goods, activities, demand, trade and stores, and the costs that are calibrated to the base year.

It imports `market.inputs` and what lies below `market`.
"""
