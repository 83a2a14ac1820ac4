"""Charts of the screens as files: CSV, XLSX, SVG and PNG.

It imports the rest of `web` and `verbs`.
"""
