"""The answer to one deal: what comes with it, and why it is undecided.

It imports `papers.shared` and what lies below `papers`.
"""
