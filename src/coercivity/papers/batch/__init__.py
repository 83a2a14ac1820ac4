"""The summary and the workbook of a batch run.

It imports `papers.shared` and what lies below `papers`.
"""
