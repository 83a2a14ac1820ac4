"""The Company and Report screens, which both start from a case folder.

It imports `verbs`, `base` and the root of `web`.
"""
