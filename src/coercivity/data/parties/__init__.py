"""Types of listed parties, judgements about names, and ownership, as files of users and packs hold them.

It imports `data.values`, `base` and the standard library only.
"""
