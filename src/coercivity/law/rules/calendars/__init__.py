"""The calendar of a request: the published years, those a user gives, and those assumed for planning.

It imports `base`, `data` and its siblings in `rules`.
"""
