"""XLSX files: the container, the workbook, a sheet in a stream, and what its cells say.

It imports `base` and the rest of `files`.
"""
