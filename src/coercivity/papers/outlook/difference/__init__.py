"""What differs between two runs of an outlook: pairs of runs, and the sentence on each.

It imports the report data and names of `papers.outlook`, `papers.shared` and what lies below `papers`.
"""
