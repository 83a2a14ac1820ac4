"""Scenarios and firms of a workbook of strategies from draws of the market, each figure with its derivation.

It imports the model of `strategy`, `ensemble`, `market`, `workbooks`, `data` and `base`.
"""
