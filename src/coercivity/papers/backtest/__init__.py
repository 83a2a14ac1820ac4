"""Forecasts of past days against what was observed afterwards, as data, text, page and files.

It imports `calibration.backtest`, `papers.shared` and the packages below `papers`.
"""
