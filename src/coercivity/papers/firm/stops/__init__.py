"""Line stops of a company on paper: report data, text, page, tables.

It imports `papers.shared.paper.sections`, `papers.shared.output`, `papers.shared` and what lies below `papers`.
"""
