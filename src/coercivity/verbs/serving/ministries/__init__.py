"""Answers of the server on the workbook of a ministry.

It imports `verbs`, and of `verbs.serving` what reads and limits workbooks.
"""
