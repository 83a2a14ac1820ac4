"""The screen Deal: one deal, its answer, what stands behind it, and the question that helps most.

It imports `verbs`, `base` and the root of `web`.
"""
