"""The printed report on a case: page one for the person who decides, then sections, figures and a slide.

It reads the report data only, and computes no result of its own.
"""
