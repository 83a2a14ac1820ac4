"""The coverage of the rulebook: what it holds on each question, how it was read and what is open.

It imports `papers.shared` and what lies below `papers`.
"""
