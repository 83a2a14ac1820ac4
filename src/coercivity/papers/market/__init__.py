"""The cost of a clause and the check of the base year, as lines for a terminal.

It imports `papers.outlook`, `papers.shared` and the packages below `papers`.
"""
