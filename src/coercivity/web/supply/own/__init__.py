"""Scenarios of users on the screen `supply`: the form, its page, and what the screen says of a saved one.

It imports the rest of `web` and `verbs`.
"""
