"""A firm's days and its licence clock: report data, page, lines for a terminal.

It imports `papers.shared` and what lies below `papers`.
"""
