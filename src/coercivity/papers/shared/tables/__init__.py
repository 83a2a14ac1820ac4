"""Results as tables for programs: data frames by name, the view in a notebook, and the IAMC long table.

It imports `papers.shared.paper.sections`, `papers.shared` and `base`.
"""
