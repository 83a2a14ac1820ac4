"""A paper as PDF and a slide as SVG and PNG, set by Typst with fonts that are installed as packages.

It imports `papers.shared` and `base`.
"""
