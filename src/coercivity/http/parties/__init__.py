"""Screenings, judgements and owners over HTTP.

It imports `verbs`, `base` and the rest of `http`.
"""
