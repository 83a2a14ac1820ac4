"""The workbook of a company: its sheets, what they may say, and the company that they describe.

It imports `files`, `data` and `base`, and no other room of `firm`.
"""
