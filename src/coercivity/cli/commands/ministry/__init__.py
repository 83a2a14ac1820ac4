"""Commands on the workbook of a ministry.

It imports `verbs`, `base` and, of `cli`, options and output.
"""
