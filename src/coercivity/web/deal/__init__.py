"""The screen Deal: words or entries, what was read in them, the result of each deal, and the next question.

It imports `verbs`, `base` and the root of `web`.
"""
