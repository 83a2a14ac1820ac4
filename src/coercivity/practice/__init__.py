"""Reported practice: times, shares, pending applications, documents, fines. It does not change an outcome.

It imports `law.rules`, `data` and `base`; no module that determines an outcome imports it.
"""
