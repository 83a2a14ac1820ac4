"""The screen Deal: one deal, its result, the audit trail and the most useful question.

It imports `verbs`, `base` and the root of `web`.
"""
