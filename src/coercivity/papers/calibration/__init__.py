"""The report of a calibration: data, sections, picture, page, text, CSV.

It imports `papers.shared` and packages below `papers`.
"""
