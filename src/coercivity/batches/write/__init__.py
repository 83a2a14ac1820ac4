"""The results of a run, as files of its folder.

It imports the rest of `batches` and what lies below.
"""
