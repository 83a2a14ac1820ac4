"""The content of a report: a case folder, its transactions, and the law on its date.

It imports the rest of `cases` and the packages below it.
"""
