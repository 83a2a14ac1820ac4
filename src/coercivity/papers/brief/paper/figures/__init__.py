"""Pictures of the printed report as SVG: greys and patterns, labels beside what they name, no style sheet.

They import the report data and `papers.shared`.
"""
