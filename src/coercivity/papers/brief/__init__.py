"""The report on a case: report data, pages, summary, chart, and the next steps.

It imports `papers.deal`, `papers.firm` and `papers.outlook`, which it prints, `papers.shared` and the packages below.
"""
