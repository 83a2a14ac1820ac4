"""The results of a run, as files in its folder.

It imports the rest of `batches` and the packages below it.
"""
