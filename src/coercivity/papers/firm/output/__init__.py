"""Sections of a paper as text, page and files, with their charts.

It imports `papers.firm.sections`, `papers.shared` and what lies below `papers`.
"""
