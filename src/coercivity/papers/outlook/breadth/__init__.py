"""Sections of an outlook on prices, contracts, quotes, recycling, substitution, plants and policies.

It imports the data and charts of `papers.outlook`, and `papers.shared`.
"""
