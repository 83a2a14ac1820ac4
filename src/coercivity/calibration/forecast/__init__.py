"""Dated forecasts of the figures that will be reported, and their check against what came.

It imports `calibration.backtest`, `observations`, `ensemble` and the packages below them.
"""
