"""Cutting planes for a mix of many scenarios, with costs by merit order or by small programmes.

It imports `firm.mix` and `base`.
"""
