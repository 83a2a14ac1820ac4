"""Dated forecasts of figures that will be reported, as statement, page and text, and their check against what came.

It imports `calibration.forecast`, `papers.backtest`, `papers.shared` and the packages below `papers`.
"""
