"""An outlook as an IAMC long table, and its tables as data frames.

It imports the data and tables of `papers.outlook`, and `papers.shared`.
"""
