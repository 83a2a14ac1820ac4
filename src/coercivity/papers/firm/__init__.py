"""Days of cover of a company and its licence times: report data, page, lines for a terminal.

It imports `papers.shared` and what lies below `papers`.
"""
