"""The workbook of a company as it is written: template, XLSX, YAML and CSV, the same rows in each; and its hash.

It imports `base`, `data`, and the names, cells and types of `firm.company`.
"""
