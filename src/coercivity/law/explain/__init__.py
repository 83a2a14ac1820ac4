"""Explanations: proof, steps, reasons, questions, counterfactuals, timeline, upcoming dates.

It imports `law.rules` and `law.engine`.
"""
