"""A paper in one language: page one, sections, tables, pictures, lists; the same for text, page, PDF and workbook.

It imports `papers.shared` and `base`.
"""
