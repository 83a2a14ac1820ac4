"""The screen `mix`: which stock and options are worth their money.

It imports the rest of `web` and `verbs`.
"""
