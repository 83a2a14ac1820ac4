"""What the documents of a lot show, as data and as text.

It imports what papers share, `cases` and the packages below them.
"""
