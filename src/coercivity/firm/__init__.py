"""A company: days of cover, and the licence time.

It imports `permission`, `practice`, `cases` and the packages below, and not `market`.
"""
