"""The brief: report data, page, summary, chart, and what to do next.

It imports `papers.deal`, `papers.firm` and `papers.outlook`, which it prints, `papers.shared` and what lies below.
"""
