"""Forecasts made on a day against what was observed afterwards: predictions of rows, null models, scores.

It imports `observations`, `ensemble` and the packages below them.
"""
