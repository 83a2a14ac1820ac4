"""The decision diagram: the same results as the engine, for many deals at once.

It imports `law.rules` and `law.explain`.
"""
