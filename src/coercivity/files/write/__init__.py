"""Files that are there whole or not at all, and one writer at a time.

It imports `base` alone.
"""
