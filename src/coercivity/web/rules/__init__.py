"""The screen Rules: rules in force, suspended or unconfirmed on a date; clauses; dates compared.

It imports `verbs`, `base` and the root of `web`.
"""
