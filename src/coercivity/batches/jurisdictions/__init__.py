"""Tables judged under the laws of several jurisdictions, with their conflicts.

May import: the other packages of `batches`, and the packages below it.
"""
