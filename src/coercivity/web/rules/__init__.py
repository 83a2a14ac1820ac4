"""The screen Rules: what is in force, paused or unknown on a day; clauses, days compared.

It imports `verbs`, `base` and the root of `web`.
"""
