"""Why, and what if: proof, steps, reasons, questions, counterfactuals, timeline, days to watch.

It imports `law.rules` and `law.engine`.
"""
