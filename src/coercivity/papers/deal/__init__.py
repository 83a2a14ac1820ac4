"""The answer to one deal: what comes with it, why it is undecided, what to do next.

It imports `papers.shared` and what lies below `papers`.
"""
