"""Contracts as quantities and prices.

It imports the market programme and the inputs of the market.
"""
