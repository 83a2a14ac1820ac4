"""Draws: many runs of the market with figures drawn from their ranges, and what can be said of them together.

It imports the market and the rooms below it; the firm, papers and verbs import it.
"""
