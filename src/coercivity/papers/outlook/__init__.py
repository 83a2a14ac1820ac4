"""The outlook: tables, page, summary and pictures, all made from its report data.

It imports `papers.shared` and what lies below `papers`.
"""
