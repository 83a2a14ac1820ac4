"""The decision: derived facts, matches, defeat of one provision by another, branches, the outcome.

It imports `law.rules`.
"""
