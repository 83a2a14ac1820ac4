"""The coverage of the rulebook: the clauses by question, how each was read, and which points are open.

It imports `papers.shared` and what lies below `papers`.
"""
