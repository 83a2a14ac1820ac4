"""Results kept on disk by the hash of what determines them: a cache that is never trusted and never in the way.

It imports `base` only.
"""
