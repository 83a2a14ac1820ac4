"""The result for one deal: licence route, documents, time limits, penalties, and why it is undetermined.

It imports `papers.shared` and what lies below `papers`.
"""
