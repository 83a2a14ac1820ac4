"""What draws say, on the page, in the summary and in the tables of an outlook: ranges, chances, causes.

It imports the other modules of `papers.outlook`, `papers.shared`, and what lies below `papers`.
"""
