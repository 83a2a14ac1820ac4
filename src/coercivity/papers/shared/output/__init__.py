"""Sections of a paper as text, page and files, with their charts.

It imports `papers.shared.paper.sections`, `papers.shared` and what lies below `papers`.
"""
