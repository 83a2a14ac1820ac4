"""The printed report on a case: page one for the person who decides, then sections, figures and a slide.

It imports the report data, other papers and `papers.shared`, and computes no result of its own.
"""
