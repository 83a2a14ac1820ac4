"""The price of a clause and the check of the base year, as lines for a terminal.

It imports `papers.shared` and what lies below `papers`.
"""
