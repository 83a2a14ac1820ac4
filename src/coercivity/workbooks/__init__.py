"""Workbooks of a known form, such as a company's: read from XLSX, YAML or CSV with the place of every fault; written.

It imports `files`, `data` and `base`. What the sheets are called and hold is data of the package that owns the form.
"""
