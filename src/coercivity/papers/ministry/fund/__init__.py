"""What a budget should buy: report data, page, lines for a terminal, files.

It imports `papers.shared`, `ministry.fund` and `base`.
"""
