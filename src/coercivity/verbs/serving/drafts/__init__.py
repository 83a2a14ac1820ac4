"""Draft notices on a server: read for one look or one job, never for a decision.

It imports what `verbs.serving` may import, and `verbs.impact` and `verbs.notice`.
"""
