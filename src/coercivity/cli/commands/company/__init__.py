"""Commands on the workbook of a company.

It imports `verbs`, `base` and, of `cli`, options and output.
"""
