"""The screens of a ministry: what public money should buy, and who wins with what.

It imports the rest of `web` and `verbs`.
"""
