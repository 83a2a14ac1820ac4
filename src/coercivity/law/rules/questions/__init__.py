"""Questions that belong together, whom to ask, and what follows from an answer.

It imports `base` and `data`, and the model and the trees of `law.rules`.
"""
