"""The licensing desk of a run beside reports: figures by place and date, the misfit of each report, text, page, CSV.

It imports `papers.outlook`, `papers.shared` and the packages below `papers`.
"""
