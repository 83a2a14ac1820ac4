"""The cells of a table, each read by what its column stands for.

It imports the other folders of `intake`, and what lies below `intake`.
"""
