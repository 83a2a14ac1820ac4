"""A firm: days of cover, the licence clock, and how long it goes on.

It imports `permission`, `practice`, `cases` and what lies below, and not `market`.
"""
