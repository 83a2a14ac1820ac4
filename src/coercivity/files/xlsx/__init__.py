"""XLSX files: the container, the workbook, a streamed sheet, and the contents of its cells.

It imports `base` and the rest of `files`.
"""
