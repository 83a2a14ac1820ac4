"""Page one of the printed report: what to decide, when, at what cost and by when.

It imports the report data, the wording of the printed report and `papers.shared`.
"""
