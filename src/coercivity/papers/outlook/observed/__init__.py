"""The section of an outlook on the observed months from which it starts.

It imports the other modules of `papers.outlook`, `papers.shared`, and what lies below `papers`.
"""
