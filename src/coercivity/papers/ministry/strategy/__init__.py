"""Who wins with what, as data, text, page and files.

It imports `ministry.strategy`, `papers.shared` and `base`.
"""
