"""The content of a brief: a case folder, its transactions, and the law on its day.

It imports the rest of `cases` and what lies below.
"""
