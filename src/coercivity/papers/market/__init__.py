"""The price of a clause and the check of the base year, as lines for a terminal.

It imports the reading of `papers.outlook`, `papers.shared` and what lies below `papers`.
"""
