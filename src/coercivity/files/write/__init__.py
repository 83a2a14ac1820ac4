"""Files that are written completely or not at all, by one writer at a time.

It imports `base` only.
"""
