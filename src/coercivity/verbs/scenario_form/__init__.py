"""A scenario file as a form: its fields, the file that they write, their errors, and entries that no month reaches.

It imports `verbs`, `market`, `cases`, `data`, `files` and `base`.
"""
