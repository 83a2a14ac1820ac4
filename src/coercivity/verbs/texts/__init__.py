"""Deals in words: what a text says, and the answer to each deal that it describes.

It imports what `verbs` may import, and no other verb than `deal` and `answers`.
"""
