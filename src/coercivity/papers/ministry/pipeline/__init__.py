"""The pipeline of projects in the market as text, page and files.

It imports `ministry.pipeline`, `ministry.fund` and `papers.shared`.
"""
