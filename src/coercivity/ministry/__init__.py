"""A ministry: what public money buys, and which strategy wins.

It imports `workbooks`, `ensemble`, `market` and the packages below, and not `firm`; its rooms do not know each other.
"""
