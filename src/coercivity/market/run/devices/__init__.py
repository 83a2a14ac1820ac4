"""Magnets in use, their end of life, and their collection.

It imports the market programme and the inputs of the market.
"""
