"""Consequences of a result: licensing, procedure, penalties, exposure, and the applicability of table entries.

It imports `law.rules` and `law.engine`.
"""
