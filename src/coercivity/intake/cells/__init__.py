"""The cells of a table, each read according to the role of its column.

It imports the other folders of `intake`, and the packages below `intake`.
"""
