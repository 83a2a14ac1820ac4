"""The brief: report data, page, summary, chart.

It imports the other folders of `papers` and what lies below.
"""
